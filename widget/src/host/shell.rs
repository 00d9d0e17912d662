//! What `widget/shell.js` does, and the rare parts it brings in: see there.

pub use browser::callback::{js_callback, js_callback_once};

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::{AbortSignal, Element, EventTarget};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = hoiPart)]
    fn with_part(part: &str, verb: &str, values: Vec<JsValue>, heard: JsValue);
    #[wasm_bindgen(js_name = hoiAsk)]
    fn ask_edge(url: &str, body: Option<String>, heard: JsValue);
    #[wasm_bindgen(js_name = hoiListen)]
    fn add_listener(target: &EventTarget, name: &str, heard: JsValue, signal: Option<AbortSignal>);
    /// Calls `run` as soon as what runs now is done.
    #[wasm_bindgen(js_name = queueMicrotask)]
    pub fn queue_microtask(run: &JsValue);
    /// What the page's loader has said, as JSON.
    #[wasm_bindgen(js_name = hoiSaid)]
    pub fn said(data: &JsValue) -> String;
    /// Tells the page's loader, a window or a port; only a window has an origin.
    #[wasm_bindgen(js_name = hoiTell, catch)]
    pub fn tell(loader: &JsValue, json: &str, origin: Option<&str>) -> Result<(), JsValue>;
    /// A time of day, with the day in front if it isn't today.
    #[wasm_bindgen(js_name = hoiTime)]
    pub fn time(at: f64, lang: &str) -> String;
    /// A day, `2026-01-31`, as it is said.
    #[wasm_bindgen(js_name = hoiDay)]
    pub fn day(date: &str, lang: &str) -> String;
    /// A time as ISO 8601 has it.
    #[wasm_bindgen(js_name = hoiIso)]
    pub fn iso(at: f64) -> String;
    /// A number's plural category.
    #[wasm_bindgen(js_name = hoiPlural, catch)]
    pub fn plural(lang: &str, count: u32) -> Result<String, JsValue>;
    /// Calls `then` as soon as nobody is composing in `tree`, a document or what stands for it; at once if nobody is.
    #[wasm_bindgen(js_name = hoiComposed)]
    pub fn composed(tree: &EventTarget, then: JsValue);
    /// Where in the window `element` begins.
    #[wasm_bindgen(js_name = hoiTop)]
    pub fn top(element: &Element) -> f64;
    /// Where in the window `element` ends.
    #[wasm_bindgen(js_name = hoiBottom)]
    pub fn bottom(element: &Element) -> f64;
    /// The last element for `css` in `root`.
    #[wasm_bindgen(js_name = hoiLast)]
    pub fn last(root: &Element, css: &str) -> Option<Element>;
    /// Makes the panel as high as what can be seen.
    #[wasm_bindgen(js_name = hoiFit)]
    pub fn fit(root: &Element);
    /// Has files that are dropped on `root` or pasted into it go the way of those chosen in the element for `field`.
    #[wasm_bindgen(js_name = hoiTake)]
    pub fn take(root: &Element, field: &str);
    /// Posts a form, whose fields are in `json`, from `root`; what comes takes this document's place unless `apart`.
    #[wasm_bindgen(js_name = hoiVisit)]
    pub fn visit(root: &Element, url: &str, json: &str, apart: bool);
    /// Hands the visitor a text as a file.
    #[wasm_bindgen(js_name = hoiSave)]
    pub fn save(name: &str, text: &str);
}

/// Has a rare part do something. `heard` is told what comes of it; `undefined` where the part can't be had.
pub fn call_part(part: &str, verb: &str, values: Vec<JsValue>, heard: impl FnOnce(JsValue) + 'static) {
    with_part(part, verb, values, js_callback_once(Box::new(heard)));
}

/// Asks the edge; posts, if there is a `body`. `heard` is told the text of a good answer.
pub fn fetch_text(url: &str, body: Option<String>, heard: impl FnOnce(Option<String>) + 'static) {
    ask_edge(url, body, js_callback_once(Box::new(|answer: JsValue| heard(answer.as_string()))));
}

/// Calls `heard` for every `event` at `target`, until `signal` says otherwise.
pub fn listen(
    target: &EventTarget,
    event: &str,
    heard: Box<dyn FnMut(JsValue)>,
    signal: Option<AbortSignal>,
) {
    add_listener(target, event, js_callback(heard), signal);
}
