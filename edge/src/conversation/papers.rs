//! Papers that are added to a case: asked for by the agency, brought by the visitor.

use super::{
    Effect, Log, Pending,
    cases::{case, put, text},
    message::{message, visitor},
};
use crate::{
    case::{self, Added, Case, CaseState},
    phrases::{Phrase, phrase},
    words::{PageWord, page_word},
};
use wire::{Block, Body, Down, Id, Message, Procedure};

/// What form such papers are given in, as its button names it.
pub const FORM: &str = "case:";

/// What is to be brought with the pending question `seq`, sealed.
pub fn sealed(log: &impl Log, seq: u64) -> Option<String> {
    log.record(&name(seq))
}

/// Keeps what is to be brought with the pending question `seq`.
pub fn put_sealed(log: &mut impl Log, seq: u64, sealed: &str) {
    log.set_record(&name(seq), Some(sealed));
}

/// It was brought, or can't be.
pub(super) fn drop_sealed(log: &mut impl Log, seq: u64) {
    log.set_record(&name(seq), None);
}

/// Papers are added to the case called `number`. It counts as something the visitor said, with the id `id`. `seal` seals what is to
/// be brought. `None`: none are wanted.
pub fn add(
    log: &mut impl Log,
    number: &str,
    added: &Added,
    id: Id,
    sealed: &str,
    now: u64,
) -> Option<(Case, Vec<Effect>)> {
    let case =
        case(log, number).filter(|case| case.state == CaseState::NeedsPapers && case.wants.is_some())?;
    let lang = case.lang.clone();
    let labels: Vec<&str> = added.papers.iter().map(|paper| paper.label.as_str()).collect();
    let said = format!("{} ({number}): {}", phrase(Phrase::PapersAdded, &lang), labels.join("; "));
    let body = Body { blocks: vec![text(said)], buttons: Vec::new() };
    let message = Message { id: Some(id), ..message(log, visitor(), lang, body, now) };
    let seq = message.seq;
    log.put(&message);
    let case = Case { state: CaseState::Sending, changed_at: now, added_at: Some(now), ..case };
    put(log, &case);
    put_sealed(log, seq, sealed);
    log.put_pending(&Pending {
        case: Some(number.to_owned()),
        papers: true,
        ..Pending::new(seq, now, Vec::new())
    });
    Some((case, vec![Effect::All(Down::Message(message)), Effect::Forward(seq)]))
}

/// What stands in the chat where papers are wanted: which, until when, and the way to add them.
pub(super) fn wanted(case: &Case) -> Option<Block> {
    let wants = case.wants.as_ref()?;
    let say = |word| page_word(&case.lang, word);
    let title = match &wants.until {
        Some(day) => {
            format!("{} ({}: {})", say(PageWord::WantedPapers), say(PageWord::WantedUntil), case::day(day))
        }
        None => say(PageWord::WantedPapers).to_owned(),
    };
    let papers = wants.papers.iter().map(|paper| paper.label.clone()).collect();
    let form = format!("{FORM}{}", case.number);
    Some(Block::Procedure(Procedure { title, papers, form, ..Procedure::default() }))
}

fn name(seq: u64) -> String {
    format!("added:{seq}")
}
