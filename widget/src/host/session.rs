//! A fresh session from the edge.

use super::{dispatch, line, random, root::window};
use crate::chat::{Event, Why};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{RequestInit, Response};
use wire::{
    Boot,
    json::{self, Writer},
};

/// Asks for a session in `lang`.
pub fn fetch(lang: String, why: Why) {
    spawn_local(async move {
        dispatch(match session(&lang).await {
            Some(boot) => Event::Fetched { why, boot: Box::new(boot) },
            None => Event::FetchFailed { why, chance: random::chance() },
        });
    });
}

async fn session(lang: &str) -> Option<Boot> {
    let request = RequestInit::new();
    request.set_method("POST");
    let mut body = Writer::default();
    body.text("lang", lang);
    request.set_body(&body.done().into());
    let url = format!("{}/session", line::base());
    json::read(&text(&url, &request).await?)
}

/// The body of a good answer.
pub async fn text(url: &str, request: &RequestInit) -> Option<String> {
    let response = JsFuture::from(window()?.fetch_with_str_and_init(url, request)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
