//! The document itself, or the tree that stands for it.

use super::{
    inline::{self, current_inline},
    shell,
};
use crate::chat::{Display, SIZES};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, EventTarget, HtmlElement};
use wire::{Boot, Scheme};

/// The element the panel stands in.
pub const ID: &str = "hoi";

pub use browser::dom::{document, window};

/// The element called `id`.
pub fn element_by_id(id: &str) -> Option<Element> {
    match current_inline() {
        Some(inline) => inline.tree.get_element_by_id(id),
        None => document()?.get_element_by_id(id),
    }
}

/// The first element for `css`.
pub fn query_selector(css: &str) -> Option<Element> {
    match current_inline() {
        Some(inline) => inline.tree.query_selector(css).ok()?,
        None => document()?.query_selector(css).ok()?,
    }
}

/// What has the focus.
pub fn active_element() -> Option<Element> {
    match current_inline() {
        Some(inline) => inline.tree.active_element(),
        None => document()?.active_element(),
    }
}

/// Where everything that happens in the panel is heard of.
pub fn event_root() -> Option<EventTarget> {
    match current_inline() {
        Some(inline) => Some(inline.tree.into()),
        None => document().map(Into::into),
    }
}

/// The edge's origin.
pub fn edge_origin() -> String {
    let own = || window()?.location().origin().ok();
    current_inline().map(|inline| inline.edge).or_else(own).unwrap_or_default()
}

/// What the document carries for the widget.
pub fn read_boot() -> Option<Boot> {
    let text = inline::take_boot().or_else(|| element_by_id("hoi-boot")?.text_content());
    wire::json::read_json(&text?)
}

/// The panel's place, emptied of what the edge drew there.
pub fn clear_root() -> Option<HtmlElement> {
    let root = element_by_id(ID)?;
    root.set_text_content(None);
    root.dyn_into().ok()
}

/// Moves the focus, in answer to something the visitor did.
pub fn focus_element(id: &str) {
    if let Some(element) = element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Presses the element called `id` for the visitor.
pub fn click_element(id: &str) {
    if let Some(element) = element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}

/// Whether the visitor points with a finger. Focusing a text field would then bring up a keyboard nobody asked for.
pub fn is_touch_device() -> bool {
    let query = window().and_then(|window| window.match_media("(pointer: coarse)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// Puts on these colours.
pub fn set_scheme(scheme: Scheme) {
    set_attribute("data-scheme", scheme.name());
}

/// Wears text of this size, and the simple view.
pub fn apply_display(display: &Display) {
    let Some(root) = root_element() else { return };
    for (name, on) in
        [("data-plain", display.plain), ("data-writing", display.writing), ("data-earlier", display.earlier)]
    {
        let _ = root.toggle_attribute_with_force(name, on);
    }
    let size = SIZES.get(display.size).copied().unwrap_or("1");
    let _ = root.unchecked_into::<HtmlElement>().style().set_property("--hoi-scale", size);
}

/// The document answered a form, and the widget goes on from here: to load it again must not post the form again.
pub fn replace_url(site: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()).filter(|_| !is_framed()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&["/s/", site].concat()));
    }
}

/// Says which language the document is in, and which way it is written.
pub fn set_lang(lang: &str, title: &str) {
    set_attribute("lang", lang);
    set_attribute("dir", text_direction(lang));
    if let Some(document) = document().filter(|_| current_inline().is_none()) {
        document.set_title(title);
    }
}

/// Which way `lang` is written: `ltr` or `rtl`.
pub fn text_direction(lang: &str) -> &'static str {
    if matches!(lang.split('-').next(), Some("ar" | "he" | "fa" | "ur")) { "rtl" } else { "ltr" }
}

/// Whether a loader holds this document in a frame.
pub fn is_framed() -> bool {
    root_element().and_then(|root| root.get_attribute("data-mode")).is_some_and(|mode| mode == "frame")
}

/// The document's language, if the page says that by hand.
pub fn pinned_lang() -> Option<String> {
    root_element().filter(|root| root.has_attribute("data-lang-pinned"))?.get_attribute("lang")
}

fn set_attribute(name: &str, value: &str) {
    if let Some(root) = root_element() {
        let _ = root.set_attribute(name, value);
    }
}

/// The `html` element, or what stands for it.
pub fn root_element() -> Option<Element> {
    match current_inline() {
        Some(inline) => Some(inline.panel.into()),
        None => document()?.document_element(),
    }
}

/// Calls `heard` for every `event` at `target`, for as long as the panel lives.
pub fn add_listener<E: JsCast>(target: &EventTarget, event: &str, mut heard: impl FnMut(E) + 'static) {
    let signal = current_inline().map(|inline| inline.end.signal());
    shell::listen(target, event, Box::new(move |event| heard(event.unchecked_into())), signal);
}
