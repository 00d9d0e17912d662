//! Files on their way to the edge.

use super::{
    page::{desk_path, document},
    shell::dispatch,
};
use crate::desk::DeskEvent;
use browser::lazy_load::upload::{self, UploadEvent};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use wire::{Fault, Id};

pub use browser::lazy_load::upload::abort;

/// The field in which files are chosen.
pub const FILES_FIELD_ID: &str = "desk-files";

fn file_input() -> Option<HtmlInputElement> {
    document()?.get_element_by_id(FILES_FIELD_ID)?.dyn_into().ok()
}

/// Has the browser ask for files.
pub fn open_picker() {
    if let Some(field) = file_input() {
        field.click();
    }
}

/// Files were chosen.
pub fn on_files_chosen() {
    if let Some(field) = file_input() {
        dispatch(DeskEvent::FilesChosen(upload::take_chosen(&field)));
    }
}

/// Sends the file `id` to the conversation `talk`.
pub fn send_file(talk: Id, id: Id) {
    upload::send(&file_url(talk), &[], id, move |event| {
        let result = match event {
            // The desk says that a file is on its way, not how far.
            UploadEvent::Progress(_) => return,
            UploadEvent::Done(file) => Ok(file),
            UploadEvent::Failed { status, told } => Err(client::refusal_fault(status, told)),
        };
        if result == Err(Some(Fault::Ticket)) {
            dispatch(DeskEvent::SignedOut);
        }
        dispatch(DeskEvent::UploadFinished { talk, file: id, result });
    });
}

/// Where files of the conversation `talk` are brought; those that stand in it are fetched below that.
pub fn file_url(talk: Id) -> String {
    format!("{}/chat/{talk}/file", desk_path())
}
