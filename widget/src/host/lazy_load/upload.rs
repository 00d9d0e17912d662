//! Files on their way to the edge.

use crate::chat::{ChatEvent, LazyEvent, UploadState};
use crate::host::{
    connection,
    dispatcher::{chat_now, dispatch},
    form, root,
};
use browser::lazy_load::upload::{self, UploadEvent};
use wasm_bindgen::JsCast;
use wire::Id;

/// The visitor has chosen.
#[inline(never)]
pub fn report_chosen() {
    if let Some(field) = root::element_by_id(form::FILES_ID) {
        dispatch(ChatEvent::Lazy(LazyEvent::Chose(upload::take_chosen(field.unchecked_ref()))));
    }
}

/// Sends a file.
#[inline(never)]
pub fn send(id: Id, ticket: &str) {
    let url = [&connection::base_url(), "/file"].concat();
    upload::send(&url, &[("ticket", ticket)], id, move |event| {
        let (state, file) = match event {
            UploadEvent::Progress(percent) => (UploadState::Sending(percent), None),
            UploadEvent::Done(file) => (UploadState::Done, Some(file)),
            UploadEvent::Failed { status, told } => {
                (UploadState::Failed(client::refusal_fault(status, told)), None)
            }
        };
        dispatch(ChatEvent::Lazy(LazyEvent::FileGoes { id, state, file }));
    });
}

/// Stops sending a file, and forgets it.
#[inline(never)]
pub fn abort(id: Id) {
    upload::abort(id);
}

/// Where the file `id` is fetched.
pub fn file_url(id: &str) -> String {
    [&connection::base_url(), "/file/", id].concat()
}

/// What opens the conversation now.
pub fn ticket() -> String {
    chat_now(|chat| chat.ticket().to_owned()).unwrap_or_default()
}
