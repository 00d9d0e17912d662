//! Answers that don't come at once: questions kept for an agency that is away, questions that people will answer, and
//! what arrives hours or days later.

use super::{
    Effect, Left, Log, Pending,
    cases::{case, report, taken, undelivered},
    message::{agency, message},
    people,
    reply::{fail, language, pending, promise, say},
};
use crate::{
    case::Case,
    connector::{Callback, Reply},
    hours,
    phrases::{Phrase, phrase},
    report::Happened,
    rich,
    turn::{self, Published, UnansweredReason},
};
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
pub(super) fn case_of(log: &impl Log, pending: &Pending) -> Option<Case> {
    case(log, pending.case.as_ref()?)
}

/// The agency is away: the question `seq` is kept until `next` and then brought again. The visitor is told once, with
/// the ways to reach the agency without the chat.
pub fn leave_behind(log: &mut impl Log, published: &Published, seq: u64, next: u64, now: u64) -> Vec<Effect> {
    leave(log, published, seq, next, UnansweredReason::Kept, now)
}

/// The same where the agency was asked as often today as the site allows.
pub fn defer_to_next_day(
    log: &mut impl Log,
    published: &Published,
    seq: u64,
    next: u64,
    now: u64,
) -> Vec<Effect> {
    leave(log, published, seq, next, UnansweredReason::KeptForTomorrow, now)
}

fn leave(
    log: &mut impl Log,
    published: &Published,
    seq: u64,
    next: u64,
    why: UnansweredReason,
    now: u64,
) -> Vec<Effect> {
    let Some(before) = pending(log, seq) else { return Vec::new() };
    let life = if before.case.is_some() { KEEP_CASE_MS } else { lifetime_ms(published) };
    if now.saturating_sub(before.since) >= life {
        return give_up(log, published, seq, now);
    }
    let times = before.left.map_or(0, |left| left.times + 1);
    // A receipt says already that a case is on its way.
    let told = before.left.is_some() || before.case.is_some();
    if !told && log.pending().iter().filter(|pending| pending.left.is_some()).count() >= MAX_KEPT {
        return fail(log, published, seq, now);
    }
    log.put_pending(&Pending { left: Some(Left { next, times }), ..before });
    if told {
        return Vec::new();
    }
    log.note(Happened::Kept);
    let lang = language(log, seq);
    let body = turn::fallback(&published.site, &lang, why);
    let mut body = people::with_way_back(log, body, &lang);
    hours::tell(&mut body, &published.site, &lang, now);
    let told = Effect::All(Down::Message(promise(log, published, lang, body, now)));
    people::show_place_again(log, published, vec![told])
}

/// The question `seq` could not be brought in all its time.
pub fn give_up(log: &mut impl Log, published: &Published, seq: u64, now: u64) -> Vec<Effect> {
    let Some(before) = pending(log, seq) else { return Vec::new() };
    if let Some(case) = case_of(log, &before) {
        return undelivered(log, published, seq, case, now);
    }
    log.settle(seq);
    log.note(Happened::Failed);
    let lang = language(log, seq);
    let mut blocks = about(log, seq, None, rich::blocks(phrase(Phrase::GivenUp, &lang)));
    blocks.push(Block::Contact(published.site.contact(&lang)));
    let body = Body { blocks, buttons: turn::to_person(&published.site, &lang).into_iter().collect() };
    let mut body = people::with_way_back(log, body, &lang);
    hours::tell(&mut body, &published.site, &lang, now);
    let told = Effect::All(Down::Message(say(log, published, lang, body, now)));
    people::show_place_again(log, published, vec![told])
}

