//! The document itself.

use wasm_bindgen::{JsCast, closure::Closure, convert::FromWasmAbi};
use web_sys::{Document, Element, EventTarget, HtmlElement, Window};
use wire::{Boot, Scheme};

/// The element the panel stands in.
pub const ID: &str = "hoi";

/// The window. Without one there is nothing to be a guest on.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The element called `id`.
pub fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// What the document carries for the widget.
pub fn boot() -> Option<Boot> {
    wire::json::read(&element("hoi-boot")?.text_content()?)
}

/// The panel's place, emptied of what the edge drew there.
pub fn emptied() -> Option<HtmlElement> {
    let root = element(ID)?;
    root.set_text_content(None);
    root.dyn_into().ok()
}

/// Moves the focus, in answer to something the visitor did.
pub fn focus(id: &str) {
    if let Some(element) = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Whether the visitor points with a finger. Focusing a text field would then bring up a keyboard nobody asked for.
pub fn touched() -> bool {
    let query = window().and_then(|window| window.match_media("(pointer: coarse)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// Puts on these colours.
pub fn wear(scheme: Scheme) {
    let name = match scheme {
        Scheme::Auto => "auto",
        Scheme::Light => "light",
        Scheme::Dark => "dark",
    };
    attribute("data-scheme", name);
}

/// Says which language the document is in, and which way it is written.
pub fn speak(lang: &str, title: &str) {
    attribute("lang", lang);
    attribute("dir", direction(lang));
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Which way `lang` is written: `ltr` or `rtl`.
pub fn direction(lang: &str) -> &'static str {
    if matches!(lang.split('-').next(), Some("ar" | "he" | "fa" | "ur")) { "rtl" } else { "ltr" }
}

/// Whether a loader holds this document in a frame.
pub fn framed() -> bool {
    root_element().and_then(|root| root.get_attribute("data-mode")).is_some_and(|mode| mode == "frame")
}

fn attribute(name: &str, value: &str) {
    if let Some(root) = root_element() {
        let _ = root.set_attribute(name, value);
    }
}

/// The `html` element.
pub fn root_element() -> Option<Element> {
    document()?.document_element()
}

/// Calls `heard` for every `event` at `target`, for as long as the frame lives.
pub fn listen<E: FromWasmAbi + 'static>(target: &EventTarget, event: &str, heard: impl FnMut(E) + 'static) {
    let heard = Closure::<dyn FnMut(E)>::new(heard);
    let _ = target.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    heard.forget();
}
