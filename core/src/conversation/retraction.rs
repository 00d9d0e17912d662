//! What the agency's people said and took back.

use super::{
    Audience, ConversationStore, Effect, RecordKey, RecordedCallback, StoreError, message::text_block,
};
use crate::handoff;
use i18n::{Lang, Msg};
use std::collections::BTreeSet;
use wire::{Body, Down, Message, State, limits};

/// The message that the callback `id` became is taken back: a sentence stands in its place, for everybody and for good. If it has not
/// come yet, it never will.
pub fn retract_message(store: &mut impl ConversationStore, id: &str) -> Result<RecordedCallback, StoreError> {
    let seq = store.callback_seq(id)?.unwrap_or_default();
    let mut retracted = retractions(store)?;
    let message = store.message(seq)?.filter(|_| !retracted.contains(&seq));
    let Some(before) = message else {
        store.set_callback_seq(id, seq)?;
        return Ok(RecordedCallback { seq, effects: Vec::new() });
    };
    let sentence = Lang::for_tag(&before.lang).text(Msg::MessageRetracted).to_owned();
    let body = Body { blocks: vec![text_block(sentence)], buttons: Vec::new() };
    let body = handoff::with_way_back(store, body, &before.lang)?;
    let message =
        Message { body, state: State::Done, rev: before.rev + 1, topic: None, later: false, ..before };
    store.put_message(&message)?;
    retracted.insert(seq);
    store.write_record(&RecordKey::Retractions, &retracted)?;
    Ok(RecordedCallback { seq, effects: vec![Effect::Broadcast(Audience::Everyone, Down::Message(message))] })
}

/// Messages up to the place `after` that were taken back: whoever has them may have been away when that happened.
pub fn retracted_messages(store: &impl ConversationStore, after: u64) -> Result<Vec<Message>, StoreError> {
    let from = after.saturating_sub(limits::MAX_RESUME as u64) + 1;
    let mut messages = Vec::new();
    for seq in retractions(store)?.range(from..after + 1) {
        messages.extend(store.message(*seq)?);
    }
    Ok(messages)
}

fn retractions(store: &impl ConversationStore) -> Result<BTreeSet<u64>, StoreError> {
    Ok(store.read_record(&RecordKey::Retractions)?.unwrap_or_default())
}
