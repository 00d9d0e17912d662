//! Files on their way to the edge. The browser's own objects stay here, by the ids that the rest knows them by.

use crate::{
    callback::{js_callback, js_callback_once},
    random,
};
use js_sys::Reflect;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{FormData, HtmlInputElement, XmlHttpRequest};
use wire::{Fault, File, Id, PublicError, json};

/// A file, and the request that brings it.
struct PendingUpload {
    id: Id,
    file: web_sys::File,
    request: Option<XmlHttpRequest>,
}

/// How a file gets on.
pub enum UploadEvent {
    /// So many hundredths are sent.
    Progress(u32),
    /// The edge has it: what it says of it.
    Done(File),
    /// It did not get there.
    Failed {
        /// What was answered; 0 where nothing was.
        status: u16,
        /// Why, if it was the edge that answered.
        told: Option<Fault>,
    },
}

thread_local! {
    // A few at most: a map would weigh more than the rest of this file.
    static FILES: RefCell<Vec<PendingUpload>> = const { RefCell::new(Vec::new()) };
}

/// Takes what was chosen in `field`, and gives each an id.
pub fn take_chosen(field: &HtmlInputElement) -> Vec<File> {
    let Some(list) = field.files() else { return Vec::new() };
    let files = (0..list.length()).filter_map(|index| list.get(index)).map(|file| {
        let id = random::random_id();
        let (name, size) = (file.name(), file.size() as u64);
        FILES.with_borrow_mut(|files| files.push(PendingUpload { id, file, request: None }));
        File { id: Some(id), name, size, kind: String::new(), href: None }
    });
    let files = files.collect();
    // The same file may be chosen again.
    field.set_value("");
    files
}

/// Posts the file `id` to `url`, after these fields. `tell` hears how it gets on, unless it is aborted.
pub fn send(url: &str, fields: &[(&str, &str)], id: Id, tell: impl Fn(UploadEvent) + Copy + 'static) {
    let sent = FILES.with_borrow_mut(|files| {
        let chosen = files.iter_mut().find(|chosen| chosen.id == id)?;
        let form = FormData::new().ok()?;
        fields.iter().try_for_each(|(name, value)| form.append_with_str(name, value)).ok()?;
        form.append_with_str("id", &id.to_hex()).ok()?;
        form.append_with_blob_and_filename("file", &chosen.file, &chosen.file.name()).ok()?;
        let request = XmlHttpRequest::new().ok()?;
        request.open("POST", url).ok()?;
        watch_progress(&request, id, tell)?;
        request.send_with_opt_form_data(Some(&form)).ok()?;
        chosen.request = Some(request);
        Some(())
    });
    if sent.is_none() {
        tell(UploadEvent::Failed { status: 0, told: None });
    }
}

fn watch_progress(
    request: &XmlHttpRequest,
    id: Id,
    tell: impl Fn(UploadEvent) + Copy + 'static,
) -> Option<()> {
    let progress = js_callback(Box::new(move |event: JsValue| {
        let number = |name: &str| Reflect::get(&event, &name.into()).ok().and_then(|value| value.as_f64());
        let (loaded, total) = (number("loaded").unwrap_or(0.0), number("total").unwrap_or(0.0));
        tell(UploadEvent::Progress(if total > 0.0 { (loaded / total * 100.0) as u32 } else { 0 }));
    }));
    request.upload().ok()?.set_onprogress(Some(progress.unchecked_ref()));
    let own = request.clone();
    let ended = js_callback_once(Box::new(move |_| {
        let text = own.response_text().ok().flatten().unwrap_or_default();
        let status = own.status().unwrap_or_default();
        let file = if status == 200 { json::read_json::<File>(&text) } else { None };
        tell(match file {
            Some(file) => {
                drop(take_upload(id));
                UploadEvent::Done(file)
            }
            None => {
                let told = json::read_json::<PublicError>(&text).map(|error| error.error);
                UploadEvent::Failed { status, told }
            }
        });
    }));
    request.set_onloadend(Some(ended.unchecked_ref()));
    Some(())
}

/// Stops sending a file, and forgets it.
pub fn abort(id: Id) {
    if let Some(request) = take_upload(id).and_then(|chosen| chosen.request) {
        let _ = request.abort();
    }
}

fn take_upload(id: Id) -> Option<PendingUpload> {
    FILES.with_borrow_mut(|files| {
        let place = files.iter().position(|chosen| chosen.id == id)?;
        Some(files.swap_remove(place))
    })
}
