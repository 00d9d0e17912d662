//! Where the list stands. On very low screens the page scrolls instead of the list, so both are moved and measured.
//!
//! The visitor follows what is said until he scrolls up. That a long answer is shown from its top, and so the end is out of view,
//! is our doing and not his.

use super::{dispatcher::dispatch, inline::current_inline, root, shell};
use crate::chat::ChatEvent;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, ResizeObserver};

/// The list's id.
pub const ID: &str = "hoi-log";
/// So near to the end counts as the end, in CSS pixels.
const NEAR: i32 = 48;
/// What stays free above a message brought into view.
const ABOVE: f64 = 14.0;
/// So much of the room between header and composer may go to the words that an answer is for.
const ITS_QUESTION: f64 = 0.3;

/// The button that says that more follows: widget/src/view/bar.rs.
pub const ON: &str = "hoi-on";
/// Where the visitor writes: widget/src/view/composer.rs.
const COMPOSER: &str = "hoi-composer";
/// So much below what is seen is more than the room under the last line, in CSS pixels.
const MORE: i32 = 24;
/// So much of what was seen stays in view when the next part is brought there.
const KEPT: f64 = 0.85;

thread_local! {
    /// Whether nothing follows what is seen.
    static AT_END: Cell<bool> = const { Cell::new(false) };
    /// How far the list was scrolled when it was looked at last.
    static TOP: Cell<i32> = const { Cell::new(0) };
    /// Whether the chat takes the visitor for somebody who follows what is said.
    static FOLLOWS: Cell<bool> = const { Cell::new(false) };
}

/// Reports whenever the end comes into view or leaves it.
pub fn listen() {
    // A document scrolls in its window; what stands for one scrolls by itself.
    let window = root::window().filter(|_| current_inline().is_none()).map(EventTarget::from);
    if let Some(target) = window.or_else(|| root::root_element().map(Into::into)) {
        root::add_listener(&target, "scroll", |_: web_sys::Event| on_scroll());
    }
}

/// Keeps the end in view when the list has less room: a bar appears, the composer grows, a keyboard comes up.
pub fn watch_size() {
    let observer = ResizeObserver::new(shell::js_callback(Box::new(|_| on_resize())).unchecked_ref());
    if let Ok(observer) = observer {
        // Both: where the page scrolls as one, the list is as long as what was said.
        [ID, root::ID].into_iter().filter_map(root::element_by_id).for_each(|each| observer.observe(&each));
    }
}

/// The list or the page was scrolled.
pub fn on_scroll() {
    let at_end = scrollers().iter().all(at_end);
    update_more_button();
    let top = total_scroll_top();
    let up = top < TOP.replace(top);
    let follows = at_end || (FOLLOWS.get() && !up);
    if FOLLOWS.replace(follows) != follows {
        dispatch(ChatEvent::Scrolled { at_end: follows });
    }
}

/// Says that more follows, where it does.
fn update_more_button() {
    let more = scrollers().iter().any(|each| remaining_below(each) > MORE);
    // What says so takes room itself: that is no reason to go on to the end.
    AT_END.set(!more);
    if let Some(button) = root::element_by_id(ON) {
        let _ = button.toggle_attribute_with_force("hidden", !more);
    }
}

/// Brings the next part of what was said into view.
pub fn read_on() {
    let scrolls = |element: &Element| remaining_below(element) > MORE;
    if let (Some(scroller), Some(on)) = (scrollers().into_iter().find(scrolls), root::element_by_id(ON)) {
        let step = (shell::top(&on) - seen_from()) * KEPT;
        scroller.set_scroll_top(scroller.scroll_top() + step as i32);
    }
    // The button goes when the end has come, and the focus may not go with it.
    before_paint(|| {
        on_scroll();
        if root::element_by_id(ON).is_some_and(|button| button.has_attribute("hidden")) {
            root::focus_element(ID);
        }
    });
}

/// The room has changed: who was at the end stays there. Not a frame later: an answer may stand there by then.
fn on_resize() {
    if AT_END.get() {
        end_now();
    }
    // Lines that break elsewhere move by themselves.
    TOP.set(total_scroll_top());
    update_more_button();
}

fn at_end(element: &Element) -> bool {
    remaining_below(element) < NEAR
}

/// How far down what is seen begins.
fn total_scroll_top() -> i32 {
    scrollers().iter().map(Element::scroll_top).sum()
}

/// Where in the window what is seen begins: below the header, should that stay while the page scrolls.
fn seen_from() -> f64 {
    let header = root::query_selector(".hoi-header").map(|header| shell::bottom(&header));
    scrollers().iter().map(shell::top).chain(header).fold(0.0, f64::max)
}

/// How much lies below what is seen.
fn remaining_below(element: &Element) -> i32 {
    element.scroll_height() - element.scroll_top() - element.client_height()
}

fn scrollers() -> Vec<Element> {
    root::element_by_id(ID).into_iter().chain(root::root_element()).collect()
}

/// Brings the very end into view, once what has changed is drawn.
pub fn to_end() {
    FOLLOWS.set(true);
    before_paint(end_now);
}

fn end_now() {
    scrollers().iter().for_each(|element| element.set_scroll_top(element.scroll_height()));
}

/// Keeps what is seen where it is while more is drawn above it; browsers do so by themselves only below the very top.
pub fn keep_place() {
    let places: Vec<(Element, i32)> =
        scrollers().into_iter().map(|each| (each.clone(), distance_to_end(&each))).collect();
    before_paint(move || {
        places.iter().for_each(|(each, place)| each.set_scroll_top(each.scroll_height() - place))
    });
}

/// How far the top of what is seen is from the end.
fn distance_to_end(element: &Element) -> i32 {
    element.scroll_height() - element.scroll_top()
}

/// Brings what is new into view, but not past its beginning: a long answer is read from its top, and the first one below the
/// visitor's words that it answers, unless those take too much of the view.
pub fn reveal_newest() {
    FOLLOWS.set(true);
    before_paint(|| {
        let Some(log) = root::element_by_id(ID) else { return };
        let scrolls = |element: &Element| element.scroll_height() > element.client_height();
        let scroller = scrollers().into_iter().find(scrolls);
        let (Some(scroller), Some(newest)) = (scroller, shell::last(&log, ".hoi-message")) else {
            return update_more_button();
        };
        let room = root::element_by_id(COMPOSER).map_or(0.0, |form| shell::top(&form)) - seen_from();
        let said = newest.previous_element_sibling().filter(|said| {
            shell::top(&newest) - shell::top(said) < room * ITS_QUESTION
                && said.matches(".hoi-from-visitor").unwrap_or(false)
        });
        let first = said.unwrap_or(newest);
        // Twice: where the page scrolls, the header mostly goes with it.
        for _ in 0..2 {
            let ahead = shell::top(&first) - seen_from() - ABOVE;
            scroller.set_scroll_top(scroller.scroll_top() + ahead.max(0.0) as i32);
        }
        // At once: should the room change in this very frame, the end is not to be kept in view any more.
        on_scroll();
    });
}

/// Calls `then` when the browser is about to paint: views have been brought up to date by then.
pub fn before_paint(then: impl FnOnce() + 'static) {
    let then = shell::js_callback_once(Box::new(|_| then()));
    if let Some(window) = root::window() {
        let _ = window.request_animation_frame(then.unchecked_ref());
    }
}
