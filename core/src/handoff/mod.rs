//! A conversation in which the agency's people are wanted, or are.
//!
//! ```text
//!            asked            take               end, hand back
//! (nobody) ────────▶ Waiting ──────▶ With ───────────────────▶ Closed, Back ──asked──▶ Waiting …
//!                       ▲  └─ given up by the visitor ─▶ Back
//!                       └── transfer ──┘
//! ```
//! While somebody is there, the assistant is silent; while somebody is only wanted, it goes on. What is written here is the truth; the site's board is
//! told after it (`Effect::Task(Task::SyncBoard)`), again and again until it has heard.

mod approval;
mod files;
mod people;
mod staff_actions;
#[cfg(test)]
mod tests;
mod waiting;

pub use approval::{held_answers, hold_answer, is_held_answer, move_legacy_held_answer};
pub use files::{may_send, open_file};
pub use people::People;
pub use staff_actions::{greet_staff, handle_staff_frame};
pub use waiting::{
    assume_unattended, awaits_place, fallback_while_waiting, is_waiting, note_activity, queue_line,
    show_place_again, update_queue_place, with_way_back, withdraw_place,
};

use crate::conversation::{Audience, ConversationStore, Effect, StoreError, message::say_as_assistant};
use crate::{
    board::{AuditEvent, BoardUpdate, Placed},
    decide::Published,
    metrics::Happened,
    pick::TO_ASSISTANT,
    rich,
};
use i18n::{Lang, Msg};
use wire::{
    Body, Down, Id,
    desk::{Chat, ChatDown, Danger, Stage},
};

/// Whether somebody at the desk has the conversation.
pub fn is_with_people(store: &impl ConversationStore) -> Result<bool, StoreError> {
    Ok(People::load(store)?.is_some_and(|people| people.stage == Stage::With))
}

/// Whether the board has still to hear of something.
pub fn has_board_update(store: &impl ConversationStore) -> Result<bool, StoreError> {
    Ok(People::load(store)?.is_some_and(|people| people.told < people.rev))
}

/// What the board is to hear, and up to which revision; nothing if it knows.
pub fn next_board_update(
    store: &impl ConversationStore,
    published: &Published,
    id: Id,
) -> Result<Option<(u64, BoardUpdate)>, StoreError> {
    let untold = |people: &People| people.told < people.rev;
    let Some(people) = People::load(store)?.filter(untold) else { return Ok(None) };
    let visitor = store.owner()?.map(|owner| owner.visitor);
    let chat = Chat {
        id,
        rev: people.rev,
        stage: people.stage,
        since: people.since,
        last_at: people.last_at,
        awaits: people.awaits,
        lang: store.message(store.last_seq()?)?.map(|message| message.lang).unwrap_or_default(),
        with: people.with.map(|(name, _)| name),
        department: people.department,
        wanted: people.wanted,
        drafts: u32::try_from(approval::list_drafts(store)?.len()).unwrap_or(u32::MAX),
        tags: people.tags,
        visitor: visitor.and_then(|visitor| visitor.name),
        danger: people.danger,
    };
    let keep_days = published.site.settings.retention_days;
    let about = |done: AuditEvent| AuditEvent { about: id.to_string(), ..done };
    Ok(Some((
        people.rev,
        BoardUpdate { chat, done: people.done.into_iter().map(about).collect(), keep_days },
    )))
}

/// The board has heard of revision `rev` with so many acts; and says how it stands with who waits.
pub fn confirm_board_update(
    store: &mut impl ConversationStore,
    published: &Published,
    rev: u64,
    acts: usize,
    placed: Option<Placed>,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    let Some(mut people) = People::load(store)? else { return Ok(Vec::new()) };
    people.told = people.told.max(rev);
    people.done.drain(..acts.min(people.done.len()));
    people.save(store)?;
    placed.map_or(Ok(Vec::new()), |placed| update_queue_place(store, published, placed, now))
}

/// The visitor wants a person, of `department` if that matters. `opening` is the site's own answer to that, and the intent
/// it answers: it is said once it is known that somebody comes. Asked again, the visitor is told again how it stands.
pub fn request_person(
    store: &mut impl ConversationStore,
    department: Option<String>,
    opening: Option<(String, Body)>,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    let mut people = People::load(store)?.unwrap_or_default();
    if people.stage == Stage::With {
        return Ok(vec![people.save_change(store)?]);
    }
    let again = people.is_waited_for();
    if !again {
        store.count_event(Happened::HandedOver);
        (people.stage, people.since) = (Stage::Waiting, now);
        (people.with, people.wanted) = (None, None);
    }
    people = People {
        last_at: now,
        awaits: true,
        department: department.or(people.department),
        placed: None,
        told_away: false,
        opening,
        ..people
    };
    let mut effects = Vec::new();
    if !again {
        effects.push(Effect::BroadcastToStaff(people.desk_status(store)?));
    }
    effects.push(people.save_change(store)?);
    Ok(effects)
}

