//! What assistive technology is given to say.

use super::root;

/// Has it say `text`.
pub fn announce(text: String, urgent: bool) {
    browser::announce::announce(text, urgent, |urgent| {
        root::element_by_id(if urgent { "hoi-urgent" } else { "hoi-polite" })
    });
}
