//! Answers that don't come at once: questions kept for an agency that is away, and questions that people will answer.
//! What arrives hours or days later is taken by `callback`.

#[cfg(test)]
pub mod tests;

use super::{
    Audience, ConversationStore, DeferredRetry, Effect, Pending, Side, StoreError,
    case_records::pending_case,
    cases::{mark_delivered, mark_undelivered},
    message::{message_language, promise_news, say_as_assistant},
    reply::{fail_reply, quote_question},
};
use crate::{
    decide::{self, Published, UnansweredReason},
    handoff, hours,
    metrics::Happened,
    rich,
};
use i18n::{Lang, Msg};
use wire::{AuthorKind, Block, Body, Down};

/// A kept question is given up after this long, in milliseconds, or with the conversation, if that ends sooner.
const KEEP_MS: u64 = 3 * 86_400_000;
/// A case that can't be brought is given up after this long, in milliseconds: people have done what was asked of them.
const KEEP_CASE_MS: u64 = 30 * 86_400_000;
/// Most questions kept for one conversation: whoever writes on and on to an agency that is away must not be what it
/// finds when it is back.
const MAX_KEPT: usize = 20;

/// How long a question waits for its agency, in milliseconds.
pub fn lifetime_ms(published: &Published) -> u64 {
    KEEP_MS.min(u64::from(published.site.settings.retention_days) * 86_400_000)
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
    let Some(before) = store.find_pending(seq)? else { return Ok(Vec::new()) };
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
    let Some(before) = store.find_pending(seq)? else { return Ok(Vec::new()) };
    if let Some(case) = pending_case(store, &before)? {
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
    let Some(before) = store.find_pending(seq)? else { return Ok(Vec::new()) };
    if let Some(case) = pending_case(store, &before)? {
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

/// Whether a person of the agency's spoke last before `seq`, apart from the visitor.
pub(crate) fn is_with_people(store: &impl ConversationStore, seq: u64) -> Result<bool, StoreError> {
    let before = store.newest_message(Side::Agency, seq)?;
    Ok(before.is_some_and(|message| message.author.kind == AuthorKind::Staff))
}
