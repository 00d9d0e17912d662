//! What assistive technology is told, in two regions that stand apart from the log and were there from the start.

use super::{root, timers::later};
use std::cell::RefCell;

/// Screen readers drop what is announced while the focus moves, so everything waits this long, in milliseconds.
const DELAY_MS: u64 = 250;
/// After this long an announcement goes again, so that nobody comes across it by reading; sooner, and some
/// readers miss it.
const STAY_MS: u64 = 1_000;

thread_local! {
    static WAITING: RefCell<Vec<(String, bool)>> = const { RefCell::new(Vec::new()) };
}

/// Has `text` said once, at once if it is `urgent`.
pub fn announce(text: String, urgent: bool) {
    let first = WAITING.with_borrow_mut(|waiting| {
        waiting.push((text, urgent));
        waiting.len() == 1
    });
    if first {
        later(DELAY_MS, speak);
    }
}

/// Each announcement is an element of its own: the same words twice are then said twice.
fn speak() {
    for (text, urgent) in WAITING.take() {
        let region = root::element(if urgent { "hoi-urgent" } else { "hoi-polite" });
        let row = root::document().and_then(|document| document.create_element("p").ok());
        let (Some(region), Some(row)) = (region, row) else { return };
        row.set_text_content(Some(&text));
        let _ = region.append_child(&row);
        later(STAY_MS, move || row.remove());
    }
}
