//! Where the list stands. On very low screens the page scrolls instead of the list, so both are moved and measured.
//!
//! The visitor follows what is said until he scrolls up. That a long answer is shown from its top, and so the end is out of view,
//! is our doing and not his.

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

/// The button that says that more follows: widget/src/view/bar.rs.
pub const ON: &str = "hoi-on";
/// So much below what is seen is more than the room under the last line, in CSS pixels.
const MORE: i32 = 24;
/// So much of what was seen stays in view when the next part is brought there.
const KEPT: f64 = 0.85;

thread_local! {
    static AT_END: Cell<bool> = const { Cell::new(false) };
    /// How far the list was scrolled when it was looked at last.
    static TOP: Cell<i32> = const { Cell::new(0) };
    /// Whether the chat takes the visitor for somebody who follows what is said.
    static FOLLOWS: Cell<bool> = const { Cell::new(false) };
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
    AT_END.set(at_end);
    mark();
    let top = top();
    let up = top < TOP.replace(top);
    let follows = at_end || (FOLLOWS.get() && !up);
    if FOLLOWS.replace(follows) != follows {
        dispatch(Event::Scrolled { at_end: follows });
    }
}

/// Says that more follows, where it does.
fn mark() {
    let more = scrollers().iter().any(|each| rest(each) > MORE);
    if let Some(button) = root::element(ON) {
        let _ = button.toggle_attribute_with_force("hidden", !more);
    }
}

/// Brings the next part of what was said into view.
pub fn read_on() {
    let scrolls = |element: &Element| rest(element) > MORE;
    if let Some(scroller) = scrollers().into_iter().find(scrolls) {
        let step = f64::from(scroller.client_height()) * KEPT;
        scroller.set_scroll_top(scroller.scroll_top() + step as i32);
    }
    // The button goes when the end has come, and the focus may not go with it.
    drawn(|| {
        scrolled();
        if root::element(ON).is_some_and(|button| button.has_attribute("hidden")) {
            root::focus(ID);
        }
    });
}

/// The room has changed: who was at the end stays there. Not a frame later: an answer may stand there by then.
fn resized() {
    if AT_END.get() {
        end_now();
    }
    // Lines that break elsewhere move by themselves.
    TOP.set(top());
    mark();
}

fn at_end(element: &Element) -> bool {
    rest(element) < NEAR
}

/// How far down what is seen begins.
fn top() -> i32 {
    scrollers().iter().map(Element::scroll_top).sum()
}

/// How much lies below what is seen.
fn rest(element: &Element) -> i32 {
    element.scroll_height() - element.scroll_top() - element.client_height()
}

fn scrollers() -> Vec<Element> {
    root::element(ID).into_iter().chain(root::root_element()).collect()
}

/// Brings the very end into view, once what has changed is drawn.
pub fn to_end() {
    FOLLOWS.set(true);
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

/// Brings what is new into view, but not past its beginning: a long answer is read from its top, and the first one below the
/// visitor's words that it answers.
pub fn reveal() {
    FOLLOWS.set(true);
    drawn(|| {
        let Some(log) = root::element(ID) else { return };
        let last = |css: &str| {
            let all = log.query_selector_all(css).ok()?;
            all.item(all.length().checked_sub(1)?)?.dyn_into::<Element>().ok()
        };
        let answers = last(".hoi-from-visitor").filter(|said| {
            let next = said.next_element_sibling().and_then(|next| next.next_element_sibling());
            !next.is_some_and(|second| second.class_list().contains("hoi-message"))
        });
        let first = answers.or_else(|| last(".hoi-message"));
        let scrolls = |element: &Element| element.scroll_height() > element.client_height();
        let Some(scroller) = scrollers().into_iter().find(scrolls) else { return mark() };
        // The page's own box moves as it scrolls, the list's does not.
        let edge = if scroller == log { log.get_bounding_client_rect().top() } else { 0.0 };
        let above = |first: Element| first.get_bounding_client_rect().top() - edge - ABOVE;
        let wanted = first.map_or(i32::MAX, |first| scroller.scroll_top() + above(first) as i32);
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
