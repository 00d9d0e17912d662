//! Asks the edge to erase a visitor's data, or for a copy of it.

use super::{page::desk_path, shell::dispatch};
use crate::desk::{DeskEvent, PersonalDataRequest};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::XmlHttpRequest;
use wire::Id;

/// The field for the reason.
pub const REASON_FIELD_ID: &str = "desk-reason";

/// Posts it; what came of it is an event.
pub fn send_request(id: Id, wanted: &PersonalDataRequest) {
    let erases = wanted.erases;
    let PersonalDataRequest { reason, everything, cases, .. } = wanted;
    let body = serde_json::json!({ "reason": reason, "everything": everything, "cases": cases }).to_string();
    let sent = XmlHttpRequest::new().ok().and_then(|request| {
        let what = if erases { "erase" } else { "export" };
        request.open("POST", &format!("{}/chat/{id}/{what}", desk_path())).ok()?;
        let own = request.clone();
        let ended = Closure::once_into_js(move || {
            let status = own.status().unwrap_or(0);
            if status == 401 {
                dispatch(DeskEvent::SignedOut);
            }
            let text = own.response_text().ok().flatten().filter(|_| status == 200);
            dispatch(DeskEvent::PersonalDataAnswered { id, erases, answer: text });
        });
        request.set_onloadend(Some(ended.unchecked_ref()));
        request.send_with_opt_str(Some(&body)).ok()
    });
    if sent.is_none() {
        dispatch(DeskEvent::PersonalDataAnswered { id, erases, answer: None });
    }
}
