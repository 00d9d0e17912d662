//! What assistive technology is told, in two regions that stand apart from everything and were there from the start.

use browser::dom::document;

/// The region that waits its turn.
pub const POLITE_ID: &str = "desk-polite";
/// The one that doesn't.
pub const URGENT_ID: &str = "desk-urgent";

/// Has `text` said once, at once if it is `urgent`.
pub fn announce(text: String, urgent: bool) {
    browser::announce::announce(text, urgent, |urgent| {
        document()?.get_element_by_id(if urgent { URGENT_ID } else { POLITE_ID })
    });
}
