//! A visitor who waits for somebody: what is promised, and what goes on meanwhile.
//!
//! The assistant answers until a person has taken the conversation. Every message carries the way out of waiting, the place
//! in the queue stays shown, and nobody is promised who is not there.

use super::{
    super::{
        Effect, Log,
        message::{agency, assistant, message},
        reply::promise,
    },
    People,
};
use crate::{
    desk::{
        Placed,
        phrases::{self, Say},
    },
    hours, rich,
    turn::{self, Published},
};
use wire::{Block, Body, Button, Down, Message};

/// The visitor's place is known, or another one than before. Who waits is told in the conversation once, and where it
/// shows what goes on whenever that changes; once more if there is nobody any longer.
pub fn place(log: &mut impl Log, published: &Published, placed: Placed, now: u64) -> Vec<Effect> {
    let (Some(people), Some(desk)) = (People::of(log), &published.site.settings.desk) else {
        return Vec::new();
    };
    if !people.is_waited_for() || placed.place == 0 {
        return Vec::new();
    }
    let attended = placed.here > 0 && placed.place <= desk.queue && !is_closed(published, now);
    let line = if attended { queue(placed, &language(log)) } else { String::new() };
    tell(log, published, people, line, now)
}

/// The board could not be asked: who has just asked for somebody is told that nobody is there, which is true as far as
/// anybody knows. The board hears of it later.
pub fn assume_unattended(log: &mut impl Log, published: &Published, now: u64) -> Vec<Effect> {
    let people = People::of(log).filter(|people| people.is_waited_for() && people.placed.is_none());
    people.map_or_else(Vec::new, |people| tell(log, published, people, String::new(), now))
}

/// The agency may have closed since the visitor was placed: then the place is no promise any more.
pub fn withdraw_place(log: &mut impl Log, published: &Published, now: u64) -> Vec<Effect> {
    if line(log).is_none() || !is_closed(published, now) {
        return Vec::new();
    }
    People::of(log).map_or_else(Vec::new, |people| tell(log, published, people, String::new(), now))
}

/// Tells who waits how it stands: `line` is the place, or empty where nobody is there.
fn tell(
    log: &mut impl Log,
    published: &Published,
    mut people: People,
    line: String,
    now: u64,
) -> Vec<Effect> {
    let (first, attended) = (people.placed.is_none(), !line.is_empty());
    let leave = !attended && !people.told_away;
    let before = people.placed.replace(line.clone()).unwrap_or_default();
    if !first && !leave && before == line {
        return Vec::new();
    }
    people.told_away |= leave;
    let opening = people.opening.take();
    people.keep(log);
    let lang = language(log);
    let mut effects = Vec::new();
    match (attended, opening) {
        (true, Some((topic, body))) if first => {
            let author = assistant(published, &lang);
            let message = Message { topic: Some(topic), ..message(log, author, lang.clone(), body, now) };
            log.put(&message);
            effects.push(Effect::All(Down::Message(message)));
        }
        _ => {}
    }
    if attended && first {
        let words = format!("{line} {}", phrases::say(Say::AskMeanwhile, &lang));
        let body = with_way_back(log, Body { blocks: rich::blocks(&words), buttons: Vec::new() }, &lang);
        effects.push(Effect::All(Down::Message(promise(log, published, lang.clone(), body, now))));
    }
    if leave {
        let mut blocks = rich::blocks(phrases::say(Say::LeaveMessage, &lang));
        blocks.push(Block::Contact(published.site.contact(&lang)));
        let mut body = with_way_back(log, Body { blocks, buttons: Vec::new() }, &lang);
        hours::tell(&mut body, &published.site, &lang, now);
        effects.push(Effect::All(Down::Message(promise(log, published, lang.clone(), body, now))));
    }
    match (attended, before.is_empty()) {
        (true, _) => effects.push(Effect::Visitors(shown(log, published, line))),
        (false, false) => effects.push(Effect::Visitors(Down::Quiet)),
        (false, true) => {}
    }
    effects
}

/// While the visitor waits, the board hears of what is said. Nothing for others.
pub fn note_activity(log: &mut impl Log, now: u64) -> Option<Effect> {
    let people = People::of(log).filter(People::is_waited_for)?;
    Some(People { last_at: now, awaits: true, ..people }.change(log))
}

/// `effects`, and after a message among them the place in the queue again: a message takes it off the screen.
pub fn show_place_again(log: &impl Log, published: &Published, mut effects: Vec<Effect>) -> Vec<Effect> {
    let spoke = effects.iter().any(|effect| matches!(effect, Effect::All(Down::Message(_))));
    if let Some(line) = line(log).filter(|_| spoke) {
        effects.push(Effect::Visitors(shown(log, published, line)));
    }
    effects
}

/// `body` with the way out of waiting in the place of the way to a person, if the visitor waits.
pub fn with_way_back(log: &impl Log, mut body: Body, lang: &str) -> Body {
    let out = Some(turn::TO_ASSISTANT);
    if !People::of(log).is_some_and(|people| people.is_waited_for()) {
        return body;
    }
    body.buttons.retain(|button| ![Some(turn::TO_PERSON), out].contains(&button.pick.as_deref()));
    body.buttons.push(Button {
        label: phrases::say(Say::ToAssistant, lang).to_owned(),
        pick: out.map(str::to_owned),
        href: None,
    });
    body
}

/// What is said to a question that nobody but the person waited for can answer. `None`: nobody is waited for.
pub fn fallback_while_waiting(log: &impl Log, published: &Published, lang: &str) -> Option<Body> {
    People::of(log).filter(People::is_waited_for)?;
    let mut blocks = rich::blocks(phrases::say(Say::ForPerson, lang));
    blocks.push(Block::Contact(published.site.contact(lang)));
    Some(Body { blocks, buttons: Vec::new() })
}

/// Whether somebody is waited for, promised or not.
pub fn is_waiting(log: &impl Log) -> bool {
    People::of(log).is_some_and(|people| people.is_waited_for())
}

/// The place in the queue, in words, while somebody waits who was promised one.
pub fn line(log: &impl Log) -> Option<String> {
    let people = People::of(log).filter(People::is_waited_for)?;
    people.placed.filter(|line| !line.is_empty())
}

/// Whether somebody has asked for a person and is about to be told how it stands.
pub fn awaits_place(log: &impl Log) -> bool {
    People::of(log).is_some_and(|people| people.is_waited_for() && people.placed.is_none())
}

/// `line` as the visitor sees it while waiting.
pub(super) fn shown(log: &impl Log, published: &Published, line: String) -> Down {
    Down::Working { author: agency(published, &language(log)), text: Some(line) }
}

pub(super) fn is_closed(published: &Published, now: u64) -> bool {
    matches!(hours::state(&published.site.settings, now), Some(hours::State::Closed { .. }))
}

fn queue(placed: Placed, lang: &str) -> String {
    let place = phrases::with(Say::InQueue, lang, &placed.place.to_string());
    match placed.wait_minutes {
        None => place,
        Some(0 | 1) => format!("{place} {}", phrases::say(Say::SoonThere, lang)),
        Some(minutes) => format!("{place} {}", phrases::with(Say::UsualWait, lang, &minutes.to_string())),
    }
}

fn language(log: &impl Log) -> String {
    log.at(log.last()).map(|message| message.lang).unwrap_or_default()
}
