//! Files on their way to the edge. The browser's own objects stay here, by the ids the chat knows them by.

use crate::chat::{Event, Going, Rare};
use crate::host::{FILES_ID, chat_now, dispatch, line, random, root};
use js_sys::Reflect;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{FormData, HtmlInputElement, XmlHttpRequest};
use wire::{File, Id, PublicError, json};

/// A file, and the request that brings it.
struct Own {
    id: Id,
    file: web_sys::File,
    request: Option<XmlHttpRequest>,
}

thread_local! {
    // A few at most: a map would weigh more than the rest of this file.
    static FILES: RefCell<Vec<Own>> = const { RefCell::new(Vec::new()) };
}

/// The visitor has chosen.
#[inline(never)]
pub fn chosen() {
    let field = root::element(FILES_ID).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    let Some((field, list)) = field.and_then(|field| Some((field.clone(), field.files()?))) else { return };
    let files = (0..list.length()).filter_map(|index| list.get(index)).map(|file| {
        let id = random::id();
        let shown = File {
            id: Some(id),
            name: file.name(),
            size: file.size() as u64,
            kind: String::new(),
            href: None,
        };
        FILES.with_borrow_mut(|files| files.push(Own { id, file, request: None }));
        shown
    });
    let files = files.collect();
    // The same file may be chosen again.
    field.set_value("");
    dispatch(Event::Rare(Rare::Chose(files)));
}

/// Sends a file.
#[inline(never)]
pub fn send(id: Id, ticket: &str) {
    let sent = FILES.with_borrow_mut(|files| {
        let own = files.iter_mut().find(|own| own.id == id)?;
        let form = FormData::new().ok()?;
        form.append_with_str("ticket", ticket).ok()?;
        form.append_with_str("id", &id.hex()).ok()?;
        form.append_with_blob_and_filename("file", &own.file, &own.file.name()).ok()?;
        let request = XmlHttpRequest::new().ok()?;
        request.open("POST", &[&line::base(), "/file"].concat()).ok()?;
        watch(&request, id)?;
        request.send_with_opt_form_data(Some(&form)).ok()?;
        own.request = Some(request);
        Some(())
    });
    if sent.is_none() {
        goes(id, Going::Failed(None), None);
    }
}

fn watch(request: &XmlHttpRequest, id: Id) -> Option<()> {
    let part = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        let number = |name: &str| Reflect::get(&event, &name.into()).ok().and_then(|value| value.as_f64());
        let (loaded, total) = (number("loaded").unwrap_or(0.0), number("total").unwrap_or(0.0));
        goes(id, Going::Sent(if total > 0.0 { (loaded / total * 100.0) as u32 } else { 0 }), None);
    });
    request.upload().ok()?.set_onprogress(Some(part.into_js_value().unchecked_ref()));
    let own = request.clone();
    let ended = Closure::<dyn FnMut(JsValue)>::new(move |_: JsValue| {
        let text = own.response_text().ok().flatten().unwrap_or_default();
        let file = if own.status() == Ok(200) { json::read::<File>(&text) } else { None };
        let fault = json::read::<PublicError>(&text).map(|error| error.error);
        goes(id, if file.is_some() { Going::There } else { Going::Failed(fault) }, file);
    });
    request.set_onloadend(Some(ended.into_js_value().unchecked_ref()));
    Some(())
}

fn goes(id: Id, stage: Going, file: Option<File>) {
    if stage == Going::There {
        drop(forget(id));
    }
    dispatch(Event::Rare(Rare::FileGoes { id, stage, file }));
}

/// Stops sending a file, and forgets it.
#[inline(never)]
pub fn abort(id: Id) {
    if let Some(request) = forget(id).and_then(|own| own.request) {
        let _ = request.abort();
    }
}

fn forget(id: Id) -> Option<Own> {
    FILES.with_borrow_mut(|files| {
        let place = files.iter().position(|own| own.id == id)?;
        Some(files.swap_remove(place))
    })
}

/// Where the file `id` is fetched.
pub fn address(id: &str) -> String {
    [&line::base(), "/file/", id].concat()
}

/// What opens the conversation now.
pub fn ticket() -> String {
    chat_now(|chat| chat.ticket().to_owned()).unwrap_or_default()
}
