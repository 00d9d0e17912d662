//! Escape, and menus that close when the visitor turns elsewhere.

use super::{dispatcher::dispatch, root};
use crate::chat;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, Node};

/// Listens for both.
pub fn listen() {
    let Some(tree) = root::event_root() else { return };
    root::add_listener(&tree, "keydown", on_keydown);
    // What an item opens takes the focus, and must not stand behind the menu.
    for turned in ["pointerdown", "focusin"] {
        root::add_listener(&tree, turned, close_if_outside);
    }
}

/// Escape closes the smallest thing that is open. An input method uses the key for itself.
fn on_keydown(event: KeyboardEvent) {
    if event.key() != "Escape" || event.is_composing() || event.key_code() == 229 {
        return;
    }
    event.prevent_default();
    let Some(menu) = find_open() else { return dispatch(chat::ChatEvent::Escaped) };
    close(&menu);
    if let Ok(Some(summary)) = menu.query_selector("summary") {
        let _ = summary.unchecked_into::<HtmlElement>().focus();
    }
}

fn close_if_outside(event: Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
    if let Some(menu) = find_open().filter(|menu| !menu.contains(target.as_ref())) {
        close(&menu);
    }
}

fn find_open() -> Option<Element> {
    root::query_selector("details.hoi-menu[open]")
}

fn close(menu: &Element) {
    let _ = menu.remove_attribute("open");
}
