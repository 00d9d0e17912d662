//! Menus that drop down: they close when something else is pressed, and with Escape.

use super::page::{document, listen_to};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, KeyboardEvent, Node};

/// Listens for presses elsewhere.
pub fn close_on_outside_click() {
    let Some(document) = document() else { return };
    let root = document.clone();
    listen_to(&document, "click", move |event: web_sys::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        for menu in open_menus(&root).into_iter().filter(|menu| !menu.contains(target.as_ref())) {
            let _ = menu.remove_attribute("open");
        }
    });
}

/// Closes the menu in which Escape was pressed, and gives its button the focus; says whether there was one.
pub fn close_on_escape(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let menu = target.and_then(|target| target.closest(".desk-drop[open]").ok().flatten());
    let Some(menu) = menu.filter(|_| event.key() == "Escape") else { return false };
    let _ = menu.remove_attribute("open");
    let summary = menu.query_selector("summary").ok().flatten();
    if let Some(summary) = summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
        let _ = summary.focus();
    }
    true
}

fn open_menus(document: &Document) -> Vec<Element> {
    let Ok(found) = document.query_selector_all(".desk-drop[open]") else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
}
