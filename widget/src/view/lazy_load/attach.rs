//! Files that go with what is being written.

use crate::chat::{Chat, Event, LazyEvent, Upload, UploadState, upload_error};
use crate::host::dispatch;
use crate::view::{
    Ui,
    icon::icon,
    piece::{Piece, button, el, follow, text, with_text},
    texts::Texts,
};
use leptos::prelude::*;
use wire::{Fault, Id, Word};

/// The files, each with how far it has come and the way to take it out.
#[inline(never)]
pub fn files(ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    let ids = move || ui.chat.with(|chat| chat.uploads.files.iter().map(|each| each.id.0).collect());
    el("ul", "hoi-attached").named(Box::new(ids), Box::new(move |id| row(ui, &texts, Id(id))))
}

fn row(ui: Ui, texts: &Texts, id: Id) -> Piece {
    let of = move |each: &&Upload| each.id == id;
    let found = move || ui.chat.with(|chat| chat.uploads.files.iter().find(of).cloned());
    let first = ui.chat.with_untracked(|chat| chat.uploads.files.iter().find(of).cloned());
    let name = first.map(|each| each.file.name).unwrap_or_default();
    let stage = move || found().map(|each| each.state);
    let bar = el("progress", "").attr("max", "100").attr("aria-label", texts.word(Word::Uploading));
    let shown = bar.clone();
    follow(stage, move |stage| {
        let (value, hidden) = match stage {
            Some(UploadState::Sending(part)) => (*part, false),
            Some(UploadState::Done | UploadState::Failed(_)) | None => (100, true),
        };
        let _ = shown.clone().attr("value", &value.to_string());
        let _ = shown.as_element().toggle_attribute_with_force("hidden", hidden);
    });
    let remove = button("hoi-again", move || dispatch(Event::Lazy(LazyEvent::FileDropped(id))))
        .child(icon("close"))
        .child(with_text("span", "hoi-hidden", &[texts.word(Word::Detach), ": ", &name].concat()));
    let (words, failed) = (texts.clone(), move || matches!(stage(), Some(UploadState::Failed(_))));
    let fault = move || ui.chat.with_untracked(|chat| fault(chat, id));
    el("li", "hoi-file")
        .child(icon("file"))
        .child(el("span", "").child(with_text("strong", "", &name)).child(bar))
        .child(remove)
        .when(Box::new(failed), Box::new(move || why(&words, id, fault())))
}

fn fault(chat: &Chat, id: Id) -> Option<Fault> {
    chat.uploads.files.iter().find(|each| each.id == id).and_then(|each| match each.state {
        UploadState::Failed(fault) => fault,
        UploadState::Sending(_) | UploadState::Done => None,
    })
}

fn why(texts: &Texts, id: Id, fault: Option<Fault>) -> Piece {
    let again = fault.is_none().then(|| {
        button("hoi-again", move || dispatch(Event::Lazy(LazyEvent::FileRetried(id))))
            .child(icon("again"))
            .child(text(texts.word(Word::TryAgain)))
    });
    let words = upload_error(texts.look(), texts.words(), fault);
    with_text("p", "hoi-state hoi-state-bad", &words).children(again)
}
