//! How the site stands.

use super::{dispatch, line, root};
use crate::chat::Event;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Response, VisibilityState};
use wire::{Standing, json};

/// Asks for it in `lang`, if somebody looks on. No answer changes nothing.
pub fn watch(lang: String) {
    if root::document().is_none_or(|document| document.visibility_state() != VisibilityState::Visible) {
        return;
    }
    spawn_local(async move {
        if let Some(standing) = standing(&lang).await {
            dispatch(Event::Standing(standing));
        }
    });
}

async fn standing(lang: &str) -> Option<Standing> {
    let url = [&line::base(), "/standing?lang=", lang].concat();
    let response = JsFuture::from(root::window()?.fetch_with_str(&url)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    json::read(&text.as_string()?)
}
