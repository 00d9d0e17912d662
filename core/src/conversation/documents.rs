//! Papers that are added to a case: asked for by the agency, brought by the visitor.

use super::{
    Audience, ConversationStore, Effect, Pending, RecordKey, StoreError, Task,
    case_records::{find_case, put_case},
    message::{new_message, text_block, visitor_author},
};
use crate::application::case::{self, Case, CaseDocuments, CaseState};
use i18n::{Lang, Msg};
use wire::{Block, Body, Down, Id, Message, Procedure};

/// What form such papers are given in, as its button names it.
pub const PAPERS_FORM: &str = "case:";

/// What is to be brought with the pending question `seq`, sealed.
pub fn find_sealed(store: &impl ConversationStore, seq: u64) -> Result<Option<String>, StoreError> {
    store.record(&RecordKey::AddedDocuments(seq))
}

/// Keeps what is to be brought with the pending question `seq`.
pub fn put_sealed(store: &mut impl ConversationStore, seq: u64, sealed: &str) -> Result<(), StoreError> {
    store.set_record(&RecordKey::AddedDocuments(seq), Some(sealed))?;
    Ok(())
}

/// It was brought, or can't be.
pub(crate) fn drop_sealed(store: &mut impl ConversationStore, seq: u64) -> Result<(), StoreError> {
    store.set_record(&RecordKey::AddedDocuments(seq), None)?;
    Ok(())
}

/// Papers are added to the case called `number`. It counts as something the visitor said, with the id `id`. `seal` seals what is to
/// be brought. `None`: none are wanted.
pub fn add_documents(
    store: &mut impl ConversationStore,
    number: &str,
    added: &CaseDocuments,
    id: Id,
    sealed: &str,
    now: u64,
) -> Result<Option<(Case, Vec<Effect>)>, StoreError> {
    let wanted = |case: &Case| case.state == CaseState::NeedsPapers && case.wants.is_some();
    let Some(case) = find_case(store, number)?.filter(wanted) else { return Ok(None) };
    let lang = case.lang.clone();
    let labels: Vec<&str> = added.papers.iter().map(|paper| paper.label.as_str()).collect();
    let said =
        format!("{} ({number}): {}", Lang::for_tag(&lang).text(Msg::DocumentsAddedToCase), labels.join("; "));
    let body = Body { blocks: vec![text_block(said)], buttons: Vec::new() };
    let message = Message { id: Some(id), ..new_message(store, visitor_author(), lang, body, now)? };
    let seq = message.seq;
    store.put_message(&message)?;
    let case = Case { state: CaseState::Sending, changed_at: now, added_at: Some(now), ..case };
    put_case(store, &case)?;
    put_sealed(store, seq, sealed)?;
    store.put_pending(&Pending {
        case: Some(number.to_owned()),
        papers: true,
        ..Pending::new(seq, now, Vec::new())
    })?;
    Ok(Some((
        case,
        vec![Effect::Broadcast(Audience::Everyone, Down::Message(message)), Effect::Task(Task::Deliver(seq))],
    )))
}

/// What stands in the chat where papers are wanted: which, until when, and the way to add them.
pub(crate) fn documents_request(case: &Case) -> Option<Block> {
    let wants = case.wants.as_ref()?;
    let say = |word| Lang::for_tag(&case.lang).text(word);
    let title = match &wants.until {
        Some(day) => {
            format!(
                "{} ({}: {})",
                say(Msg::RequestedDocuments),
                say(Msg::DocumentsDueBy),
                case::format_day(day)
            )
        }
        None => say(Msg::RequestedDocuments).to_owned(),
    };
    let papers = wants.papers.iter().map(|paper| paper.label.clone()).collect();
    let form = format!("{PAPERS_FORM}{}", case.number);
    Some(Block::Procedure(Procedure { title, papers, form, ..Procedure::default() }))
}
