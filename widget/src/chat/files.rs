//! Files on their way: sent as soon as they are chosen, said with the next message.

use super::{Chat, Effect};
use wire::{Fault, File, Id, Look, Word, Words, limits::MAX_FILES, size};

/// A file that goes with what is being written.
#[derive(Debug, Clone, PartialEq)]
pub struct Attached {
    /// What there is to know of it; what the edge says of it, once it is there.
    pub file: File,
    /// Its id.
    pub id: Id,
    /// How far it has come.
    pub stage: Going,
}

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Going {
    /// So many hundredths are sent.
    Sent(u32),
    /// The edge has it.
    There,
    /// It is refused, or the line was lost.
    Failed(Option<Fault>),
}

/// The visitor has chosen files. Those that can't be taken are not sent.
pub fn chosen(chat: &mut Chat, files: Vec<File>) -> Vec<Effect> {
    let Some(rules) = chat.look.files.clone() else { return Vec::new() };
    let mut effects = Vec::new();
    for file in files {
        let Some(id) = file.id else { continue };
        let fault = rules.refusal(&file).or((chat.attached.len() >= MAX_FILES).then_some(Fault::FilesFull));
        let stage = fault.map_or(Going::Sent(0), |fault| Going::Failed(Some(fault)));
        effects.push(match fault {
            Some(fault) => say(chat, Some(fault)),
            None => upload(chat, id),
        });
        chat.attached.push(Attached { file, id, stage });
    }
    effects
}

fn upload(chat: &Chat, id: Id) -> Effect {
    Effect::Upload { id, ticket: chat.ticket.clone() }
}

/// A file has come so far.
pub fn goes(chat: &mut Chat, id: Id, stage: Going, file: Option<File>) -> Vec<Effect> {
    let Some(each) = chat.attached.iter_mut().find(|each| each.id == id) else { return Vec::new() };
    each.stage = stage;
    if let Some(file) = file {
        each.file = file;
    }
    match stage {
        Going::Failed(fault) => vec![say(chat, fault)],
        Going::Sent(_) | Going::There => Vec::new(),
    }
}

fn say(chat: &Chat, fault: Option<Fault>) -> Effect {
    Effect::Announce { text: sentence(&chat.look, &chat.words, fault), urgent: true }
}

/// What is said about it.
pub fn sentence(look: &Look, words: &Words, fault: Option<Fault>) -> String {
    let rules = look.files.as_ref();
    match fault {
        Some(Fault::TooLong) => {
            let most = rules.map_or(0, |rules| rules.max_bytes);
            words.with(Word::FileTooLarge, &size(most, words.get(Word::Lang)))
        }
        Some(Fault::FileKind) => {
            words.with(Word::FileKind, &rules.map(|rules| rules.allow.join(", ")).unwrap_or_default())
        }
        Some(Fault::FilesFull) => words.get(Word::FilesFull).to_owned(),
        Some(Fault::TooFast) => words.get(Word::TooFast).to_owned(),
        _ => words.get(Word::FileLost).to_owned(),
    }
}

/// The visitor takes one out.
pub fn dropped(chat: &mut Chat, id: Id) -> Vec<Effect> {
    chat.attached.retain(|each| each.id != id);
    vec![Effect::Abort(id), Effect::FocusComposer]
}

/// The visitor has one sent again.
pub fn retried(chat: &mut Chat, id: Id) -> Vec<Effect> {
    let Some(each) = chat.attached.iter_mut().find(|each| each.id == id) else { return Vec::new() };
    each.stage = Going::Sent(0);
    vec![upload(chat, id)]
}

/// Whether what is written must wait for a file.
pub fn must_wait(chat: &Chat) -> bool {
    chat.attached.iter().any(|each| matches!(each.stage, Going::Sent(_)))
}

/// The files that are there; they go with what is said now. Those that failed stay, to be sent again or taken out.
pub fn taken(chat: &mut Chat) -> Vec<File> {
    let there = |each: &Attached| each.stage == Going::There;
    let files = chat.attached.iter().filter(|each| there(each)).map(|each| each.file.clone()).collect();
    chat.attached.retain(|each| !there(each));
    files
}
