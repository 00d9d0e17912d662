//! Answers that a person looks at before the visitor does.

use super::{
    people::People,
    waiting::{is_closed, with_way_back},
};
use crate::conversation::{
    Audience, ConversationStore, Effect, RecordKey, RecordSpace, StoreError,
    message::{new_message, promise_news},
};
use crate::{decide::Published, hours, metrics::Happened, rich};
use i18n::{Lang, Msg};
use serde::{Deserialize, Serialize};
use wire::{
    Author, Body, Down, Message,
    desk::{ChatDown, Draft},
};

/// An answer that is held back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct HeldAnswer {
    draft: Draft,
    author: Author,
    topic: Option<String>,
    lang: String,
}

/// Whether `record`, found where forms are kept, is an answer that an earlier version held back there: forms are sealed, which
/// is no JSON.
pub fn is_held_answer(record: &str) -> bool {
    record.starts_with('{')
}

/// The number of the answer that an earlier version kept under `key`, if it is one.
fn legacy_number(key: &str, record: &str) -> Option<u64> {
    let number = key.strip_prefix(RecordSpace::FormDrafts.prefix())?.parse().ok()?;
    let is_own = is_held_answer(record) && RecordKey::LegacyHeldAnswer(number).to_string() == key;
    is_own.then_some(number)
}

/// Moves an answer that an earlier version held back where the answers of `form` are to be kept.
pub fn move_legacy_held_answer(store: &mut impl ConversationStore, form: &str) -> Result<(), StoreError> {
    let key = RecordKey::FormDraft(form);
    let Some(record) = store.record(&key)? else { return Ok(()) };
    let Some(number) = legacy_number(&key.to_string(), &record) else { return Ok(()) };
    store.set_record(&RecordKey::HeldAnswer(number), Some(&record))?;
    store.set_record(&key, None)
}

fn load_held(store: &impl ConversationStore) -> Result<Vec<HeldAnswer>, StoreError> {
    let mut held: Vec<HeldAnswer> = store.read_records(RecordSpace::HeldAnswers)?;
    for (key, record) in store.records(RecordSpace::FormDrafts)? {
        if legacy_number(&key, &record).is_some() {
            held.push(StoreError::parse_record(&key, &record)?);
        }
    }
    Ok(held)
}

/// What waits for a person, as JSON, for a copy.
pub fn held_answers(store: &impl ConversationStore) -> Result<Vec<serde_json::Value>, StoreError> {
    let held = load_held(store)?;
    held.iter()
        .map(serde_json::to_value)
        .collect::<Result<_, _>>()
        .map_err(|_| StoreError::Unwritable { record: RecordSpace::HeldAnswers.prefix().to_owned() })
}

/// What waits for a person, oldest first.
pub fn list_drafts(store: &impl ConversationStore) -> Result<Vec<Draft>, StoreError> {
    let mut drafts: Vec<Draft> = load_held(store)?.into_iter().map(|held| held.draft).collect();
    drafts.sort_by_key(|draft| draft.draft);
    Ok(drafts)
}

/// Holds the answer to the question at `about` back, and promises it.
pub fn hold_answer(
    store: &mut impl ConversationStore,
    published: &Published,
    about: u64,
    (author, topic): (Author, Option<String>),
    body: Body,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    let mut people = People::load(store)?.unwrap_or_default();
    people.drafts += 1;
    (people.last_at, people.awaits) = (now, true);
    if people.since == 0 {
        people.since = now;
    }
    let lang = store.message(about)?.map(|message| message.lang).unwrap_or_default();
    let text = rich::editable_text(&body.blocks);
    let draft = Draft { draft: people.drafts, about, at: now, body, text };
    let held = HeldAnswer { draft, author, topic, lang: lang.clone() };
    store.write_record(&RecordKey::HeldAnswer(held.draft.draft), &held)?;
    store.count_event(Happened::Held);
    // At night nobody is looking.
    let words = if is_closed(published, now) { Msg::AnswerReviewedFirst } else { Msg::AnswerUnderReview };
    let body = Body { blocks: rich::parse_markdown(Lang::for_tag(&lang).text(words)), buttons: Vec::new() };
    let mut body = with_way_back(store, body, &lang)?;
    hours::add_opening_hours(&mut body, &published.site, &lang, now);
    let promise = promise_news(store, published, lang, body, now)?;
    let desks = ChatDown::Drafts { drafts: list_drafts(store)? };
    Ok(vec![
        Effect::Broadcast(Audience::Everyone, Down::Message(promise)),
        Effect::BroadcastToStaff(desks),
        people.save_change(store)?,
    ])
}

/// The visitor sees the draft, or `text` in its place; `false`: it is not there any more.
pub(crate) fn approve_draft(
    store: &mut impl ConversationStore,
    draft: u64,
    text: Option<&str>,
    now: u64,
    effects: &mut Vec<Effect<ChatDown>>,
) -> Result<bool, StoreError> {
    let Some(HeldAnswer { draft, author, topic, lang }) = take_held(store, draft)? else { return Ok(false) };
    let body = match text {
        Some(text) => Body { blocks: rich::parse_typed(text), buttons: Vec::new() },
        None => draft.body,
    };
    let body = with_way_back(store, body, &lang)?;
    let message = Message { topic, ..new_message(store, author, lang, body, now)? };
    store.put_message(&message)?;
    store.count_event(Happened::Approved);
    effects.push(Effect::Broadcast(Audience::Everyone, Down::Message(message)));
    effects.push(Effect::BroadcastToStaff(ChatDown::Drafts { drafts: list_drafts(store)? }));
    Ok(true)
}

/// The visitor will not see the draft; `false`: it is not there any more.
pub(crate) fn reject_draft(
    store: &mut impl ConversationStore,
    published: &Published,
    draft: u64,
    now: u64,
    effects: &mut Vec<Effect<ChatDown>>,
) -> Result<bool, StoreError> {
    let Some(held) = take_held(store, draft)? else { return Ok(false) };
    store.count_event(Happened::Rejected);
    let words = Lang::for_tag(&held.lang).text(Msg::PersonWillAnswer);
    let body = Body { blocks: rich::parse_markdown(words), buttons: Vec::new() };
    effects.push(Effect::Broadcast(
        Audience::Everyone,
        Down::Message(promise_news(store, published, held.lang, body, now)?),
    ));
    effects.push(Effect::BroadcastToStaff(ChatDown::Drafts { drafts: list_drafts(store)? }));
    Ok(true)
}

fn take_held(store: &mut impl ConversationStore, draft: u64) -> Result<Option<HeldAnswer>, StoreError> {
    let (key, legacy) = (RecordKey::HeldAnswer(draft), RecordKey::LegacyHeldAnswer(draft));
    let (key, record) = match store.record(&key)? {
        Some(record) => (key, Some(record)),
        None => (legacy, store.record(&legacy)?.filter(|record| is_held_answer(record))),
    };
    let Some(record) = record else { return Ok(None) };
    let held = StoreError::parse_record(&key.to_string(), &record)?;
    store.set_record(&key, None)?;
    Ok(Some(held))
}
