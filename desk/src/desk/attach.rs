//! Files for the visitor: sent as soon as they are chosen, said with the next answer.

use super::{Desk, Effect, Spot, Talk, may};
use wire::{Fault, File, Id, limits::MAX_FILES, size};

/// A file that goes with what is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its id.
    pub id: Id,
    /// What there is to know of it; what the edge says of it, once it is there.
    pub file: File,
    /// How far it has come.
    pub stage: Going,
}

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Going {
    /// On its way.
    Sending,
    /// The edge has it.
    There,
    /// It is refused, or the line was lost.
    Failed(Option<Fault>),
}

/// Whether a file can be sent in the conversation that is shown.
pub fn attaches(desk: &Desk) -> bool {
    let takes = desk.info.as_ref().is_some_and(|info| info.files.is_some());
    takes && desk.talk().is_some_and(|talk| !talk.internal && may(desk, talk).say)
}

/// Files were chosen. Those that can't be taken are not sent.
pub fn chosen(desk: &mut Desk, files: Vec<File>) -> Vec<Effect> {
    let rules = desk.info.as_ref().and_then(|info| info.files.clone()).filter(|_| attaches(desk));
    let (Some(rules), Some(talk)) = (rules, desk.talk_mut()) else { return Vec::new() };
    let mut effects = Vec::new();
    let mut refused = Vec::new();
    for file in files {
        let Some(id) = file.id else { continue };
        let full = (talk.attached.len() >= MAX_FILES).then_some(Fault::FilesFull);
        let fault = rules.refusal(&file).or(full);
        let stage = fault.map_or(Going::Sending, |fault| Going::Failed(Some(fault)));
        match fault {
            Some(fault) => refused.push(fault),
            None => effects.push(Effect::Upload { talk: talk.id, file: id }),
        }
        talk.attached.push(Attached { id, file, stage });
    }
    let said = refused.into_iter().map(|fault| say(desk, Some(fault))).collect::<Vec<_>>();
    effects.extend(said);
    effects.push(Effect::Focus(Spot::Composer));
    effects
}

/// A file for the conversation `talk` is there, as `file` says, or is not.
pub fn went(desk: &mut Desk, talk: Id, id: Id, came: Result<File, Option<Fault>>) -> Vec<Effect> {
    let own = desk.talks.get_mut(&talk);
    let each = own.and_then(|talk| talk.attached.iter_mut().find(|each| each.id == id));
    let Some(each) = each else { return Vec::new() };
    match came {
        Ok(file) => {
            (each.file, each.stage) = (file, Going::There);
            Vec::new()
        }
        Err(fault) => {
            each.stage = Going::Failed(fault);
            vec![say(desk, fault)]
        }
    }
}

fn say(desk: &Desk, fault: Option<Fault>) -> Effect {
    Effect::Announce { text: sentence(desk, fault), urgent: true }
}

/// What is said about a file that is not taken.
pub fn sentence(desk: &Desk, fault: Option<Fault>) -> String {
    let words = desk.words();
    let rules = desk.info.as_ref().and_then(|info| info.files.as_ref());
    match fault {
        Some(Fault::TooLong) => {
            let most = rules.map_or(0, |rules| rules.max_bytes);
            words.file_too_large.replace("{}", &size(most, desk.settings.lang.tag()))
        }
        Some(Fault::FileKind) => {
            let kinds = rules.map(|rules| rules.allow.join(", ")).unwrap_or_default();
            words.file_kind.replace("{}", &kinds)
        }
        Some(Fault::FilesFull) => words.files_full.to_owned(),
        Some(Fault::Stranger) => words.not_yours.to_owned(),
        _ => words.file_lost.to_owned(),
    }
}

/// One is taken out.
pub fn dropped(desk: &mut Desk, id: Id) -> Vec<Effect> {
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    talk.attached.retain(|each| each.id != id);
    vec![Effect::Abort(id), Effect::Focus(Spot::Composer)]
}

/// One is to be sent again.
pub fn retried(desk: &mut Desk, id: Id) -> Vec<Effect> {
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    let Some(each) = talk.attached.iter_mut().find(|each| each.id == id) else { return Vec::new() };
    each.stage = Going::Sending;
    vec![Effect::Upload { talk: talk.id, file: id }, Effect::Focus(Spot::Composer)]
}

/// Whether what is written must wait for a file.
pub fn must_wait(talk: &Talk) -> bool {
    talk.attached.iter().any(|each| each.stage == Going::Sending)
}

/// The files that are there; they go with what is said now. Those that failed stay, to be sent again or taken out.
pub fn taken(talk: &mut Talk) -> Vec<File> {
    let there = |each: &Attached| each.stage == Going::There;
    let files = talk.attached.iter().filter(|each| there(each)).map(|each| each.file.clone()).collect();
    talk.attached.retain(|each| !there(each));
    files
}

/// Files that were to go with something that is not said after all.
pub fn back(talk: &mut Talk, files: Vec<File>) {
    let again = |file: File| Some(Attached { id: file.id?, file, stage: Going::There });
    talk.attached.extend(files.into_iter().filter_map(again));
}
