//! The agency's reply, as it grows, ends or fails.

use super::{
    Audience, ConversationStore, Effect, Pending, Side, StoreError,
    case_records::pending_case,
    cases,
    message::{agency_author, assistant_author, message_language, new_message, say_as_assistant},
    refusal,
};
use crate::{
    connector::{Reply, truncate_reply},
    decide::{self, Published, UnansweredReason},
    handoff,
    metrics::Happened,
    rich,
};
use i18n::{Lang, Msg};
use wire::{Block, Body, Down, Message, Run, State};

/// How much of a question is repeated over its late answer, in characters.
const ABOUT_CHARS: usize = 120;

/// How a growing reply changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// How many blocks stay.
    pub keep: usize,
    /// What follows them.
    pub blocks: Vec<Block>,
}

impl Growth {
    /// What turns `before` into `after`, or `None` if they are the same.
    pub fn diff_blocks(before: &[Block], after: &[Block]) -> Option<Growth> {
        let keep = before.iter().zip(after).take_while(|(a, b)| a == b).count();
        let blocks = after.get(keep..).unwrap_or_default().to_vec();
        (keep < before.len() || !blocks.is_empty()).then_some(Growth { keep, blocks })
    }
}

/// The reply to the pending question `seq` now reads `markdown`; more is to come.
pub fn grow_reply(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    markdown: &str,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    let Some(pending) = store.find_pending(seq)? else { return Ok(Vec::new()) };
    if is_approved_first(published) {
        return Ok(Vec::new());
    }
    let blocks = quote_question(store, pending.seq, pending.reply, rich::parse_markdown(markdown))?;
    let before = partial_reply(store, &pending)?;
    let Some(mut message) = before else {
        if blocks.is_empty() {
            return Ok(Vec::new());
        }
        let message =
            begin_reply(store, published, &pending, Body { blocks, buttons: vec![] }, State::Growing, now)?;
        return handoff::show_place_again(
            store,
            published,
            vec![Effect::Broadcast(Audience::Everyone, Down::Message(message))],
        );
    };
    let Some(growth) = Growth::diff_blocks(&message.body.blocks, &blocks) else { return Ok(Vec::new()) };
    message.rev += 1;
    message.body.blocks = blocks;
    store.put_message(&message)?;
    let Growth { keep, blocks } = growth;
    Ok(vec![Effect::Broadcast(
        Audience::Everyone,
        Down::Grow { seq: message.seq, rev: message.rev, keep, blocks },
    )])
}

/// The reply to the pending question `seq` has ended; `whole` is false if it broke off.
pub fn finish_reply(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    reply: Reply,
    whole: bool,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    let Some(pending) = store.find_pending(seq)? else { return Ok(Vec::new()) };
    if let Some(case) = pending_case(store, &pending)? {
        return cases::mark_delivered(store, published, seq, case, Some(reply), now);
    }
    let along = reply.extra_blocks();
    let (text, fits) = truncate_reply(reply.text);
    let mut blocks = rich::parse_markdown(&text);
    blocks.extend(along);
    let blocks = quote_question(store, seq, pending.reply, blocks)?;
    let body = Body { blocks, buttons: reply.buttons };
    if is_approved_first(published) {
        let lang = message_language(store, seq)?;
        let author = reply.author.unwrap_or_else(|| agency_author(published, &lang));
        let topic = Reply::rating_topic(&author);
        store.remove_pending(seq)?;
        store.count_event(Happened::Replied(now.saturating_sub(pending.since)));
        return handoff::hold_answer(store, published, seq, (author, topic), body, now);
    }
    let body = handoff::with_way_back(store, body, &message_language(store, seq)?)?;
    let state = if whole && fits { State::Done } else { State::Cut };
    let message = match partial_reply(store, &pending)? {
        Some(before) => Message { body, state, rev: before.rev + 1, ..before },
        None => begin_reply(store, published, &pending, body, state, now)?,
    };
    let author = reply.author.unwrap_or(message.author);
    let message = Message { topic: Reply::rating_topic(&author), author, ..message };
    store.put_message(&message)?;
    store.remove_pending(seq)?;
    refusal::forget_refusal(store, seq)?;
    store.count_event(Happened::Replied(now.saturating_sub(pending.since)));
    handoff::show_place_again(
        store,
        published,
        vec![Effect::Broadcast(Audience::Everyone, Down::Message(message))],
    )
}

