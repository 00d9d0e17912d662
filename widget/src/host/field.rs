//! The composer's text field.
//!
//! Input methods hold part of a word until it is finished, and are not told when its field is replaced or filled by a
//! script: whatever does that goes through [`after_composition`].

use super::{
    dispatcher::{chat_now, dispatch},
    root, shell,
};
use crate::chat::ChatEvent;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};
use wire::format_decimal;

/// The field's id, in the document as in the view.
pub const ID: &str = "hoi-text";

/// What a visitor would lose if the field were replaced.
#[derive(Debug, Default)]
pub struct FieldSnapshot {
    /// The words.
    pub text: String,
    selection: Option<(u32, u32)>,
    /// The id of what has the focus.
    focus: Option<String>,
}

/// Takes what the visitor has in hand.
pub fn take_snapshot() -> FieldSnapshot {
    let focus = root::active_element().map(|element| element.id());
    let Some(field) = text_area() else { return FieldSnapshot { focus, ..FieldSnapshot::default() } };
    let at = |place: Result<Option<u32>, _>| place.ok().flatten();
    let selection = at(field.selection_start()).zip(at(field.selection_end()));
    FieldSnapshot { text: field.value(), selection, focus }
}

/// Gives it back.
pub fn restore_snapshot(held: &FieldSnapshot) {
    if let (Some(field), Some((start, end))) = (text_area(), held.selection) {
        let _ = field.set_selection_range(start, end);
    }
    if let Some(id) = held.focus.as_deref().filter(|id| !id.is_empty()) {
        root::focus_element(id);
    }
}

/// Does `then` as soon as no input method has part of a word: at once, or when that word is finished.
pub fn after_composition(then: impl FnOnce() + 'static) {
    if let Some(tree) = root::event_root() {
        shell::composed(&tree, shell::js_callback_once(Box::new(|_| then())));
    }
}

/// Does `then` with what is seen in the field, finished or not: without the focus, the input method lets go of it. Where it takes
/// along what it had (pinyin in Firefox), that is put back.
pub fn after_commit(then: impl FnOnce() + 'static) {
    let seen = text_area().filter(|_| is_composing()).map(|field| {
        let seen = field.value();
        let _ = field.blur();
        seen
    });
    after_composition(move || {
        if let Some((field, seen)) = text_area().zip(seen).filter(|(field, seen)| field.value() != *seen) {
            field.set_value(&seen);
            dispatch(ChatEvent::Typed(seen));
        }
        then();
    });
}

/// Whether an input method has part of a word.
pub fn is_composing() -> bool {
    root::query_selector("[data-composing]").is_some()
}

/// Puts `text` into the field, once nobody composes there. What was composed meanwhile stays, where `text` had kept what
/// stood before it.
pub fn set_text(text: &str) {
    let (mut text, was) = (text.to_owned(), text_area().map(|field| field.value()).unwrap_or_default());
    after_composition(move || {
        let Some(field) = text_area() else { return };
        let value = field.value();
        if value != was && text.ends_with(&was) {
            text.truncate(text.len() - was.len());
            text.push_str(&value);
        }
        field.set_value(&text);
        fit_height(&field);
        if chat_now(|chat| chat.draft != text) == Some(true) {
            dispatch(ChatEvent::Typed(text));
        }
    });
}

/// Puts `text` into a field that isn't in the document yet.
pub fn set_initial_text(field: &Element, text: &str) {
    field.unchecked_ref::<HtmlTextAreaElement>().set_value(text);
}

/// What stands in the field now; makes room for it.
pub fn read_text() -> String {
    let Some(field) = text_area() else { return String::new() };
    fit_height(&field);
    field.value()
}

/// As high as its text, within what the style sheet allows. Browsers that know `field-sizing` need no help.
fn fit_height(field: &HtmlTextAreaElement) {
    let style = (field as &HtmlElement).style();
    if js_sys::Reflect::has(&style, &"fieldSizing".into()).unwrap_or(false) {
        return;
    }
    let _ = style.set_property("height", "auto");
    let edges = field.offset_height() - field.client_height();
    let _ = style.set_property(
        "height",
        &[&format_decimal(u64::from((field.scroll_height() + edges) as u32)), "px"].concat(),
    );
}

fn text_area() -> Option<HtmlTextAreaElement> {
    root::element_by_id(ID)?.dyn_into().ok()
}
