//! A visitor who waits for somebody: what is promised, and what goes on meanwhile.
//!
//! The assistant answers until a person has taken the conversation. Every message carries the way out of waiting, the place
//! in the queue stays shown, and nobody is promised who is not there.

use super::people::People;
use crate::conversation::{
    Audience, ConversationStore, Effect, StoreError,
    message::{agency_author, assistant_author, new_message, promise_news},
};
use crate::{
    board::Placed,
    decide::Published,
    hours,
    pick::{TO_ASSISTANT, TO_PERSON},
    rich,
};
use i18n::{Lang, Msg};
use wire::{Block, Body, Button, Down, Message};

/// The visitor's place is known, or another one than before. Who waits is told in the conversation once, and where it
/// shows what goes on whenever that changes; once more if there is nobody any longer.
pub fn update_queue_place(
    store: &mut impl ConversationStore,
    published: &Published,
    placed: Placed,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    let (Some(people), Some(desk)) = (People::load(store)?, &published.site.settings.desk) else {
        return Ok(Vec::new());
    };
    if !people.is_waited_for() || placed.place == 0 {
        return Ok(Vec::new());
    }
    let attended = placed.here > 0 && placed.place <= desk.queue && !is_closed(published, now);
    let line = if attended { format_queue_place(placed, &last_language(store)?) } else { String::new() };
    tell_place(store, published, people, line, now)
}

/// The board could not be asked: who has just asked for somebody is told that nobody is there, which is true as far as
/// anybody knows. The board hears of it later.
pub fn assume_unattended(
    store: &mut impl ConversationStore,
    published: &Published,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    let people = People::load(store)?.filter(|people| people.is_waited_for() && people.placed.is_none());
    people.map_or(Ok(Vec::new()), |people| tell_place(store, published, people, String::new(), now))
}

/// The agency may have closed since the visitor was placed: then the place is no promise any more.
pub fn withdraw_place(
    store: &mut impl ConversationStore,
    published: &Published,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    if queue_line(store)?.is_none() || !is_closed(published, now) {
        return Ok(Vec::new());
    }
    let people = People::load(store)?;
    people.map_or(Ok(Vec::new()), |people| tell_place(store, published, people, String::new(), now))
}

/// Tells who waits how it stands: `line` is the place, or empty where nobody is there.
fn tell_place(
    store: &mut impl ConversationStore,
    published: &Published,
    mut people: People,
    line: String,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    let (first, attended) = (people.placed.is_none(), !line.is_empty());
    let leave = !attended && !people.told_away;
    let before = people.placed.replace(line.clone()).unwrap_or_default();
    if !first && !leave && before == line {
        return Ok(Vec::new());
    }
    people.told_away |= leave;
    let opening = people.opening.take();
    people.save(store)?;
    let lang = last_language(store)?;
    let mut effects = Vec::new();
    match (attended, opening) {
        (true, Some((topic, body))) if first => {
            let author = assistant_author(published, &lang);
            let message =
                Message { topic: Some(topic), ..new_message(store, author, lang.clone(), body, now)? };
            store.put_message(&message)?;
            effects.push(Effect::Broadcast(Audience::Everyone, Down::Message(message)));
        }
        _ => {}
    }
    if attended && first {
        let words = format!("{line} {}", Lang::for_tag(&lang).text(Msg::AskMeanwhile));
        let body =
            with_way_back(store, Body { blocks: rich::parse_markdown(&words), buttons: Vec::new() }, &lang)?;
        effects.push(Effect::Broadcast(
            Audience::Everyone,
            Down::Message(promise_news(store, published, lang.clone(), body, now)?),
        ));
    }
    if leave {
        let mut blocks = rich::parse_markdown(Lang::for_tag(&lang).text(Msg::LeaveMessage));
        blocks.push(Block::Contact(published.site.contact_card(&lang)));
        let mut body = with_way_back(store, Body { blocks, buttons: Vec::new() }, &lang)?;
        hours::add_opening_hours(&mut body, &published.site, &lang, now);
        effects.push(Effect::Broadcast(
            Audience::Everyone,
            Down::Message(promise_news(store, published, lang.clone(), body, now)?),
        ));
    }
    match (attended, before.is_empty()) {
        (true, _) => {
            effects.push(Effect::Broadcast(Audience::Visitor, waiting_status(store, published, line)?))
        }
        (false, false) => effects.push(Effect::Broadcast(Audience::Visitor, Down::Quiet)),
        (false, true) => {}
    }
    Ok(effects)
}

