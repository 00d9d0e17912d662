//! Files that go with the answer that is being written.

use super::{
    icon::Icon,
    ui::{DeskUi, desk_memo, press_button, use_ui},
};
use crate::{
    desk::{DeskButton, DeskEvent, Upload, UploadState, can_attach, upload_error},
    host::{dispatch, upload},
    words::Words,
};
use leptos::prelude::*;

/// The button, and the browser's own field behind it.
#[component]
pub fn AttachButton() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let kinds = desk_memo(|desk| {
        let rules = desk.info.as_ref().and_then(|info| info.files.as_ref()).filter(|_| can_attach(desk))?;
        Some(rules.allow.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(","))
    });
    move || {
        kinds.get().map(|kinds| view! {
            <button type="button" class="desk-tool" id={"desk-attach"} on:click=move |_| press_button(DeskButton::Attach)>
                <Icon name="attach"/><span>{words.attach}</span>
            </button>
            <input type="file" id={upload::FILES_FIELD_ID} accept=kinds multiple hidden on:change=move |_| upload::on_files_chosen()/>
        })
    }
}

/// The files, each with how far it has come and the way to take it out.
#[component]
pub fn AttachedFiles() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let shown = desk_memo(|desk| {
        let talk = desk.talk().filter(|_| can_attach(desk))?;
        let fault = |each: &Upload| match each.state {
            UploadState::Failed(fault) => Some((fault.is_none(), upload_error(desk, each.file.size, fault))),
            UploadState::Sending(_) | UploadState::Done => None,
        };
        Some(talk.uploads.files.iter().map(|each| (each.clone(), fault(each))).collect::<Vec<_>>())
    });
    move || {
        let files = shown.get().unwrap_or_default();
        (!files.is_empty()).then(|| {
            view! {
                <ul class="desk-attached" aria-label=words.attached>
                    {files.into_iter().map(|(each, fault)| upload_row(each, fault, words)).collect_view()}
                </ul>
            }
        })
    }
}

fn upload_row(each: Upload, fault: Option<(bool, String)>, words: &'static Words) -> AnyView {
    let id = each.id;
    let detach = words.detach.fill(&each.file.name);
    let goes = matches!(each.state, UploadState::Sending(_))
        .then(|| view! { <span class="desk-small">{words.uploading}</span> });
    let fault = fault.map(|(again, text)| {
        let again = again.then(|| view! {
            <button type="button" class="desk-button" on:click=move |_| dispatch(DeskEvent::FileRetried(id))>{words.retry}</button>
        });
        view! { <span class="desk-small desk-bad">{text}</span>{again} }
    });
    view! {
        <li class="desk-file">
            <Icon name="file"/><span class="desk-file-name">{each.file.name}</span>{goes}{fault}
            <button type="button" class="desk-tool" aria-label=detach on:click=move |_| dispatch(DeskEvent::FileRemoved(id))>
                <Icon name="close"/>
            </button>
        </li>
    }
    .into_any()
}
