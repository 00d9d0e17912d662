//! A fresh session from the edge.

use super::{connection, dispatch, random, shell};
use crate::chat::{Event, Why};
use wire::json::{self, Writer};

/// Asks for a session in `lang`.
pub fn fetch(lang: &str, why: Why) {
    let mut body = Writer::default();
    body.write_text("lang", lang);
    let url = [&connection::base_url(), "/session"].concat();
    shell::ask(&url, Some(body.finish_object()), move |text| {
        dispatch(match text.and_then(|text| json::read_json(&text)) {
            Some(boot) => Event::Fetched { why, boot: Box::new(boot) },
            None => Event::FetchFailed { why, chance: random::chance() },
        });
    });
}
