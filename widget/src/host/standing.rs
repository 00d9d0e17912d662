//! How the site stands.

use super::{dispatch, line, root, shell};
use crate::chat::Event;
use web_sys::VisibilityState;
use wire::json;

/// Asks for it in `lang`, if somebody looks on. No answer changes nothing.
pub fn watch(lang: &str) {
    if root::document().is_none_or(|document| document.visibility_state() != VisibilityState::Visible) {
        return;
    }
    let url = [&line::base(), "/standing?lang=", lang].concat();
    shell::ask(&url, None, |text| {
        if let Some(standing) = text.and_then(|text| json::read(&text)) {
            dispatch(Event::Standing(standing));
        }
    });
}
