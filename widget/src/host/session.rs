//! A fresh session from the edge.

use super::{connection, dispatcher::dispatch, shell};
use crate::chat::{ChatEvent, FetchReason};
use browser::random;
use wire::json::{self, Writer};

/// Asks for a session in `lang`.
pub fn fetch_session(lang: &str, why: FetchReason) {
    let mut body = Writer::default();
    body.write_text("lang", lang);
    let url = [&connection::base_url(), "/session"].concat();
    shell::fetch_text(&url, Some(body.finish_object()), move |text| {
        dispatch(match text.and_then(|text| json::read_json(&text)) {
            Some(boot) => ChatEvent::Fetched { why, boot: Box::new(boot) },
            None => ChatEvent::FetchFailed { why, chance: random::uniform_u32() },
        });
    });
}
