//! What is being written.

use super::{
    DeliveryState, Desk, Dialog, Effect, OutboxItem, Spot, Timer,
    may::{May, may},
    open, outbox,
};
use wire::{Id, desk::ChatUp, desk::MAX_NOTE_CHARS, limits::MAX_SAY_CHARS};

/// Who has written nothing for so long has stopped, in milliseconds.
pub const IDLE_MS: u64 = 8_000;

fn allowed(desk: &Desk) -> May {
    desk.talk().map_or(May::default(), |talk| may(desk, talk))
}

/// How many characters are too many, of an answer or of a note.
pub fn excess(text: &str, internal: bool) -> usize {
    let most = if internal { MAX_NOTE_CHARS } else { MAX_SAY_CHARS };
    text.trim().chars().count().saturating_sub(most)
}

/// The composer holds other text now.
pub fn wrote(desk: &mut Desk, text: String) -> Vec<Effect> {
    let May { say, .. } = allowed(desk);
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    if text == "/" && talk.text.is_empty() && !talk.internal && say {
        return open::ask(desk, Dialog::Canned);
    }
    talk.text = text;
    let tells = say && !talk.internal;
    let on = tells && !talk.text.trim().is_empty();
    let mut effects = tell(desk, on);
    if on && let Some(id) = desk.open {
        effects.push(Effect::After { ms: IDLE_MS, timer: Timer::Idle(id) });
    }
    effects
}

/// The visitor sees that somebody writes, or no longer.
fn tell(desk: &mut Desk, on: bool) -> Vec<Effect> {
    let Some(talk) = desk.talk_mut().filter(|talk| talk.connection.is_online()) else { return Vec::new() };
    if std::mem::replace(&mut talk.writes, on) == on {
        return Vec::new();
    }
    vec![Effect::SendChat(talk.id, ChatUp::Typing { on })]
}

/// Nothing was written for a while.
pub fn idle(desk: &mut Desk, id: Id) -> Vec<Effect> {
    if desk.open == Some(id) { tell(desk, false) } else { Vec::new() }
}

/// The conversation is about to be left: what is written stays, but nobody writes.
pub fn leave(desk: &mut Desk) -> Vec<Effect> {
    tell(desk, false)
}

/// What is written is for colleagues only, or no longer.
pub fn internal(desk: &mut Desk, on: bool) -> Vec<Effect> {
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    talk.internal = on;
    let mut effects = if on { tell(desk, false) } else { Vec::new() };
    effects.push(Effect::Focus(Spot::Composer));
    effects
}

/// Sends what the composer holds, if that may be sent, there is something in it and not too much.
pub fn submitted(desk: &mut Desk, id: Id) -> Vec<Effect> {
    let May { say, work, .. } = allowed(desk);
    let (at, wait) = (desk.now, desk.words().file_wait.to_owned());
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    let note = talk.internal || !say;
    let text = talk.text.trim().to_owned();
    let nothing = text.is_empty() && (note || !talk.uploads.has_done());
    if !work || nothing || excess(&text, note) > 0 {
        return vec![Effect::Focus(Spot::Composer)];
    }
    if !note && talk.uploads.is_sending() {
        return vec![Effect::Focus(Spot::Composer), Effect::Announce { text: wait, urgent: true }];
    }
    let files = if note { Vec::new() } else { talk.uploads.take_done() };
    talk.text.clear();
    talk.suggestions.clear();
    // The edge takes an answer as the end of writing.
    talk.writes = false;
    let out = OutboxItem { id, text, files, note, at, delivery: DeliveryState::Pending, seq: None };
    let sent = outbox::say(talk, out);
    let effects = [Effect::ToEnd, Effect::Focus(Spot::Composer), Effect::Guard(true)];
    sent.into_iter().chain(effects).collect()
}

/// Puts `text` where it can be changed before it is sent.
pub fn insert(desk: &mut Desk, text: &str) -> Vec<Effect> {
    desk.dialog = None;
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    talk.internal = false;
    let before = talk.text.trim_end();
    let whole = if before.is_empty() { text.to_owned() } else { format!("{before}\n\n{text}") };
    let mut effects = wrote(desk, whole);
    effects.push(Effect::Focus(Spot::Composer));
    effects
}

/// Asks what the assistant would answer to the visitor's last words, once for each of them.
pub fn suggest(desk: &mut Desk, id: Id) -> Option<Effect> {
    if desk.open != Some(id) || !allowed(desk).say {
        return None;
    }
    let talk = desk.talk_mut().filter(|talk| talk.connection.is_online())?;
    let asked = talk.asked();
    // Behind the visitor's last words there may already be an answer.
    if asked == 0 || asked == talk.suggested {
        return None;
    }
    talk.suggested = asked;
    talk.suggestions.clear();
    Some(Effect::SendChat(id, ChatUp::Suggest))
}
