//! Where the focus is and what is in view. Both wait until everything is drawn.

use super::{
    composition::is_composing,
    page::{document, listen_to},
};
use crate::desk::Spot;
use browser::timers::set_timeout;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
};

/// Drawing takes a moment, in milliseconds.
const DRAWN_MS: u64 = 30;
/// Within so many pixels of its end, a list that grows is followed.
const NEAR: i32 = 160;

/// Moves the focus to the first thing of these that is there to be seen.
pub fn focus_spot(spot: Spot) {
    set_timeout(DRAWN_MS, move || {
        let wanted = match spot {
            Spot::Composer => vec!["#desk-text".to_owned(), "#desk-heading".to_owned()],
            Spot::Heading => vec!["#desk-heading".to_owned()],
            Spot::Row(id) => vec![format!("#desk-row-{id}"), "#desk-list-heading".to_owned()],
            Spot::List => vec!["#desk-list-heading".to_owned()],
            Spot::Search => vec!["#desk-search".to_owned()],
            Spot::Reason => vec![format!("#{}", super::person::REASON_FIELD_ID)],
            Spot::Menu => vec!["#desk-menu".to_owned()],
        };
        wanted.iter().any(|css| try_focus(css));
    });
}

fn try_focus(css: &str) -> bool {
    let element = document().and_then(|document| document.query_selector(css).ok().flatten());
    let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    let seen = element.offset_parent().is_some();
    seen && element.focus().is_ok()
}

/// Brings the newest message into view, unless somebody reads further up.
pub fn scroll_to_end() {
    let log = || document()?.get_element_by_id("desk-log");
    let Some(before) = log() else { return scroll_later() };
    let left = |log: &Element| log.scroll_height() - log.scroll_top() - log.client_height();
    if left(&before) <= NEAR || before.scroll_top() == 0 {
        scroll_later();
    }
}

fn scroll_later() {
    set_timeout(DRAWN_MS, || {
        if let Some(log) = document().and_then(|document| document.get_element_by_id("desk-log")) {
            log.set_scroll_top(log.scroll_height());
        }
    });
}

/// Opens the dialog `element` above everything, or closes it: the browser then gives the focus back.
pub fn show_modal(element: &HtmlDialogElement, on: bool) {
    if on && !element.open() {
        let _ = element.show_modal();
    } else if !on && element.open() {
        element.close();
    }
}

/// What stands in the field of an event.
pub fn field_value(event: &web_sys::Event) -> String {
    let Some(target) = event.target() else { return String::new() };
    if let Some(field) = target.dyn_ref::<HtmlTextAreaElement>() {
        return field.value();
    }
    if let Some(field) = target.dyn_ref::<HtmlSelectElement>() {
        return field.value();
    }
    target.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value).unwrap_or_default()
}

/// Has `text` stand in the field of an event, should something else stand there; not in the middle of a word.
pub fn set_text(event: &web_sys::Event, text: &str) {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
    if let Some(field) = field.filter(|field| field.value() != text && !is_composing()) {
        field.set_value(text);
    }
}

thread_local! {
    static LAST: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Remembers what has the focus.
pub fn track_focus() {
    let Some(document) = document() else { return };
    listen_to(&document, "focusin", |event: web_sys::Event| {
        LAST.set(event.target().and_then(|target| target.dyn_into().ok()));
    });
}

/// Gives the focus back, should what had it have been drawn anew or taken away.
pub fn restore_focus() {
    set_timeout(2 * DRAWN_MS, || {
        let Some(document) = document() else { return };
        let nowhere = document.active_element().is_none_or(|active| active.tag_name() == "BODY");
        let Some(last) = LAST.with_borrow(Clone::clone).filter(|last| nowhere && !last.is_connected()) else {
            return;
        };
        let same = format!("[id=\"{}\"]", last.id());
        let _ = (!last.id().is_empty() && try_focus(&same)) || try_focus("#desk-heading");
    });
}