/// The agency has the question `seq` and will answer by itself.
pub fn hand_over(log: &mut impl Log, published: &Published, seq: u64, now: u64) -> Vec<Effect> {
    let Some(before) = pending(log, seq) else { return Vec::new() };
    if let Some(case) = case_of(log, &before) {
        return taken(log, published, seq, case, None, now);
    }
    log.settle(seq);
    if is_with_people(log, seq) {
        return Vec::new();
    }
    let lang = language(log, seq);
    let blocks = rich::blocks(phrase(Phrase::PassedOn, &lang));
    let mut body = people::with_way_back(log, Body { blocks, buttons: Vec::new() }, &lang);
    hours::tell(&mut body, &published.site, &lang, now);
    let told = Effect::All(Down::Message(promise(log, published, lang, body, now)));
    people::show_place_again(log, published, vec![told])
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
pub fn arrive(log: &mut impl Log, published: &Published, callback: Callback, now: u64) -> Option<Arrived> {
    if let Some(seq) = log.heard(&callback.id) {
        return Some(Arrived { seq, effects: Vec::new() });
    }
    if let Some(about) = callback.case.clone() {
        return report(log, published, callback, about, now);
    }
    let asked = callback.about.filter(|seq| is_visitors(log, *seq));
    if let Some(question) = asked.and_then(|seq| log.at(seq)) {
        log.note(Happened::Replied(now.saturating_sub(question.at)));
    }
    // It needs no bringing any more. A reply that is being shown goes on: it ends by itself.
    if let Some(seq) = asked.filter(|seq| pending(log, *seq).is_some_and(|pending| pending.reply.is_none())) {
        log.settle(seq);
    }
    let newest = (1..=log.last()).rev().find(|seq| is_visitors(log, *seq));
    let lang = language(log, asked.or(newest).unwrap_or_default());
    let along = callback.reply.blocks();
    let (text, fits) = bounded(callback.reply.text);
    let mut blocks = rich::blocks(&text);
    blocks.extend(along);
    if let Some(seq) = asked {
        blocks = about(log, seq, None, blocks);
    }
    let author = callback.reply.author.unwrap_or_else(|| agency(published, &lang));
    let topic = Reply::topic(&author);
    let state = if fits { State::Done } else { State::Cut };
    let body = Body { blocks, buttons: callback.reply.buttons };
    let body = people::with_way_back(log, body, &lang);
    let message = Message { state, topic, ..message(log, author, lang, body, now) };
    let Arrived { seq, effects } = heard(log, &callback.id, message);
    Some(Arrived { seq, effects: people::show_place_again(log, published, effects) })
}

/// Writes what the callback `id` became.
pub(super) fn heard(log: &mut impl Log, id: &str, message: Message) -> Arrived {
    log.put(&message);
    log.set_heard(id, message.seq);
    Arrived { seq: message.seq, effects: vec![Effect::All(Down::Message(message))] }
}

/// As much of an agency's text as is kept, and whether that is all.
pub(super) fn bounded(mut text: String) -> (String, bool) {
    let fits = text.len() <= limits::MAX_REPLY_BYTES;
    text.truncate(text.floor_char_boundary(limits::MAX_REPLY_BYTES));
    (text, fits)
}

/// `blocks` with the question over them, if the visitor has asked something else since: else nobody could tell
/// which one is meant. `reply` is the answer's place, if it has one already.
pub(super) fn about(log: &impl Log, question: u64, reply: Option<u64>, blocks: Vec<Block>) -> Vec<Block> {
    let end = reply.unwrap_or(log.last() + 1);
    if blocks.is_empty() || !(question + 1..end).any(|seq| is_visitors(log, seq)) {
        return blocks;
    }
    let Some(asked) = log.at(question) else { return blocks };
    let words = rich::words(&asked.body.blocks).replace('\n', " ");
    let mut short: String = words.chars().take(ABOUT_CHARS).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    let run = |text: String, em| Run { text, em, ..Run::default() };
    let lead = format!("{} ", phrase(Phrase::About, &asked.lang));
    let mut out = vec![Block::Text { runs: vec![run(lead, false), run(short, true)] }];
    out.extend(blocks);
    out
}

/// Whether a person of the agency's spoke last before `seq`, apart from the visitor.
pub(super) fn is_with_people(log: &impl Log, seq: u64) -> bool {
    let before = (1..seq).rev().filter_map(|seq| log.at(seq));
    let kind = before.map(|message| message.author.kind).find(|kind| *kind != AuthorKind::Visitor);
    kind == Some(AuthorKind::Staff)
}

fn is_visitors(log: &impl Log, seq: u64) -> bool {
    log.at(seq).is_some_and(|message| message.author.kind == AuthorKind::Visitor)
}

#[cfg(test)]
pub(super) mod tests;
