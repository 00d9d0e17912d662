//! What an operator has everybody told at once. It comes to open panels, whether they have a line or not, so it is asked
//! for.

use super::{
    effect::{ChatEffect, Timer},
    outbox,
    state::Chat,
};
use client::ConnectionState;
use wire::{Standing, Word};

/// How often an open panel asks, in milliseconds.
pub const WATCH_MS: u64 = 10_000;

/// Asks now, and again in a while.
pub fn poll_status(chat: &Chat) -> Vec<ChatEffect> {
    if !chat.open || chat.connection.state == ConnectionState::Refused {
        return Vec::new();
    }
    vec![ChatEffect::Watch(chat.look.lang.clone()), schedule_poll()]
}

/// Asks in a while: what there is came with the document.
pub fn schedule_poll() -> ChatEffect {
    ChatEffect::After { ms: WATCH_MS, timer: Timer::Watch }
}

/// The answer. Only what has changed is said.
pub fn on_status(chat: &mut Chat, standing: Standing) -> Vec<ChatEffect> {
    let Standing { notice, off } = standing;
    let before =
        (std::mem::replace(&mut chat.look.notice, notice), std::mem::replace(&mut chat.look.off, off));
    if before == (chat.look.notice.clone(), off) {
        return Vec::new();
    }
    let mut effects = Vec::new();
    if let Some(text) = text(chat) {
        let text = [chat.words.word_text(Word::Important), ": ", text].concat();
        effects.push(ChatEffect::Announce { text, urgent: true });
    }
    if before.1 && !off {
        effects.extend(outbox::release_outbox(chat));
    }
    effects
}

/// What is told, if anything.
pub fn text(chat: &Chat) -> Option<&str> {
    let off = chat.look.off.then(|| chat.words.word_text(Word::SwitchedOff));
    chat.look.notice.as_ref().map(|run| run.text.as_str()).or(off)
}
