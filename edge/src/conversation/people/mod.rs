//! A conversation in which the agency's people are wanted, or are.
//!
//! ```text
//!            asked            take               end, hand back
//! (nobody) ────────▶ Waiting ──────▶ With ───────────────────▶ Closed, Back ──asked──▶ Waiting …
//!                       ▲  └─ given up by the visitor ─▶ Back
//!                       └── transfer ──┘
//! ```
//! While somebody is wanted or there, the assistant is silent. What is written here is the truth; the site's board is
//! told after it ([`Effect::Board`]), again and again until it has heard.

mod draft;
mod files;
mod staff;

pub use draft::hold;
pub use files::{may_send, open_file};
pub use staff::{greet, staff};

use super::{
    Effect, Log,
    message::agency,
    reply::{promise, say},
};
use crate::{
    desk::{
        Done, Placed, Told,
        phrases::{self, Say},
    },
    hours,
    report::Happened,
    rich,
    turn::{self, Published},
};
use serde::{Deserialize, Serialize};
use site::Desk;
use wire::{
    Body, Button, Down, Id,
    desk::{Chat, ChatDown, Danger, Stage},
};

/// Under which name it is kept.
const RECORD: &str = "people";

/// How a conversation stands with the agency's people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct People {
    /// Counts up with every change that the board is told of.
    pub rev: u64,
    /// The revision that the board has heard of.
    pub told: u64,
    /// How far it is. [`Stage::Back`]: nobody is wanted.
    pub stage: Stage,
    /// When the visitor asked for somebody, in milliseconds since 1970.
    pub since: u64,
    /// When something was last said, in milliseconds since 1970.
    pub last_at: u64,
    /// Whether the visitor spoke last.
    pub awaits: bool,
    /// Who has it: the account's name, and as it is shown.
    pub with: Option<(String, String)>,
    /// Which department is wanted.
    pub department: Option<String>,
    /// Which account is wanted.
    pub wanted: Option<String>,
    /// What staff call it.
    pub tags: Vec<String>,
    /// What was done and the board doesn't know yet.
    pub done: Vec<Done>,
    /// What the visitor was told about waiting; nothing: not told yet.
    pub placed: Option<String>,
    /// Up to where a person has read.
    pub read: u64,
    /// Up to where the visitor has seen.
    pub seen: u64,
    /// The number of the last draft.
    pub drafts: u64,
    /// The message with which a person closed it, if the visitor is asked how it was; else 0.
    #[serde(default)]
    pub asks: u64,
    /// What danger somebody seems to be in, until a person has closed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger: Option<Danger>,
}

impl Default for People {
    fn default() -> People {
        People {
            rev: 0,
            told: 0,
            stage: Stage::Back,
            since: 0,
            last_at: 0,
            awaits: false,
            with: None,
            department: None,
            wanted: None,
            tags: Vec::new(),
            done: Vec::new(),
            placed: None,
            read: 0,
            seen: 0,
            drafts: 0,
            asks: 0,
            danger: None,
        }
    }
}

impl People {
    /// As it is kept, if people were ever wanted here.
    pub fn of(log: &impl Log) -> Option<People> {
        serde_json::from_str(&log.record(RECORD)?).ok()
    }

    fn keep(&self, log: &mut impl Log) {
        if let Ok(json) = serde_json::to_string(self) {
            log.set_record(RECORD, Some(&json));
        }
    }

    /// Keeps a change that the board is to hear of.
    fn change(mut self, log: &mut impl Log) -> Effect {
        self.rev += 1;
        self.keep(log);
        Effect::Board
    }

    fn is_waited_for(&self) -> bool {
        self.stage == Stage::Waiting
    }

    fn stands(&self, log: &impl Log) -> ChatDown {
        let visitor = log.owner().map(|owner| owner.visitor);
        let name = visitor.map(|visitor| ("".to_owned(), visitor.name.unwrap_or(visitor.id)));
        ChatDown::Stands {
            stage: self.stage,
            with: self.with.clone(),
            department: self.department.clone(),
            tags: self.tags.clone(),
            about: name.into_iter().chain(log.context()).collect(),
        }
    }
}

/// Whether the board has still to hear of something.
pub fn untold(log: &impl Log) -> bool {
    People::of(log).is_some_and(|people| people.told < people.rev)
}

