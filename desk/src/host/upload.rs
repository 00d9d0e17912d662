//! Files on their way to the edge. The browser's own objects stay here, by the ids the desk knows them by.

use super::{desk_now, dispatch, page};
use crate::desk::Event;
use std::{cell::RefCell, collections::BTreeMap};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{FormData, HtmlInputElement, XmlHttpRequest};
use wire::{Fault, File, Id, PublicError};

/// The field in which files are chosen.
pub const FIELD: &str = "desk-files";

/// A file, and the request that brings it.
struct Own {
    file: web_sys::File,
    request: Option<XmlHttpRequest>,
}

thread_local! {
    static FILES: RefCell<BTreeMap<Id, Own>> = const { RefCell::new(BTreeMap::new()) };
}

fn field() -> Option<HtmlInputElement> {
    page::document()?.get_element_by_id(FIELD)?.dyn_into().ok()
}

/// Has the browser ask for files.
pub fn choose() {
    if let Some(field) = field() {
        field.click();
    }
}

/// Files were chosen.
pub fn chosen() {
    let Some((field, list)) = field().and_then(|field| Some((field.clone(), field.files()?))) else { return };
    let files = (0..list.length()).filter_map(|place| list.get(place)).map(|file| {
        let id = super::random::id();
        let (name, size) = (file.name(), file.size() as u64);
        FILES.with_borrow_mut(|files| files.insert(id, Own { file, request: None }));
        File { id: Some(id), name, size, kind: String::new(), href: None }
    });
    let files = files.collect();
    // The same file may be chosen again.
    field.set_value("");
    dispatch(Event::Chose(files));
}

/// Sends the file `id` to the conversation `talk`.
pub fn send(talk: Id, id: Id) {
    let sent = FILES.with_borrow_mut(|files| {
        let own = files.get_mut(&id)?;
        let form = FormData::new().ok()?;
        form.append_with_str("id", &id.to_string()).ok()?;
        form.append_with_blob_and_filename("file", &own.file, &own.file.name()).ok()?;
        let request = XmlHttpRequest::new().ok()?;
        request.open("POST", &address(talk)).ok()?;
        listen(&request, talk, id);
        request.send_with_opt_form_data(Some(&form)).ok()?;
        own.request = Some(request);
        Some(())
    });
    if sent.is_none() {
        went(talk, id, Err(None));
    }
}

fn listen(request: &XmlHttpRequest, talk: Id, id: Id) {
    let own = request.clone();
    let ended = Closure::once_into_js(move || {
        let text = own.response_text().ok().flatten().unwrap_or_default();
        let file = (own.status() == Ok(200)).then(|| serde_json::from_str::<File>(&text).ok()).flatten();
        let why = serde_json::from_str::<PublicError>(&text).ok().map(|error| error.error);
        if why == Some(Fault::Ticket) {
            dispatch(Event::SignedOut);
        }
        went(talk, id, file.ok_or(why));
    });
    request.set_onloadend(Some(ended.unchecked_ref()));
}

fn went(talk: Id, id: Id, came: Result<File, Option<Fault>>) {
    if came.is_ok() {
        FILES.with_borrow_mut(|files| files.remove(&id));
    }
    dispatch(Event::FileWent { talk, file: id, came });
}

/// Stops sending a file, and forgets it.
pub fn abort(id: Id) {
    let own = FILES.with_borrow_mut(|files| files.remove(&id));
    if let Some(request) = own.and_then(|own| own.request) {
        let _ = request.abort();
    }
}

/// Where files of the conversation `talk` are brought; those that stand in it are fetched below that.
pub fn address(talk: Id) -> String {
    let site = desk_now(|desk| desk.site.clone()).unwrap_or_else(page::site);
    format!("/desk/s/{site}/chat/{talk}/file")
}
