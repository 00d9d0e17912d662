//! Answers that don't come at once: questions kept for an agency that is away, questions that people will answer, and
//! what arrives hours or days later.

#[cfg(test)]
pub mod tests;

use super::{
    Audience, ConversationStore, DeferredRetry, Effect, Pending, Side, StoreError,
    cases::{apply_report, find_case, mark_delivered, mark_undelivered},
    message::{agency_author, new_message},
    reply::{fail_reply, find_pending, message_language, promise_news, say_as_assistant},
};
use crate::handoff;
use crate::{
    application::case::Case,
    connector::{Callback, Reply},
    decide::{self, Published, UnansweredReason},
    hours,
    metrics::Happened,
    rich,
};
use i18n::{Lang, Msg};
use wire::{AuthorKind, Block, Body, Down, Message, Run, State, limits};

/// A kept question is given up after this long, in milliseconds, or with the conversation, if that ends sooner.
const KEEP_MS: u64 = 3 * 86_400_000;
/// A case that can't be brought is given up after this long, in milliseconds: people have done what was asked of them.
const KEEP_CASE_MS: u64 = 30 * 86_400_000;
/// Most questions kept for one conversation: whoever writes on and on to an agency that is away must not be what it
/// finds when it is back.
const MAX_KEPT: usize = 20;
/// How much of a question is repeated over its late answer, in characters.
const ABOUT_CHARS: usize = 120;

/// How long a question waits for its agency, in milliseconds.
pub fn lifetime_ms(published: &Published) -> u64 {
    KEEP_MS.min(u64::from(published.site.settings.retention_days) * 86_400_000)
}

/// The case that `pending` hands in, if it does.
pub(crate) fn case_of(store: &impl ConversationStore, pending: &Pending) -> Result<Option<Case>, StoreError> {
    pending.case.as_ref().map_or(Ok(None), |number| find_case(store, number))
}

/// The agency is away: the question `seq` is kept until `next` and then brought again. The visitor is told once, with
/// the ways to reach the agency without the chat.
pub fn leave_behind(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    next: u64,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    defer_question(store, published, seq, next, UnansweredReason::Kept, now)
}

/// The same where the agency was asked as often today as the site allows.
pub fn defer_to_next_day(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    next: u64,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    defer_question(store, published, seq, next, UnansweredReason::KeptForTomorrow, now)
}

fn defer_question(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    next: u64,
    why: UnansweredReason,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    let Some(before) = find_pending(store, seq)? else { return Ok(Vec::new()) };
    let life = if before.case.is_some() { KEEP_CASE_MS } else { lifetime_ms(published) };
    if now.saturating_sub(before.since) >= life {
        return give_up(store, published, seq, now);
    }
    let times = before.left.map_or(0, |left| left.times + 1);
    // A receipt says already that a case is on its way.
    let told = before.left.is_some() || before.case.is_some();
    if !told && store.pending()?.iter().filter(|pending| pending.left.is_some()).count() >= MAX_KEPT {
        return fail_reply(store, published, seq, now);
    }
    store.put_pending(&Pending { left: Some(DeferredRetry { next, times }), ..before })?;
    if told {
        return Ok(Vec::new());
    }
    store.count_event(Happened::Kept);
    let lang = message_language(store, seq)?;
    let body = decide::build_fallback(&published.site, &lang, why);
    let mut body = handoff::with_way_back(store, body, &lang)?;
    hours::add_opening_hours(&mut body, &published.site, &lang, now);
    let told = Effect::Broadcast(
        Audience::Everyone,
        Down::Message(promise_news(store, published, lang, body, now)?),
    );
    handoff::show_place_again(store, published, vec![told])
}