/// Whether a person sees the agency's answers before the visitor does.
fn is_approved_first(published: &Published) -> bool {
    published.site.settings.desk.as_ref().is_some_and(|desk| desk.approve_agency)
}

/// The agency can't be reached about the pending question `seq`: what came is kept and marked; if nothing came,
/// the site's fallback is said.
pub fn fail_reply(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    end_reply(store, published, seq, UnansweredReason::Unreachable, now)
}

/// The agency was reached about the pending question `seq` and has nothing to say to it.
pub fn decline_reply(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    end_reply(store, published, seq, UnansweredReason::Declined, now)
}

/// The visitor has stopped the pending question `seq`.
pub fn stop_reply(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    end_reply(store, published, seq, UnansweredReason::Stopped, now)
}

fn end_reply(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    why: UnansweredReason,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    let Some(pending) = store.find_pending(seq)? else { return Ok(Vec::new()) };
    if let Some(case) = pending_case(store, &pending)? {
        return cases::mark_undelivered(store, published, seq, case, now);
    }
    store.remove_pending(seq)?;
    store.count_event(Happened::Failed);
    let partial = partial_reply(store, &pending)?;
    // What a model took back is none of its answer, and whoever declines has none.
    let taken_back = |message: &Message| why == UnansweredReason::Declined || message.body.blocks.is_empty();
    if let Some(message) = partial.clone().filter(|message| !taken_back(message)) {
        let cut = Message { state: State::Cut, rev: message.rev + 1, ..message };
        store.put_message(&cut)?;
        return Ok(vec![Effect::Broadcast(Audience::Everyone, Down::Message(cut))]);
    }
    let lang = message_language(store, seq)?;
    // The site may have been published anew without an agency since.
    let why = if published.site.settings.agency.is_some() { why } else { UnansweredReason::NoAgency };
    let body = decide::build_fallback(&published.site, &lang, why);
    let mut body = handoff::with_way_back(store, body, &lang)?;
    crate::hours::add_opening_hours(&mut body, &published.site, &lang, now);
    let said = match partial {
        Some(begun) => {
            let author = assistant_author(published, &lang);
            let said = Message { author, body, lang, state: State::Done, rev: begun.rev + 1, ..begun };
            store.put_message(&said)?;
            said
        }
        None => say_as_assistant(store, published, lang, body, now)?,
    };
    let told = Effect::Broadcast(Audience::Everyone, Down::Message(said));
    handoff::show_place_again(store, published, vec![told])
}

/// Begins the reply to `pending` and notes where it stands.
fn begin_reply(
    store: &mut impl ConversationStore,
    published: &Published,
    pending: &Pending,
    body: Body,
    state: State,
    now: u64,
) -> Result<Message, StoreError> {
    let lang = message_language(store, pending.seq)?;
    let message = Message { state, ..new_message(store, agency_author(published, &lang), lang, body, now)? };
    store.put_message(&message)?;
    store.put_pending(&Pending { reply: Some(message.seq), ..pending.clone() })?;
    Ok(message)
}

/// The reply to `pending` as far as it has come.
fn partial_reply(store: &impl ConversationStore, pending: &Pending) -> Result<Option<Message>, StoreError> {
    pending.reply.map_or(Ok(None), |reply| store.message(reply))
}

/// `blocks` with the question over them, if the visitor has asked something else since: else nobody could tell
/// which one is meant. `reply` is the answer's place, if it has one already.
pub(crate) fn quote_question(
    store: &impl ConversationStore,
    question: u64,
    reply: Option<u64>,
    blocks: Vec<Block>,
) -> Result<Vec<Block>, StoreError> {
    let end = reply.unwrap_or(store.last_seq()? + 1);
    if blocks.is_empty()
        || store.newest_message(Side::Visitor, end)?.is_none_or(|newest| newest.seq <= question)
    {
        return Ok(blocks);
    }
    let Some(asked) = store.message(question)? else { return Ok(blocks) };
    let words = rich::plain_text(&asked.body.blocks).replace('\n', " ");
    let mut short: String = words.chars().take(ABOUT_CHARS).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    let run = |text: String, em| Run { text, em, ..Run::default() };
    let lead = format!("{} ", Lang::for_tag(&asked.lang).text(Msg::AboutYourQuestion));
    let mut out = vec![Block::Text { runs: vec![run(lead, false), run(short, true)] }];
    out.extend(blocks);
    Ok(out)
}
