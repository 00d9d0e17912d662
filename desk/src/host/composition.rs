//! Input methods: they hold part of a word until it is finished, and are not told when a script fills its field. Letters would be
//! lost or doubled; so whatever fills a field waits for the end of the word.

use super::page::{document, listen_to};
use browser::timers::set_timeout;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlTextAreaElement};

thread_local! {
    /// Where somebody is in the middle of a word.
    static PLACE: RefCell<Option<Element>> = const { RefCell::new(None) };
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Keeps in mind where somebody composes.
pub fn track_composition() {
    let Some(document) = document() else { return };
    listen_to(&document, "compositionstart", |event: Event| {
        PLACE.set(event.target().and_then(|target| target.dyn_into().ok()));
    });
    listen_to(&document, "compositionend", |_: Event| {
        PLACE.take();
        // Some browsers bring the last letters after that event.
        set_timeout(0, || {
            if composing_field().is_none() {
                WAITING.take().into_iter().for_each(|then| then());
            }
        });
    });
}

fn composing_field() -> Option<Element> {
    PLACE.with_borrow(Clone::clone).filter(|place| place.is_connected())
}

/// Whether somebody is in the middle of a word.
pub fn is_composing() -> bool {
    composing_field().is_some()
}

/// Does `then` with what is seen in the field, finished or not: without the focus, an input method lets go of its part.
pub fn commit_composition(then: impl FnOnce() + 'static) {
    if let Some(field) = composing_field().and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
        let _ = field.blur();
    }
    after_composition(then);
}

fn after_composition(then: impl FnOnce() + 'static) {
    if is_composing() {
        WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(then)));
    } else {
        then();
    }
}

/// Puts `text` into `field`, once nobody composes there; where that took a while, the field says what it holds now as if it were
/// typed.
pub fn put_text(field: &HtmlTextAreaElement, text: String) {
    if field.value() == text {
        return;
    }
    if !is_composing() {
        field.set_value(&text);
        return;
    }
    let field = field.clone();
    after_composition(move || {
        field.set_value(&text);
        if let Ok(typed) = Event::new("input") {
            let _ = field.dispatch_event(&typed);
        }
    });
}