/// What the board is to hear, and up to which revision; nothing if it knows.
pub fn telling(log: &impl Log, published: &Published, id: Id) -> Option<(u64, Told)> {
    let people = People::of(log).filter(|people| people.told < people.rev)?;
    let visitor = log.owner().map(|owner| owner.visitor);
    let chat = Chat {
        id,
        rev: people.rev,
        stage: people.stage,
        since: people.since,
        last_at: people.last_at,
        awaits: people.awaits,
        lang: log.at(log.last()).map(|message| message.lang).unwrap_or_default(),
        with: people.with.map(|(name, _)| name),
        department: people.department,
        wanted: people.wanted,
        drafts: u32::try_from(draft::drafts(log).len()).unwrap_or(u32::MAX),
        tags: people.tags,
        visitor: visitor.and_then(|visitor| visitor.name),
        danger: people.danger,
    };
    let keep_days = published.site.settings.retention_days;
    let about = |done: Done| Done { about: id.to_string(), ..done };
    Some((people.rev, Told { chat, done: people.done.into_iter().map(about).collect(), keep_days }))
}

/// The board has heard of revision `rev` with so many acts; and says how it stands with who waits.
pub fn told(
    log: &mut impl Log,
    published: &Published,
    rev: u64,
    acts: usize,
    placed: Option<Placed>,
    now: u64,
) -> Vec<Effect> {
    let Some(mut people) = People::of(log) else { return Vec::new() };
    people.told = people.told.max(rev);
    people.done.drain(..acts.min(people.done.len()));
    people.keep(log);
    placed.map_or_else(Vec::new, |placed| place(log, published, placed, now))
}

/// The visitor's place is known, or another one than before. Who waits is told in the conversation once, and where it
/// shows what goes on whenever that changes.
pub fn place(log: &mut impl Log, published: &Published, placed: Placed, now: u64) -> Vec<Effect> {
    let (Some(mut people), Some(desk)) = (People::of(log), &published.site.settings.desk) else {
        return Vec::new();
    };
    if !people.is_waited_for() || placed.place == 0 {
        return Vec::new();
    }
    let lang = log.at(log.last()).map(|message| message.lang).unwrap_or_default();
    let attended = is_attended(desk, published, placed, now);
    let line = if attended { queue(placed, &lang) } else { String::new() };
    let first = people.placed.is_none();
    if people.placed.as_ref() == Some(&line) {
        return Vec::new();
    }
    people.placed = Some(line.clone());
    people.keep(log);
    let mut effects = Vec::new();
    if first {
        if people.danger.is_some() && !attended {
            // Whom to call was said; that nobody is here helps nobody.
            return effects;
        }
        let words = if attended { line.as_str() } else { phrases::say(Say::LeaveMessage, &lang) };
        let button = Button {
            label: phrases::say(Say::ToAssistant, &lang).to_owned(),
            pick: Some(turn::TO_ASSISTANT.to_owned()),
            href: None,
        };
        let mut body = Body { blocks: rich::blocks(words), buttons: vec![button] };
        if !attended {
            hours::tell(&mut body, &published.site, &lang, now);
        }
        effects.push(Effect::All(Down::Message(promise(log, published, lang.clone(), body, now))));
    }
    effects.extend(waits(published, &line, &lang));
    effects
}

/// Whether somebody who waits can be promised anything.
fn is_attended(desk: &Desk, published: &Published, placed: Placed, now: u64) -> bool {
    let closed = matches!(hours::state(&published.site.settings, now), Some(hours::State::Closed { .. }));
    placed.here > 0 && placed.place <= desk.queue && !closed
}

fn queue(placed: Placed, lang: &str) -> String {
    let place = phrases::with(Say::InQueue, lang, &placed.place.to_string());
    match placed.wait_minutes {
        None => place,
        Some(0 | 1) => format!("{place} {}", phrases::say(Say::SoonThere, lang)),
        Some(minutes) => format!("{place} {}", phrases::with(Say::UsualWait, lang, &minutes.to_string())),
    }
}

/// What the visitor sees while waiting.
fn waits(published: &Published, line: &str, lang: &str) -> Option<Effect> {
    let text = Some(line.to_owned()).filter(|line| !line.is_empty())?;
    Some(Effect::Visitors(Down::Working { author: agency(published, lang), text: Some(text) }))
}

