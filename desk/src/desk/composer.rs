//! What is being written.

use super::{
    effect::{DeskEffect, DeskTimer, Spot},
    navigation, outbox,
    permissions::{Permissions, permissions_in},
    screen::Dialog,
    state::Desk,
    talk::OutboxItem,
};
use client::DeliveryState;
use wire::{Id, desk::ChatUp, desk::MAX_NOTE_CHARS, limits::MAX_SAY_CHARS};

/// Who has written nothing for so long has stopped, in milliseconds.
pub const IDLE_MS: u64 = 8_000;

fn current_permissions(desk: &Desk) -> Permissions {
    desk.talk().map_or(Permissions::default(), |talk| permissions_in(desk, talk))
}

/// How many characters are too many, of an answer or of a note.
pub fn excess_chars(text: &str, internal: bool) -> usize {
    let most = if internal { MAX_NOTE_CHARS } else { MAX_SAY_CHARS };
    text.trim().chars().count().saturating_sub(most)
}

/// The composer holds other text now.
pub fn update_text(desk: &mut Desk, text: String) -> Vec<DeskEffect> {
    let Permissions { say, .. } = current_permissions(desk);
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    if text == "/" && talk.text.is_empty() && !talk.internal && say {
        return navigation::open_dialog(desk, Dialog::Canned);
    }
    talk.text = text;
    let tells = say && !talk.internal;
    let on = tells && !talk.text.trim().is_empty();
    let mut effects = set_typing(desk, on);
    if on && let Some(id) = desk.open {
        effects.push(DeskEffect::After { ms: IDLE_MS, timer: DeskTimer::Idle(id) });
    }
    effects
}

/// The visitor sees that somebody writes, or no longer.
fn set_typing(desk: &mut Desk, on: bool) -> Vec<DeskEffect> {
    let Some(talk) = desk.talk_mut().filter(|talk| talk.connection.is_online()) else { return Vec::new() };
    if std::mem::replace(&mut talk.writes, on) == on {
        return Vec::new();
    }
    vec![DeskEffect::SendChat(talk.id, ChatUp::Typing { on })]
}

/// Nothing was written for a while.
pub fn on_idle(desk: &mut Desk, id: Id) -> Vec<DeskEffect> {
    if desk.open == Some(id) { set_typing(desk, false) } else { Vec::new() }
}

/// The conversation is about to be left: what is written stays, but nobody writes.
pub fn stop_typing(desk: &mut Desk) -> Vec<DeskEffect> {
    set_typing(desk, false)
}

/// What is written is for colleagues only, or no longer.
pub fn set_internal(desk: &mut Desk, on: bool) -> Vec<DeskEffect> {
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    talk.internal = on;
    let mut effects = if on { set_typing(desk, false) } else { Vec::new() };
    effects.push(DeskEffect::Focus(Spot::Composer));
    effects
}

/// Sends what the composer holds, if that may be sent, there is something in it and not too much.
pub fn submit_text(desk: &mut Desk, id: Id) -> Vec<DeskEffect> {
    let Permissions { say, work, .. } = current_permissions(desk);
    let (at, wait) = (desk.now, desk.words().file_wait.to_owned());
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    let note = talk.internal || !say;
    let text = talk.text.trim().to_owned();
    let nothing = text.is_empty() && (note || !talk.uploads.has_done());
    if !work || nothing || excess_chars(&text, note) > 0 {
        return vec![DeskEffect::Focus(Spot::Composer)];
    }
    if !note && talk.uploads.is_sending() {
        return vec![DeskEffect::Focus(Spot::Composer), DeskEffect::Announce { text: wait, urgent: true }];
    }
    let files = if note { Vec::new() } else { talk.uploads.take_done() };
    talk.text.clear();
    talk.suggestions.clear();
    // The edge takes an answer as the end of writing.
    talk.writes = false;
    let out = OutboxItem { id, text, files, note, at, delivery: DeliveryState::Pending, seq: None };
    let sent = outbox::queue_item(talk, out);
    let effects = [DeskEffect::ScrollToEnd, DeskEffect::Focus(Spot::Composer), DeskEffect::GuardUnload(true)];
    sent.into_iter().chain(effects).collect()
}

/// Puts `text` where it can be changed before it is sent.
pub fn insert_text(desk: &mut Desk, text: &str) -> Vec<DeskEffect> {
    desk.dialog = None;
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    talk.internal = false;
    let before = talk.text.trim_end();
    let whole = if before.is_empty() { text.to_owned() } else { format!("{before}\n\n{text}") };
    let mut effects = update_text(desk, whole);
    effects.push(DeskEffect::Focus(Spot::Composer));
    effects
}

/// Asks what the assistant would answer to the visitor's last words, once for each of them.
pub fn request_suggestions(desk: &mut Desk, id: Id) -> Option<DeskEffect> {
    if desk.open != Some(id) || !current_permissions(desk).say {
        return None;
    }
    let talk = desk.talk_mut().filter(|talk| talk.connection.is_online())?;
    let asked = talk.last_visitor_seq();
    // Behind the visitor's last words there may already be an answer.
    if asked == 0 || asked == talk.suggested {
        return None;
    }
    talk.suggested = asked;
    talk.suggestions.clear();
    Some(DeskEffect::SendChat(id, ChatUp::Suggest))
}
