//! Files that go with what is being written.

use crate::chat::{Chat, ChatEvent, LazyEvent, Upload, UploadState, upload_error};
use crate::host::dispatch;
use crate::view::{
    dom::{ViewNode, element_with_text, new_button, new_element, new_text, watch_value},
    icon::icon,
    texts::UiTexts,
    ui::Ui,
};
use leptos::prelude::*;
use wire::{Fault, Id, Word, format_decimal};

/// The files, each with how far it has come and the way to take it out.
#[inline(never)]
pub fn render_uploads(ui: Ui, texts: &UiTexts) -> ViewNode {
    let texts = texts.clone();
    let ids = move || ui.chat.with(|chat| chat.uploads.files.iter().map(|each| each.id.0).collect());
    new_element("ul", "hoi-attached")
        .keyed_list(Box::new(ids), Box::new(move |id| render_upload(ui, &texts, Id(id))))
}

fn render_upload(ui: Ui, texts: &UiTexts, id: Id) -> ViewNode {
    let of = move |each: &&Upload| each.id == id;
    let found = move || ui.chat.with(|chat| chat.uploads.files.iter().find(of).cloned());
    let first = ui.chat.with_untracked(|chat| chat.uploads.files.iter().find(of).cloned());
    let size = first.as_ref().map_or(0, |each| each.file.size);
    let name = first.map(|each| each.file.name).unwrap_or_default();
    let stage = move || found().map(|each| each.state);
    let bar = new_element("progress", "")
        .with_attribute("max", "100")
        .with_attribute("aria-label", texts.word_text(Word::Uploading));
    let shown = bar.clone();
    watch_value(stage, move |stage| {
        let (value, hidden) = match stage {
            Some(UploadState::Sending(part)) => (*part, false),
            Some(UploadState::Done | UploadState::Failed(_)) | None => (100, true),
        };
        let _ = shown.clone().with_attribute("value", &format_decimal(value.into()));
        let _ = shown.as_element().toggle_attribute_with_force("hidden", hidden);
    });
    let remove = new_button("hoi-again", move || dispatch(ChatEvent::Lazy(LazyEvent::FileDropped(id))))
        .with_child(icon("close"))
        .with_child(element_with_text(
            "span",
            "hoi-hidden",
            &[texts.word_text(Word::Detach), ": ", &name].concat(),
        ));
    let (words, failed) = (texts.clone(), move || matches!(stage(), Some(UploadState::Failed(_))));
    let fault = move || ui.chat.with_untracked(|chat| upload_fault(chat, id));
    new_element("li", "hoi-file")
        .with_child(icon("file"))
        .with_child(
            new_element("span", "").with_child(element_with_text("strong", "", &name)).with_child(bar),
        )
        .with_child(remove)
        .show_when(Box::new(failed), Box::new(move || render_fault(&words, id, size, fault())))
}

fn upload_fault(chat: &Chat, id: Id) -> Option<Fault> {
    chat.uploads.files.iter().find(|each| each.id == id).and_then(|each| match each.state {
        UploadState::Failed(fault) => fault,
        UploadState::Sending(_) | UploadState::Done => None,
    })
}

fn render_fault(texts: &UiTexts, id: Id, size: u64, fault: Option<Fault>) -> ViewNode {
    let again = fault.is_none().then(|| {
        new_button("hoi-again", move || dispatch(ChatEvent::Lazy(LazyEvent::FileRetried(id))))
            .with_child(icon("again"))
            .with_child(new_text(texts.word_text(Word::TryAgain)))
    });
    let words = upload_error(texts.look(), texts.words(), size, fault);
    element_with_text("p", "hoi-state hoi-state-bad", &words).with_children(again)
}
