//! The agency's reply, as it grows, ends or fails.

use super::{
    Effect, Log, Pending, cases, late,
    message::{agency, assistant, message},
    people,
};
use crate::{
    connector::Reply,
    report::Happened,
    rich,
    turn::{self, Published, UnansweredReason},
};
use wire::{Block, Body, Down, Message, State};

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
    pub fn between(before: &[Block], after: &[Block]) -> Option<Growth> {
        let keep = before.iter().zip(after).take_while(|(a, b)| a == b).count();
        let blocks = after.get(keep..).unwrap_or_default().to_vec();
        (keep < before.len() || !blocks.is_empty()).then_some(Growth { keep, blocks })
    }
}

/// The reply to the pending question `seq` now reads `markdown`; more is to come.
pub fn grow(log: &mut impl Log, published: &Published, seq: u64, markdown: &str, now: u64) -> Vec<Effect> {
    let Some(pending) = pending(log, seq) else { return Vec::new() };
    if is_approved_first(published) {
        return Vec::new();
    }
    let blocks = late::about(log, pending.seq, pending.reply, rich::blocks(markdown));
    let before = pending.reply.and_then(|reply| log.at(reply));
    let Some(mut message) = before else {
        if blocks.is_empty() {
            return Vec::new();
        }
        let message = open(log, published, &pending, Body { blocks, buttons: vec![] }, State::Growing, now);
        return people::show_place_again(log, published, vec![Effect::All(Down::Message(message))]);
    };
    let Some(growth) = Growth::between(&message.body.blocks, &blocks) else { return Vec::new() };
    message.rev += 1;
    message.body.blocks = blocks;
    log.put(&message);
    let Growth { keep, blocks } = growth;
    vec![Effect::All(Down::Grow { seq: message.seq, rev: message.rev, keep, blocks })]
}

/// The reply to the pending question `seq` has ended; `whole` is false if it broke off.
pub fn finish(
    log: &mut impl Log,
    published: &Published,
    seq: u64,
    reply: Reply,
    whole: bool,
    now: u64,
) -> Vec<Effect> {
    let Some(pending) = pending(log, seq) else { return Vec::new() };
    if let Some(case) = late::case_of(log, &pending) {
        return cases::taken(log, published, seq, case, Some(reply), now);
    }
    let along = reply.blocks();
    let (text, fits) = late::bounded(reply.text);
    let mut blocks = rich::blocks(&text);
    blocks.extend(along);
    let blocks = late::about(log, seq, pending.reply, blocks);
    let body = Body { blocks, buttons: reply.buttons };
    if is_approved_first(published) {
        let author = reply.author.unwrap_or_else(|| agency(published, &language(log, seq)));
        let topic = Reply::topic(&author);
        log.settle(seq);
        log.note(Happened::Replied(now.saturating_sub(pending.since)));
        return people::hold(log, published, seq, (author, topic), body, now);
    }
    let body = people::with_way_back(log, body, &language(log, seq));
    let state = if whole && fits { State::Done } else { State::Cut };
    let message = match pending.reply.and_then(|reply| log.at(reply)) {
        Some(before) => Message { body, state, rev: before.rev + 1, ..before },
        None => open(log, published, &pending, body, state, now),
    };
    let author = reply.author.unwrap_or(message.author);
    let message = Message { topic: Reply::topic(&author), author, ..message };
    log.put(&message);
    log.settle(seq);
    log.note(Happened::Replied(now.saturating_sub(pending.since)));
    people::show_place_again(log, published, vec![Effect::All(Down::Message(message))])
}

/// Whether a person sees the agency's answers before the visitor does.
fn is_approved_first(published: &Published) -> bool {
    published.site.settings.desk.as_ref().is_some_and(|desk| desk.approve_agency)
}

/// The agency can't be reached about the pending question `seq`: what came is kept and marked; if nothing came,
/// the site's fallback is said.
pub fn fail(log: &mut impl Log, published: &Published, seq: u64, now: u64) -> Vec<Effect> {
    end(log, published, seq, UnansweredReason::Unreachable, now)
}

/// The agency was reached about the pending question `seq` and has nothing to say to it.
pub fn decline(log: &mut impl Log, published: &Published, seq: u64, now: u64) -> Vec<Effect> {
    end(log, published, seq, UnansweredReason::Declined, now)
}

/// The visitor has stopped the pending question `seq`.
pub fn stop(log: &mut impl Log, published: &Published, seq: u64, now: u64) -> Vec<Effect> {
    end(log, published, seq, UnansweredReason::Stopped, now)
}

fn end(log: &mut impl Log, published: &Published, seq: u64, why: UnansweredReason, now: u64) -> Vec<Effect> {
    let Some(pending) = pending(log, seq) else { return Vec::new() };
    if let Some(case) = late::case_of(log, &pending) {
        return cases::undelivered(log, published, seq, case, now);
    }
    log.settle(seq);
    log.note(Happened::Failed);
    if let Some(message) = pending.reply.and_then(|reply| log.at(reply)) {
        let cut = Message { state: State::Cut, rev: message.rev + 1, ..message };
        log.put(&cut);
        return vec![Effect::All(Down::Message(cut))];
    }
    let lang = language(log, seq);
    // The site may have been published anew without an agency since.
    let why = if published.site.settings.agency.is_some() { why } else { UnansweredReason::NoAgency };
    let body = turn::fallback(&published.site, &lang, why);
    let mut body = people::with_way_back(log, body, &lang);
    crate::hours::tell(&mut body, &published.site, &lang, now);
    let told = Effect::All(Down::Message(say(log, published, lang, body, now)));
    people::show_place_again(log, published, vec![told])
}

/// The assistant says something.
pub(super) fn say(log: &mut impl Log, published: &Published, lang: String, body: Body, now: u64) -> Message {
    said(log, published, lang, body, now, false)
}

/// The assistant says that there will be news, when the visitor may be away.
pub(super) fn promise(
    log: &mut impl Log,
    published: &Published,
    lang: String,
    body: Body,
    now: u64,
) -> Message {
    said(log, published, lang, body, now, true)
}

fn said(
    log: &mut impl Log,
    published: &Published,
    lang: String,
    body: Body,
    now: u64,
    later: bool,
) -> Message {
    let message = Message { later, ..message(log, assistant(published, &lang), lang, body, now) };
    log.put(&message);
    message
}

/// Begins the reply to `pending` and notes where it stands.
fn open(
    log: &mut impl Log,
    published: &Published,
    pending: &Pending,
    body: Body,
    state: State,
    now: u64,
) -> Message {
    let lang = language(log, pending.seq);
    let message = Message { state, ..message(log, agency(published, &lang), lang, body, now) };
    log.put(&message);
    log.put_pending(&Pending { reply: Some(message.seq), ..pending.clone() });
    message
}

pub(super) fn pending(log: &impl Log, seq: u64) -> Option<Pending> {
    log.pending().into_iter().find(|pending| pending.seq == seq)
}

pub(super) fn language(log: &impl Log, seq: u64) -> String {
    log.at(seq).map(|message| message.lang).unwrap_or_default()
}