/// While the visitor waits, the board hears of what is said. Nothing for others.
pub fn note_activity(store: &mut impl ConversationStore, now: u64) -> Result<Option<Effect>, StoreError> {
    let Some(people) = People::load(store)?.filter(People::is_waited_for) else { return Ok(None) };
    Ok(Some(People { last_at: now, awaits: true, ..people }.save_change(store)?))
}

/// `effects`, and after a message among them the place in the queue again: a message takes it off the screen.
pub fn show_place_again(
    store: &impl ConversationStore,
    published: &Published,
    mut effects: Vec<Effect>,
) -> Result<Vec<Effect>, StoreError> {
    let spoke = effects
        .iter()
        .any(|effect| matches!(effect, Effect::Broadcast(Audience::Everyone, Down::Message(_))));
    if let Some(line) = queue_line(store)?.filter(|_| spoke) {
        effects.push(Effect::Broadcast(Audience::Visitor, waiting_status(store, published, line)?));
    }
    Ok(effects)
}

/// `body` with the way out of waiting in the place of the way to a person, if the visitor waits.
pub fn with_way_back(store: &impl ConversationStore, mut body: Body, lang: &str) -> Result<Body, StoreError> {
    let out = Some(TO_ASSISTANT);
    if !People::load(store)?.is_some_and(|people| people.is_waited_for()) {
        return Ok(body);
    }
    body.buttons.retain(|button| ![Some(TO_PERSON), out].contains(&button.pick.as_deref()));
    body.buttons.push(Button {
        label: Lang::for_tag(lang).text(Msg::StopWaiting).to_owned(),
        pick: out.map(str::to_owned),
        href: None,
    });
    Ok(body)
}

/// What is said to a question that nobody but the person waited for can answer. `None`: nobody is waited for.
pub fn fallback_while_waiting(
    store: &impl ConversationStore,
    published: &Published,
    lang: &str,
) -> Result<Option<Body>, StoreError> {
    if !is_waiting(store)? {
        return Ok(None);
    }
    let mut blocks = rich::parse_markdown(Lang::for_tag(lang).text(Msg::QuestionForPerson));
    blocks.push(Block::Contact(published.site.contact_card(lang)));
    Ok(Some(Body { blocks, buttons: Vec::new() }))
}

/// Whether somebody is waited for, promised or not.
pub fn is_waiting(store: &impl ConversationStore) -> Result<bool, StoreError> {
    Ok(People::load(store)?.is_some_and(|people| people.is_waited_for()))
}

/// The place in the queue, in words, while somebody waits who was promised one.
pub fn queue_line(store: &impl ConversationStore) -> Result<Option<String>, StoreError> {
    let Some(people) = People::load(store)?.filter(People::is_waited_for) else { return Ok(None) };
    Ok(people.placed.filter(|line| !line.is_empty()))
}

/// Whether somebody has asked for a person and is about to be told how it stands.
pub fn awaits_place(store: &impl ConversationStore) -> Result<bool, StoreError> {
    Ok(People::load(store)?.is_some_and(|people| people.is_waited_for() && people.placed.is_none()))
}

/// `line` as the visitor sees it while waiting.
pub(crate) fn waiting_status(
    store: &impl ConversationStore,
    published: &Published,
    line: String,
) -> Result<Down, StoreError> {
    Ok(Down::Working { author: agency_author(published, &last_language(store)?), text: Some(line) })
}

pub(crate) fn is_closed(published: &Published, now: u64) -> bool {
    matches!(hours::opening_state(&published.site.settings, now), Some(hours::OpeningState::Closed { .. }))
}

fn format_queue_place(placed: Placed, lang: &str) -> String {
    let place = Lang::for_tag(lang).queue_position(placed.place);
    match placed.wait_minutes {
        None => place,
        Some(0 | 1) => format!("{place} {}", Lang::for_tag(lang).text(Msg::WaitUnderMinute)),
        Some(minutes) => format!("{place} {}", Lang::for_tag(lang).usual_wait(minutes)),
    }
}

fn last_language(store: &impl ConversationStore) -> Result<String, StoreError> {
    Ok(store.message(store.last_seq()?)?.map(|message| message.lang).unwrap_or_default())
}
