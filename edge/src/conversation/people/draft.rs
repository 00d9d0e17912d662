//! Answers that a person looks at before the visitor does.

use super::{
    super::{Effect, Log, message::message, reply::promise},
    People,
    waiting::{is_closed, with_way_back},
};
use crate::{
    desk::phrases::{self, Say},
    hours,
    report::Happened,
    rich,
    turn::Published,
};
use serde::{Deserialize, Serialize};
use wire::{
    Author, Body, Down, Message,
    desk::{ChatDown, Draft},
};

/// An answer that is held back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Held {
    draft: Draft,
    author: Author,
    topic: Option<String>,
    lang: String,
}

fn name(draft: u64) -> String {
    // With zeros before it, so that names are in the order of numbers.
    format!("draft:{draft:08}")
}

fn held(log: &impl Log) -> Vec<Held> {
    log.records("draft:").iter().filter_map(|json| serde_json::from_str(json).ok()).collect()
}

/// What waits for a person, oldest first.
pub fn drafts(log: &impl Log) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = held(log).into_iter().map(|held| held.draft).collect();
    drafts.sort_by_key(|draft| draft.draft);
    drafts
}

/// Holds the answer to the question at `about` back, and promises it.
pub fn hold(
    log: &mut impl Log,
    published: &Published,
    about: u64,
    (author, topic): (Author, Option<String>),
    body: Body,
    now: u64,
) -> Vec<Effect> {
    let mut people = People::of(log).unwrap_or_default();
    people.drafts += 1;
    (people.last_at, people.awaits) = (now, true);
    if people.since == 0 {
        people.since = now;
    }
    let lang = log.at(about).map(|message| message.lang).unwrap_or_default();
    let text = rich::words(&body.blocks);
    let draft = Draft { draft: people.drafts, about, at: now, body, text };
    let held = Held { draft, author, topic, lang: lang.clone() };
    if let Ok(json) = serde_json::to_string(&held) {
        log.set_record(&name(held.draft.draft), Some(&json));
    }
    log.note(Happened::Held);
    // At night nobody is looking.
    let words = if is_closed(published, now) { Say::CheckedFirst } else { Say::Checking };
    let body = Body { blocks: rich::blocks(phrases::say(words, &lang)), buttons: Vec::new() };
    let mut body = with_way_back(log, body, &lang);
    hours::tell(&mut body, &published.site, &lang, now);
    let promise = promise(log, published, lang, body, now);
    let desks = ChatDown::Drafts { drafts: drafts(log) };
    vec![Effect::All(Down::Message(promise)), Effect::Desks(desks), people.change(log)]
}

/// The visitor sees the draft, or `text` in its place; `false`: it is not there any more.
pub(super) fn approve(
    log: &mut impl Log,
    draft: u64,
    text: Option<&str>,
    now: u64,
    effects: &mut Vec<Effect>,
) -> bool {
    let Some(Held { draft, author, topic, lang }) = take(log, draft) else { return false };
    let body = match text {
        Some(text) => Body { blocks: rich::blocks(text), buttons: Vec::new() },
        None => draft.body,
    };
    let body = with_way_back(log, body, &lang);
    let message = Message { topic, ..message(log, author, lang, body, now) };
    log.put(&message);
    log.note(Happened::Approved);
    effects.push(Effect::All(Down::Message(message)));
    effects.push(Effect::Desks(ChatDown::Drafts { drafts: drafts(log) }));
    true
}

/// The visitor will not see the draft; `false`: it is not there any more.
pub(super) fn reject(
    log: &mut impl Log,
    published: &Published,
    draft: u64,
    now: u64,
    effects: &mut Vec<Effect>,
) -> bool {
    let Some(held) = take(log, draft) else { return false };
    log.note(Happened::Rejected);
    let words = phrases::say(Say::AnswersInPerson, &held.lang);
    let body = Body { blocks: rich::blocks(words), buttons: Vec::new() };
    effects.push(Effect::All(Down::Message(promise(log, published, held.lang, body, now))));
    effects.push(Effect::Desks(ChatDown::Drafts { drafts: drafts(log) }));
    true
}

fn take(log: &mut impl Log, draft: u64) -> Option<Held> {
    let held = serde_json::from_str(&log.record(&name(draft))?).ok()?;
    log.set_record(&name(draft), None);
    Some(held)
}
