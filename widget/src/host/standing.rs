//! How the site stands.

use super::{dispatch, line, root, session};
use crate::chat::Event;
use wasm_bindgen_futures::spawn_local;
use web_sys::{RequestInit, VisibilityState};
use wire::json;

/// Asks for it in `lang`, if somebody looks on. No answer changes nothing.
pub fn watch(lang: String) {
    if root::document().is_none_or(|document| document.visibility_state() != VisibilityState::Visible) {
        return;
    }
    spawn_local(async move {
        let url = [&line::base(), "/standing?lang=", &lang].concat();
        let text = session::text(&url, &RequestInit::new()).await;
        if let Some(standing) = text.and_then(|text| json::read(&text)) {
            dispatch(Event::Standing(standing));
        }
    });
}
