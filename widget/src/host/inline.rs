//! The panel as a guest in the agency's own document: in a shadow tree there, without a frame.
//!
//! `widget/inline.js` makes the tree and leaves it for the widget as `Hoi.inline`: `{ tree, panel, port, edge, boot }`.

use super::root::window;
use js_sys::Reflect;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, HtmlElement, MessagePort, ShadowRoot};

/// What the panel stands in.
#[derive(Clone)]
pub struct Inline {
    /// The shadow tree.
    pub tree: ShadowRoot,
    /// What carries language, direction and colours, as `html` does in a document.
    pub panel: HtmlElement,
    /// The line to the loader.
    pub port: MessagePort,
    /// The edge's origin.
    pub edge: String,
    /// Ends every listener on what isn't ours.
    pub end: AbortController,
}

thread_local! {
    static INLINE: RefCell<Option<Inline>> = const { RefCell::new(None) };
}

/// The place, if the panel is inline.
pub fn current_inline() -> Option<Inline> {
    INLINE.with_borrow(Clone::clone)
}

/// Takes what the loader's part has left, and gives the boot's JSON that came with it.
pub fn take_boot() -> Option<String> {
    let hoi = Reflect::get(&window()?.into(), &"Hoi".into()).ok()?;
    let left = Reflect::get(&hoi, &"inline".into()).ok().filter(JsValue::is_object)?;
    let get = |name: &str| Reflect::get(&left, &name.into()).unwrap_or_default();
    let inline = Inline {
        tree: get("tree").unchecked_into(),
        panel: get("panel").unchecked_into(),
        port: get("port").unchecked_into(),
        edge: get("edge").as_string()?,
        end: AbortController::new().ok()?,
    };
    let boot = get("boot").as_string();
    INLINE.set(Some(inline));
    let _ = Reflect::delete_property(hoi.unchecked_ref::<js_sys::Object>(), &"inline".into());
    boot
}

/// Lets go of the page.
pub fn detach_page() {
    if let Some(inline) = INLINE.take() {
        inline.end.abort();
        inline.port.close();
    }
}
