//! Files on their way: sent as soon as they are chosen, said with the next message.

use super::{effect::ChatEffect, state::Chat};
use client::UploadState;
use wire::{Fault, File, Id, Look, Word, Words, format_size};

/// The visitor has chosen files. Those that can't be taken are not sent.
pub fn add_files(chat: &mut Chat, files: Vec<File>) -> Vec<ChatEffect> {
    let Some(rules) = &chat.look.files else { return Vec::new() };
    let chosen = chat.uploads.add_files(files, rules);
    let effect = |(id, fault): (Id, Option<Fault>)| match fault {
        Some(_) => announce_error(chat, id, fault),
        None => upload_effect(chat, id),
    };
    chosen.into_iter().map(effect).collect()
}

fn upload_effect(chat: &Chat, id: Id) -> ChatEffect {
    ChatEffect::Upload { id, ticket: chat.ticket.clone() }
}

/// A file has come so far.
pub fn set_state(chat: &mut Chat, id: Id, state: UploadState, file: Option<File>) -> Vec<ChatEffect> {
    match (chat.uploads.set_state(id, state, file), state) {
        (true, UploadState::Failed(fault)) => vec![announce_error(chat, id, fault)],
        _ => Vec::new(),
    }
}

fn announce_error(chat: &Chat, id: Id, fault: Option<Fault>) -> ChatEffect {
    let size = chat.uploads.files.iter().find(|each| each.id == id).map_or(0, |each| each.file.size);
    ChatEffect::Announce { text: upload_error(&chat.look, &chat.words, size, fault), urgent: true }
}

/// What is said about a file of `size` bytes that is not taken.
pub fn upload_error(look: &Look, words: &Words, size: u64, fault: Option<Fault>) -> String {
    let rules = look.files.as_ref();
    match fault {
        Some(Fault::TooLong) if size == 0 => words.word_text(Word::FileEmpty).to_owned(),
        Some(Fault::TooLong) => {
            let most = rules.map_or(0, |rules| rules.max_bytes);
            // The site would take it; somebody before the edge does not.
            if size <= most {
                return words.word_text(Word::FileTooLargeOnWay).to_owned();
            }
            words.text_with(Word::FileTooLarge, &format_size(most, words.word_text(Word::Lang)))
        }
        Some(Fault::FileKind) => {
            words.text_with(Word::FileKind, &rules.map(|rules| rules.allow.join(", ")).unwrap_or_default())
        }
        Some(Fault::FilesFull) => words.word_text(Word::FilesFull).to_owned(),
        Some(Fault::TooFast) => words.word_text(Word::TooFast).to_owned(),
        _ => words.word_text(Word::FileLost).to_owned(),
    }
}

/// The visitor takes one out.
pub fn remove(chat: &mut Chat, id: Id) -> Vec<ChatEffect> {
    chat.uploads.remove(id);
    vec![ChatEffect::Abort(id), ChatEffect::FocusComposer]
}

/// The visitor has one sent again.
pub fn retry(chat: &mut Chat, id: Id) -> Vec<ChatEffect> {
    let known = chat.uploads.set_state(id, UploadState::Sending(0), None);
    known.then(|| upload_effect(chat, id)).into_iter().collect()
}
