//! Pages beside the chat, which the edge draws: a procedure's form, a code for another device.

use super::{
    draft,
    effect::{ChatEffect, StorageKey},
    message_row::MessageRow,
    state::Chat,
};
use client::{ConnectionState, Upload, UploadState};
use wire::{File, Id, Word};

/// To the page `page`; `procedure` is empty where it isn't about one.
pub fn open_page(chat: &Chat, page: &'static str, procedure: String) -> Vec<ChatEffect> {
    vec![ChatEffect::Visit { page, fields: page_fields(chat, ("procedure", procedure)) }]
}

fn page_fields(chat: &Chat, own: (&'static str, String)) -> Vec<(&'static str, String)> {
    let view = if chat.display.plain { "plain" } else { "" };
    vec![
        ("ticket", chat.ticket.clone()),
        ("lang", chat.preferred_languages()),
        own,
        ("view", view.to_owned()),
    ]
}

/// To the chat as a page that needs no line. What was written and not taken stands in its composer, and in this one until then:
/// said there, it is not to be said here as well.
pub fn open_plain_page(chat: &mut Chat) -> Vec<ChatEffect> {
    // Files stay with what they were said with: that page would not have them.
    let written = chat.timeline.entries.iter().rev().filter_map(|row| row.outgoing.as_ref());
    let written: Vec<Id> = written.filter(|said| said.files.is_empty()).map(|said| said.id).collect();
    let mut effects = Vec::new();
    for id in written {
        effects.extend(take_back(chat, id));
    }
    let mut fields = page_fields(chat, ("draft", chat.draft.clone()));
    fields.push(("without_widget", "1".to_owned()));
    effects.push(ChatEffect::Visit { page: "say", fields });
    effects
}

/// What was said and not taken goes back into the composer, before what stands there.
pub fn take_back(chat: &mut Chat, id: Id) -> Vec<ChatEffect> {
    let is_it = |row: &MessageRow| row.outgoing.as_ref().is_some_and(|said| said.id == id);
    let Some(place) = chat.timeline.entries.iter().position(is_it) else { return Vec::new() };
    let Some(said) = chat.timeline.entries.remove(place).outgoing else { return Vec::new() };
    let there = |file: File| Some(Upload { id: file.id?, file, state: UploadState::Done });
    chat.uploads.files.extend(said.files.into_iter().filter_map(there));
    let mut effects = draft::restore_draft(chat, said.text);
    effects.push(ChatEffect::Forget(StorageKey::Outgoing(id)));
    effects
}

/// To the page that says what deleting the conversation means, and does it. While the line is down that page can't be had:
/// nothing is deleted, and that is said.
pub fn open_erasure(chat: &Chat) -> Vec<ChatEffect> {
    match chat.connection.state {
        // Where no line gets through, pages mostly do.
        ConnectionState::Online | ConnectionState::Idle | ConnectionState::Blocked => {
            open_page(chat, "erase", String::new())
        }
        ConnectionState::Connecting
        | ConnectionState::Greeting
        | ConnectionState::Waiting
        | ConnectionState::Refused => {
            vec![ChatEffect::announce(chat.words.word_text(Word::Reconnecting))]
        }
    }
}
