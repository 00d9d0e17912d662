//! How the site stands.

use super::{connection, dispatcher::dispatch, shell};
use crate::chat::ChatEvent;
use wire::json;

/// Asks for it in `lang`, if somebody looks on. No answer changes nothing.
pub fn fetch_status(lang: &str) {
    if !browser::dom::is_visible() {
        return;
    }
    let url = [&connection::base_url(), "/standing?lang=", lang].concat();
    shell::fetch_text(&url, None, |text| {
        if let Some(standing) = text.and_then(|text| json::read_json(&text)) {
            dispatch(ChatEvent::Standing(standing));
        }
    });
}
