//! What assistive technology is told, in two regions that stand apart from everything and were there from the start.

use super::{page::document, timers::later};
use std::cell::RefCell;

/// Screen readers drop what is announced while the focus moves, so everything waits this long, in milliseconds.
const DELAY_MS: u64 = 250;
/// After this long an announcement goes again, so that nobody comes across it by reading.
const STAY_MS: u64 = 1_000;
/// The region that waits its turn.
pub const POLITE: &str = "desk-polite";
/// The one that doesn't.
pub const URGENT: &str = "desk-urgent";

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
        let Some(document) = document() else { return };
        let region = document.get_element_by_id(if urgent { URGENT } else { POLITE });
        let (Some(region), Ok(row)) = (region, document.create_element("p")) else { return };
        row.set_text_content(Some(&text));
        let _ = region.append_child(&row);
        later(STAY_MS, move || row.remove());
    }
}
