//! Keys, wherever they are pressed.

use super::{
    dropdowns,
    page::{document, listen_to},
    shell::dispatch,
};
use crate::desk::{DeskEvent, Pressed};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Where keys already mean something.
const TYPED_INTO: &str = "input, textarea, select, summary, [contenteditable]";

/// Listens to them.
pub fn listen_for_keys() {
    let Some(document) = document() else { return };
    listen_to(&document, "keydown", |event: KeyboardEvent| {
        // While a Vietnamese word is being put together, keys belong to the input method.
        if event.ctrl_key()
            || event.alt_key()
            || event.meta_key()
            || event.is_composing()
            || event.key_code() == 229
        {
            return;
        }
        if dropdowns::close_on_escape(&event) {
            return;
        }
        let pressed = read_key_press(&event);
        let arrow = pressed.key.starts_with("Arrow");
        let taken = (arrow && pressed.row.is_some())
            || (!pressed.typing && matches!(pressed.key.as_str(), "/" | "?"));
        if taken || (in_search(&event) && (arrow || pressed.key == "Enter")) {
            event.prevent_default();
        }
        if !pressed.typing && pressed.key.chars().count() == 1 {
            // The letter must not also be typed where the focus goes.
            event.prevent_default();
        }
        dispatch(DeskEvent::Pressed(pressed));
    });
}

fn target_element(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn in_search(event: &KeyboardEvent) -> bool {
    target_element(event).is_some_and(|element| element.id() == "desk-search")
}

fn read_key_press(event: &KeyboardEvent) -> Pressed {
    let target = target_element(event);
    let typing = target.as_ref().is_some_and(|element| element.closest(TYPED_INTO).ok().flatten().is_some());
    let row = target
        .as_ref()
        .and_then(|element| element.dyn_ref::<HtmlElement>()?.id().strip_prefix("desk-row-")?.parse().ok());
    let composer = target.is_some_and(|element| element.id() == "desk-text");
    // Space presses a button.
    let key = if event.key() == " " { "Space".to_owned() } else { event.key() };
    Pressed { key, typing, row, composer }
}
