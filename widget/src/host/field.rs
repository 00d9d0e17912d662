//! The composer's text field.
//!
//! Input methods hold part of a word until it is finished, and are not told when its field is replaced or filled by a
//! script: whatever does that goes through [`composed`].

use super::{chat_now, dispatch, root, shell};
use crate::chat::Event;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

/// The field's id, in the document as in the view.
pub const ID: &str = "hoi-text";

/// What a visitor would lose if the field were replaced.
#[derive(Debug, Default)]
pub struct Held {
    /// The words.
    pub text: String,
    selection: Option<(u32, u32)>,
    /// The id of what has the focus.
    focus: Option<String>,
}

/// Takes what the visitor has in hand.
pub fn take() -> Held {
    let focus = root::active().map(|element| element.id());
    let Some(field) = field() else { return Held { focus, ..Held::default() } };
    let at = |place: Result<Option<u32>, _>| place.ok().flatten();
    let selection = at(field.selection_start()).zip(at(field.selection_end()));
    Held { text: field.value(), selection, focus }
}

/// Gives it back.
pub fn give(held: &Held) {
    if let (Some(field), Some((start, end))) = (field(), held.selection) {
        let _ = field.set_selection_range(start, end);
    }
    if let Some(id) = held.focus.as_deref().filter(|id| !id.is_empty()) {
        root::focus(id);
    }
}

/// Does `then` as soon as no input method has part of a word: at once, or when that word is finished.
pub fn composed(then: impl FnOnce() + 'static) {
    if let Some(tree) = root::tree() {
        shell::composed(&tree, shell::once(Box::new(|_| then())));
    }
}

/// Does `then` with what is seen in the field, finished or not: without the focus, the input method lets go of it. Where it takes
/// along what it had (pinyin in Firefox), that is put back.
pub fn committed(then: impl FnOnce() + 'static) {
    let seen = field().filter(|_| is_composing()).map(|field| {
        let seen = field.value();
        let _ = field.blur();
        seen
    });
    composed(move || {
        if let Some((field, seen)) = field().zip(seen).filter(|(field, seen)| field.value() != *seen) {
            field.set_value(&seen);
            dispatch(Event::Typed(seen));
        }
        then();
    });
}

/// Whether an input method has part of a word.
pub fn is_composing() -> bool {
    root::query("[data-composing]").is_some()
}

/// Puts `text` into the field, once nobody composes there. What was composed meanwhile stays, where `text` had kept what
/// stood before it.
pub fn write(text: &str) {
    let (mut text, was) = (text.to_owned(), field().map(|field| field.value()).unwrap_or_default());
    composed(move || {
        let Some(field) = field() else { return };
        let value = field.value();
        if value != was && text.ends_with(&was) {
            text.truncate(text.len() - was.len());
            text.push_str(&value);
        }
        field.set_value(&text);
        grow(&field);
        if chat_now(|chat| chat.draft != text) == Some(true) {
            dispatch(Event::Typed(text));
        }
    });
}

/// Puts `text` into a field that isn't in the document yet.
pub fn fill(field: &Element, text: &str) {
    field.unchecked_ref::<HtmlTextAreaElement>().set_value(text);
}

/// What stands in the field now; makes room for it.
pub fn typed() -> String {
    let Some(field) = field() else { return String::new() };
    grow(&field);
    field.value()
}

/// As high as its text, within what the style sheet allows. Browsers that know `field-sizing` need no help.
fn grow(field: &HtmlTextAreaElement) {
    let style = (field as &HtmlElement).style();
    if js_sys::Reflect::has(&style, &"fieldSizing".into()).unwrap_or(false) {
        return;
    }
    let _ = style.set_property("height", "auto");
    let edges = field.offset_height() - field.client_height();
    let _ =
        style.set_property("height", &[&((field.scroll_height() + edges) as u32).to_string(), "px"].concat());
}

fn field() -> Option<HtmlTextAreaElement> {
    root::element(ID)?.dyn_into().ok()
}