/// The question `seq` could not be brought in all its time.
pub fn give_up(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    let Some(before) = find_pending(store, seq)? else { return Ok(Vec::new()) };
    if let Some(case) = case_of(store, &before)? {
        return mark_undelivered(store, published, seq, case, now);
    }
    store.remove_pending(seq)?;
    store.count_event(Happened::Failed);
    let lang = message_language(store, seq)?;
    let mut blocks = quote_question(
        store,
        seq,
        None,
        rich::parse_markdown(Lang::for_tag(&lang).text(Msg::QuestionNotDelivered)),
    )?;
    blocks.push(Block::Contact(published.site.contact_card(&lang)));
    let body = Body { blocks, buttons: decide::to_person(&published.site, &lang).into_iter().collect() };
    let mut body = handoff::with_way_back(store, body, &lang)?;
    hours::add_opening_hours(&mut body, &published.site, &lang, now);
    let told = Effect::Broadcast(
        Audience::Everyone,
        Down::Message(say_as_assistant(store, published, lang, body, now)?),
    );
    handoff::show_place_again(store, published, vec![told])
}

/// The agency has the question `seq` and will answer by itself.
pub fn hand_over(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    let Some(before) = find_pending(store, seq)? else { return Ok(Vec::new()) };
    if let Some(case) = case_of(store, &before)? {
        return mark_delivered(store, published, seq, case, None, now);
    }
    store.remove_pending(seq)?;
    if is_with_people(store, seq)? {
        return Ok(Vec::new());
    }
    let lang = message_language(store, seq)?;
    let blocks = rich::parse_markdown(Lang::for_tag(&lang).text(Msg::QuestionPassedOn));
    let mut body = handoff::with_way_back(store, Body { blocks, buttons: Vec::new() }, &lang)?;
    hours::add_opening_hours(&mut body, &published.site, &lang, now);
    let told = Effect::Broadcast(
        Audience::Everyone,
        Down::Message(promise_news(store, published, lang, body, now)?),
    );
    handoff::show_place_again(store, published, vec![told])
}

/// What became of a callback.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrived {
    /// The message's place.
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
) -> Result<Option<Arrived>, StoreError> {
    if let Some(seq) = store.callback_seq(&callback.id)? {
        return Ok(Some(Arrived { seq, effects: Vec::new() }));
    }
    if let Some(about) = callback.case.clone() {
        return apply_report(store, published, callback, about, now);
    }
    let question = callback.about.map_or(Ok(None), |seq| store.message(seq))?.filter(is_visitors);
    let asked = question.as_ref().map(|question| question.seq);
    if let Some(question) = &question {
        store.count_event(Happened::Replied(now.saturating_sub(question.at)));
    }
    // It needs no bringing any more. A reply that is being shown goes on: it ends by itself.
    if let Some(seq) = asked
        && find_pending(store, seq)?.is_some_and(|pending| pending.reply.is_none())
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
    let Arrived { seq, effects } = record_callback(store, &callback.id, message)?;
    Ok(Some(Arrived { seq, effects: handoff::show_place_again(store, published, effects)? }))
}

/// Writes what the callback `id` became.
pub(crate) fn record_callback(
    store: &mut impl ConversationStore,
    id: &str,
    message: Message,
) -> Result<Arrived, StoreError> {
    store.put_message(&message)?;
    store.set_callback_seq(id, message.seq)?;
    Ok(Arrived {
        seq: message.seq,
        effects: vec![Effect::Broadcast(Audience::Everyone, Down::Message(message))],
    })
}

/// As much of an agency's text as is kept, and whether that is all.
pub(crate) fn truncate_reply(mut text: String) -> (String, bool) {
    let fits = text.len() <= limits::MAX_REPLY_BYTES;
    text.truncate(text.floor_char_boundary(limits::MAX_REPLY_BYTES));
    (text, fits)
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

/// Whether a person of the agency's spoke last before `seq`, apart from the visitor.
pub(crate) fn is_with_people(store: &impl ConversationStore, seq: u64) -> Result<bool, StoreError> {
    let before = store.newest_message(Side::Agency, seq)?;
    Ok(before.is_some_and(|message| message.author.kind == AuthorKind::Staff))
}

fn is_visitors(message: &Message) -> bool {
    message.author.kind == AuthorKind::Visitor
}
