//! Where the list stands. On very low screens the page scrolls instead of the list, so both are moved and measured.

use super::{dispatch, inline::inline, root, shell};
use crate::chat::Event;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, ResizeObserver};

/// The list's id.
pub const ID: &str = "hoi-log";
/// So near to the end counts as the end, in CSS pixels.
const NEAR: i32 = 48;
/// What stays free above a message brought into view.
const ABOVE: f64 = 12.0;

thread_local! {
    static AT_END: Cell<bool> = const { Cell::new(false) };
}

/// Reports whenever the end comes into view or leaves it.
pub fn listen() {
    // A document scrolls in its window; what stands for one scrolls by itself.
    let window = root::window().filter(|_| inline().is_none()).map(EventTarget::from);
    if let Some(target) = window.or_else(|| root::root_element().map(Into::into)) {
        root::listen(&target, "scroll", |_: web_sys::Event| scrolled());
    }
}

/// Keeps the end in view when the list has less room: a bar appears, the composer grows, a keyboard comes up.
pub fn watch() {
    let observer = ResizeObserver::new(shell::always(Box::new(|_| resized())).unchecked_ref());
    if let (Ok(observer), Some(log)) = (observer, root::element(ID)) {
        observer.observe(&log);
    }
}

/// The list or the page was scrolled.
pub fn scrolled() {
    let at_end = scrollers().iter().all(at_end);
    if AT_END.replace(at_end) != at_end {
        dispatch(Event::Scrolled { at_end });
    }
}

/// The room has changed: who was at the end stays there. Not a frame later: an answer may stand there by then.
fn resized() {
    if AT_END.get() {
        end_now();
    }
}

fn at_end(element: &Element) -> bool {
    element.scroll_height() - element.scroll_top() - element.client_height() < NEAR
}

fn scrollers() -> Vec<Element> {
    root::element(ID).into_iter().chain(root::root_element()).collect()
}

/// Brings the very end into view, once what has changed is drawn.
pub fn to_end() {
    drawn(end_now);
}

fn end_now() {
    scrollers().iter().for_each(|element| element.set_scroll_top(element.scroll_height()));
}

/// Keeps what is seen where it is while more is drawn above it; browsers do so by themselves only below the very top.
pub fn keep_place() {
    let places: Vec<(Element, i32)> =
        scrollers().into_iter().map(|each| (each.clone(), below(&each))).collect();
    drawn(move || places.iter().for_each(|(each, place)| each.set_scroll_top(each.scroll_height() - place)));
}

/// How far the top of what is seen is from the end.
fn below(element: &Element) -> i32 {
    element.scroll_height() - element.scroll_top()
}

/// Brings what is new into view, but not past the beginning of what answers the visitor's last words: a long answer
/// is read from its top.
pub fn reveal() {
    drawn(|| {
        let Some(log) = root::element(ID) else { return };
        let last = log.query_selector_all(".hoi-from-visitor").ok();
        let last = last.and_then(|all| all.item(all.length().checked_sub(1)?));
        let last = last.and_then(|last| last.dyn_into::<Element>().ok());
        let scrolls = |element: &Element| element.scroll_height() > element.client_height();
        let Some(scroller) = scrollers().into_iter().find(scrolls) else { return };
        // The page's own box moves as it scrolls, the list's does not.
        let edge = if scroller == log { log.get_bounding_client_rect().top() } else { 0.0 };
        let above = |last: Element| last.get_bounding_client_rect().top() - edge - ABOVE;
        let wanted = last.map_or(i32::MAX, |last| scroller.scroll_top() + above(last) as i32);
        scroller.set_scroll_top(wanted.max(scroller.scroll_top()));
        // At once: should the room change in this very frame, the end is not to be kept in view any more.
        scrolled();
    });
}

/// Calls `then` when the browser is about to paint: views have been brought up to date by then.
pub fn drawn(then: impl FnOnce() + 'static) {
    let then = shell::once(Box::new(|_| then()));
    if let Some(window) = root::window() {
        let _ = window.request_animation_frame(then.unchecked_ref());
    }
}
