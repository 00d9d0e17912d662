//! The window and its document.

use super::shell::dispatch;
use crate::desk::DeskEvent;
use browser::dom::is_visible;
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue, convert::FromWasmAbi, prelude::Closure};
use web_sys::{BeforeUnloadEvent, Blob, BlobPropertyBag, EventTarget, HtmlAnchorElement, Url};

thread_local! {
    static UNSENT: Cell<bool> = const { Cell::new(false) };
}

pub use browser::dom::{document, window};

/// The site whose desk this is.
pub fn site_id() -> String {
    let path = window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    path.strip_prefix("/desk/s/").map(|rest| rest.trim_end_matches('/').to_owned()).unwrap_or_default()
}

/// Where the desk of this site is, and below it what it asks of the edge.
pub fn desk_path() -> String {
    format!("/desk/s/{}", site_id())
}

/// The browser's languages, best first.
pub fn preferred_languages() -> Vec<String> {
    let list = window().map(|window| window.navigator().languages());
    list.map(|list| list.iter().filter_map(|tag| tag.as_string()).collect()).unwrap_or_default()
}

/// Whether somebody looks at this window.
pub fn is_watched() -> bool {
    is_visible() && document().is_some_and(|document| document.has_focus().unwrap_or(true))
}

/// Listens to the window.
pub fn listen_to_window() {
    let (Some(window), Some(document)) = (window(), document()) else { return };
    let looked = |_: web_sys::Event| dispatch(DeskEvent::Watched(is_watched()));
    listen_to(&window, "focus", looked);
    listen_to(&window, "blur", looked);
    listen_to(&document, "visibilitychange", looked);
    listen_to(&window, "beforeunload", |event: BeforeUnloadEvent| {
        if UNSENT.get() {
            event.prevent_default();
        }
    });
}

/// Calls `heard` for every `event` at `target`, for as long as the desk lives.
pub fn listen_to<E: FromWasmAbi + 'static>(
    target: &EventTarget,
    event: &str,
    heard: impl FnMut(E) + 'static,
) {
    let heard = Closure::<dyn FnMut(E)>::new(heard);
    let _ = target.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    heard.forget();
}

/// The document is in this language.
pub fn set_language(lang: &str) {
    set_root_attribute("lang", lang);
}

/// The document is light or dark, or as the machine is set.
pub fn set_scheme(scheme: &str) {
    set_root_attribute("data-scheme", scheme);
}

fn set_root_attribute(attribute: &str, value: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute(attribute, value);
    }
}

/// What stands in the window's title.
pub fn set_title(title: &str) {
    if let Some(document) = document().filter(|document| document.title() != title) {
        document.set_title(title);
    }
}

/// Asks before the page is left, or no longer.
pub fn guard_unload(on: bool) {
    UNSENT.set(on);
}

/// Saves a file.
pub fn save_file(name: &str, text: &str) {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let kind = BlobPropertyBag::new();
    kind.set_type("text/csv;charset=utf-8");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind);
    let Some(url) = blob.ok().and_then(|blob| Url::create_object_url_with_blob(&blob).ok()) else { return };
    let link = document().and_then(|document| document.create_element("a").ok());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    browser::timers::set_timeout(1_000, move || drop(Url::revoke_object_url(&url)));
}

/// The desk's place in the document, emptied of what stood there before.
pub fn mount_point() -> Option<web_sys::HtmlElement> {
    let root = document()?.get_element_by_id("desk")?;
    root.set_text_content(None);
    root.dyn_into().ok()
}
