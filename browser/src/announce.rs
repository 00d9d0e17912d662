//! What assistive technology is told, in two live regions that stand apart from everything and were there from the start.

use crate::{dom::document, timers::set_timeout};
use std::cell::RefCell;
use web_sys::Element;

/// Screen readers drop what is announced while the focus moves, so everything waits this long, in milliseconds.
const DELAY_MS: u64 = 250;
/// After this long, in milliseconds, an announcement goes again, so that nobody comes across it by reading; sooner, and some
/// readers miss it.
const STAY_MS: u64 = 1_000;

thread_local! {
    static WAITING: RefCell<Vec<(String, bool)>> = const { RefCell::new(Vec::new()) };
}

/// Has `text` said once, at once if it is `urgent`. `region` finds the urgent region, or the polite one.
pub fn announce(text: String, urgent: bool, region: fn(bool) -> Option<Element>) {
    let first = WAITING.with_borrow_mut(|waiting| {
        waiting.push((text, urgent));
        waiting.len() == 1
    });
    if first {
        set_timeout(DELAY_MS, move || say_waiting(region));
    }
}

/// Each announcement is an element of its own: the same words twice are then said twice.
fn say_waiting(region: fn(bool) -> Option<Element>) {
    for (text, urgent) in WAITING.take() {
        let row = document().and_then(|document| document.create_element("p").ok());
        let (Some(region), Some(row)) = (region(urgent), row) else { return };
        row.set_text_content(Some(&text));
        let _ = region.append_child(&row);
        set_timeout(STAY_MS, move || row.remove());
    }
}