/// The visitor wants a person, of `department` if that matters.
pub fn asked(log: &mut impl Log, department: Option<String>, now: u64) -> Vec<Effect> {
    let mut people = People::of(log).unwrap_or_default();
    if matches!(people.stage, Stage::Waiting | Stage::With) {
        return vec![people.change(log)];
    }
    log.note(Happened::HandedOver);
    people = People {
        stage: Stage::Waiting,
        since: now,
        last_at: now,
        awaits: true,
        with: None,
        wanted: None,
        department: department.or(people.department),
        placed: None,
        ..people
    };
    let stands = people.stands(log);
    vec![Effect::Desks(stands), people.change(log)]
}

/// Somebody seems to be in danger: the desk sees it first, and whoever is there may take it at once. The visitor is not
/// asked before, and the assistant goes on.
pub fn alert(log: &mut impl Log, danger: Danger, now: u64) -> Vec<Effect> {
    let people = People::of(log).unwrap_or_default();
    let awaits = People { danger: Some(danger), last_at: now, awaits: true, ..people };
    if matches!(awaits.stage, Stage::Waiting | Stage::With) {
        return vec![awaits.change(log)];
    }
    awaits.keep(log);
    asked(log, None, now)
}

/// The visitor has said something, with `pick` if that was a button: what follows, if it is for people. `None`: it is
/// for the assistant.
pub fn heard(
    log: &mut impl Log,
    published: &Published,
    pick: Option<&str>,
    lang: &str,
    now: u64,
) -> Option<Vec<Effect>> {
    published.site.settings.desk.as_ref()?;
    let people = People::of(log).filter(|people| matches!(people.stage, Stage::Waiting | Stage::With))?;
    let waits_for = people.is_waited_for();
    if pick == Some(turn::TO_ASSISTANT) && waits_for {
        return Some(given_up(log, published, people, lang, now));
    }
    // The site's own answers can still be had while nobody is there.
    if waits_for && pick.is_some_and(|pick| published.site.intent(pick).is_some()) {
        return None;
    }
    let line = people.placed.clone().unwrap_or_default();
    let board = People { last_at: now, awaits: true, ..people }.change(log);
    let working = waits_for.then(|| waits(published, &line, lang)).flatten();
    Some(working.into_iter().chain([board]).collect())
}

/// The visitor waits no longer.
fn given_up(log: &mut impl Log, published: &Published, people: People, lang: &str, now: u64) -> Vec<Effect> {
    log.note(Happened::GaveUpWaiting);
    let body = Body { blocks: rich::blocks(phrases::say(Say::HandedBack, lang)), buttons: Vec::new() };
    let message = say(log, published, lang.to_owned(), body, now);
    let people = People { stage: Stage::Back, with: None, awaits: false, last_at: now, ..people };
    let stands = people.stands(log);
    vec![
        Effect::All(Down::Message(message)),
        Effect::Visitors(Down::Quiet),
        Effect::Desks(stands),
        people.change(log),
    ]
}

/// What a visitor who comes (back) is told besides the messages.
pub fn welcome(log: &impl Log, published: &Published) -> Vec<Down> {
    let Some(people) = People::of(log) else { return Vec::new() };
    let lang = log.at(log.last()).map(|message| message.lang).unwrap_or_default();
    let line = people.placed.clone().filter(|_| people.is_waited_for()).unwrap_or_default();
    let waits = waits(published, &line, &lang);
    let waits = waits.map(|effect| if let Effect::Visitors(down) = effect { down } else { Down::Quiet });
    let read = (people.read > 0).then_some(Down::Read { seq: people.read });
    // Whoever has seen the end was asked then.
    let asks = people.stage == Stage::Closed && people.asks > people.seen;
    let asks = (asks && published.site.settings.feedback.survey).then_some(Down::Survey);
    waits.into_iter().chain(read).chain(asks).collect()
}

/// The visitor writes, or has stopped.
pub fn typing(log: &impl Log, on: bool) -> Vec<Effect> {
    let with = People::of(log).is_some_and(|people| people.stage == Stage::With);
    with.then_some(Effect::Desks(ChatDown::Typing { on })).into_iter().collect()
}

/// The visitor has seen everything up to `seq`.
pub fn seen(log: &mut impl Log, seq: u64) -> Vec<Effect> {
    let seq = seq.min(log.last());
    let Some(people) = People::of(log).filter(|people| people.seen < seq) else { return Vec::new() };
    People { seen: seq, ..people }.keep(log);
    vec![Effect::Desks(ChatDown::Read { seq })]
}

#[cfg(test)]
mod tests;