/// Somebody seems to be in danger: the desk sees it first, and whoever is there may take it at once. The visitor is not
/// asked before, and the assistant goes on.
pub fn raise_alert(
    store: &mut impl ConversationStore,
    danger: Danger,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    let people = People::load(store)?.unwrap_or_default();
    let awaits = People { danger: Some(danger), last_at: now, awaits: true, ..people };
    if matches!(awaits.stage, Stage::Waiting | Stage::With) {
        return Ok(vec![awaits.save_change(store)?]);
    }
    awaits.save(store)?;
    let effects = request_person(store, None, None, now)?;
    if let Some(people) = People::load(store)? {
        // Whom to call was said; that nobody is at the desk helps nobody.
        People { told_away: true, ..people }.save(store)?;
    }
    Ok(effects)
}

/// The visitor has said something, with `pick` if that was a button: what follows, if it is for people or about them.
/// `None`: it is for the assistant, which goes on until somebody has taken the conversation.
pub fn handle_visitor_message(
    store: &mut impl ConversationStore,
    published: &Published,
    pick: Option<&str>,
    lang: &str,
    now: u64,
) -> Result<Option<Vec<Effect>>, StoreError> {
    if published.site.settings.desk.is_none() {
        return Ok(None);
    }
    let people = People::load(store)?.unwrap_or_default();
    Ok(match (people.stage, pick) {
        (Stage::With, _) => Some(vec![People { last_at: now, awaits: true, ..people }.save_change(store)?]),
        (Stage::Waiting, Some(TO_ASSISTANT)) => Some(give_up_waiting(store, published, people, lang, now)?),
        // Pressed twice, or on another device after a person has closed it: so it is already.
        (_, Some(TO_ASSISTANT)) => Some(vec![announce_hand_back(store, published, lang, now)?]),
        _ => None,
    })
}

/// The visitor waits no longer.
fn give_up_waiting(
    store: &mut impl ConversationStore,
    published: &Published,
    people: People,
    lang: &str,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    store.count_event(Happened::GaveUpWaiting);
    let told = announce_hand_back(store, published, lang, now)?;
    let people =
        People { stage: Stage::Back, with: None, awaits: false, last_at: now, opening: None, ..people };
    let stands = people.desk_status(store)?;
    Ok(vec![
        told,
        Effect::Broadcast(Audience::Visitor, Down::Quiet),
        Effect::BroadcastToStaff(stands),
        people.save_change(store)?,
    ])
}

/// The assistant says that it goes on.
fn announce_hand_back(
    store: &mut impl ConversationStore,
    published: &Published,
    lang: &str,
    now: u64,
) -> Result<Effect, StoreError> {
    let body =
        Body { blocks: rich::parse_markdown(Lang::for_tag(lang).text(Msg::HandedBack)), buttons: Vec::new() };
    Ok(Effect::Broadcast(
        Audience::Everyone,
        Down::Message(say_as_assistant(store, published, lang.to_owned(), body, now)?),
    ))
}

/// What a visitor who comes (back) is told besides the messages.
pub fn resume_frames(store: &impl ConversationStore, published: &Published) -> Result<Vec<Down>, StoreError> {
    let Some(people) = People::load(store)? else { return Ok(Vec::new()) };
    let waits = waiting::queue_line(store)?
        .map(|line| waiting::waiting_status(store, published, line))
        .transpose()?;
    let read = (people.read > 0).then_some(Down::Read { seq: people.read });
    // Whoever has seen the end was asked then.
    let asks = people.stage == Stage::Closed && people.asks > people.seen;
    let asks = (asks && published.site.settings.feedback.survey).then_some(Down::Survey);
    Ok(waits.into_iter().chain(read).chain(asks).collect())
}

/// The visitor writes, or has stopped.
pub fn send_visitor_typing(store: &impl ConversationStore, on: bool) -> Result<Vec<Effect>, StoreError> {
    let with = People::load(store)?.is_some_and(|people| people.stage == Stage::With);
    Ok(with.then_some(Effect::BroadcastToStaff(ChatDown::Typing { on })).into_iter().collect())
}

/// The visitor has seen everything up to `seq`.
pub fn mark_seen(store: &mut impl ConversationStore, seq: u64) -> Result<Vec<Effect>, StoreError> {
    let seq = seq.min(store.last_seq()?);
    let Some(people) = People::load(store)?.filter(|people| people.seen < seq) else { return Ok(Vec::new()) };
    People { seen: seq, ..people }.save(store)?;
    Ok(vec![Effect::BroadcastToStaff(ChatDown::Read { seq })])
}
