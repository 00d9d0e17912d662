//! What the agency says of its own accord, hours or days later.

use super::{
    Audience, ConversationStore, Effect, Side, StoreError,
    cases::apply_case_report,
    message::{agency_author, new_message},
    reply::quote_question,
    retraction::retract_message,
};
use crate::{
    connector::{Callback, Reply, truncate_reply},
    decide::Published,
    handoff,
    metrics::Happened,
    rich,
};
use wire::{AuthorKind, Body, Down, Message, State};

/// What became of a callback.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedCallback {
    /// The message's place; 0 if it was taken back before it came.
    pub seq: u64,
    /// What everybody connected is told; nothing if it had come before.
    pub effects: Vec<Effect>,
}

/// The agency says something of its own accord. The same callback again is the same message. `None`: it reports on a
/// case that isn't here.
pub fn handle_callback(
    store: &mut impl ConversationStore,
    published: &Published,
    callback: Callback,
    now: u64,
) -> Result<Option<RecordedCallback>, StoreError> {
    if callback.retracts {
        return retract_message(store, &callback.id).map(Some);
    }
    if let Some(seq) = store.callback_seq(&callback.id)? {
        return Ok(Some(RecordedCallback { seq, effects: Vec::new() }));
    }
    if let Some(report) = callback.case.clone() {
        let id = callback.id.clone();
        let message = apply_case_report(store, published, callback, report, now)?;
        return message.map(|message| record_callback(store, &id, message)).transpose();
    }
    let question = callback.about.map_or(Ok(None), |seq| store.message(seq))?.filter(is_visitors);
    let asked = question.as_ref().map(|question| question.seq);
    if let Some(question) = &question {
        store.count_event(Happened::Replied(now.saturating_sub(question.at)));
    }
    // It needs no bringing any more. A reply that is being shown goes on: it ends by itself.
    if let Some(seq) = asked
        && store.find_pending(seq)?.is_some_and(|pending| pending.reply.is_none())
    {
        store.remove_pending(seq)?;
    }
    let question = match question {
        None => store.newest_message(Side::Visitor, store.last_seq()? + 1)?,
        question => question,
    };
    let lang = question.map(|question| question.lang).unwrap_or_default();
    let along = callback.reply.extra_blocks();
    let (text, fits) = truncate_reply(callback.reply.text);
    let mut blocks = rich::parse_markdown(&text);
    blocks.extend(callback.blocks);
    blocks.extend(along);
    if let Some(seq) = asked {
        blocks = quote_question(store, seq, None, blocks)?;
    }
    let author = callback.reply.author.unwrap_or_else(|| agency_author(published, &lang));
    let topic = Reply::rating_topic(&author);
    let state = if fits { State::Done } else { State::Cut };
    let body = Body { blocks, buttons: callback.reply.buttons };
    let body = handoff::with_way_back(store, body, &lang)?;
    let message = Message { state, topic, ..new_message(store, author, lang, body, now)? };
    let RecordedCallback { seq, effects } = record_callback(store, &callback.id, message)?;
    Ok(Some(RecordedCallback { seq, effects: handoff::show_place_again(store, published, effects)? }))
}

/// Writes what the callback `id` became.
fn record_callback(
    store: &mut impl ConversationStore,
    id: &str,
    message: Message,
) -> Result<RecordedCallback, StoreError> {
    store.put_message(&message)?;
    store.set_callback_seq(id, message.seq)?;
    Ok(RecordedCallback {
        seq: message.seq,
        effects: vec![Effect::Broadcast(Audience::Everyone, Down::Message(message))],
    })
}

fn is_visitors(message: &Message) -> bool {
    message.author.kind == AuthorKind::Visitor
}
