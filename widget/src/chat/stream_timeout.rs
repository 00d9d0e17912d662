//! Replies that stop growing, and the button that stops them.

use super::{
    connection,
    effect::{ChatEffect, Timer},
    message_row::MessageRow,
    outbox,
    state::Chat,
};
use wire::{AuthorKind, Id, State, Up, Word};

/// So long may a growing reply pause before the edge is asked how it stands, in milliseconds. The edge gives an agency
/// ten seconds, so this is about the line, not about slow writers.
pub const STALL_MS: u64 = 20_000;
/// So long after that, or after the visitor stopped it, it counts as broken off.
pub const GIVE_UP_MS: u64 = 6_000;

/// A reply has begun or has grown.
pub fn restart_timer(chat: &mut Chat) -> ChatEffect {
    chat.asked = false;
    ChatEffect::After { ms: STALL_MS, timer: Timer::Stall }
}

/// Nothing came for a while: ask once, then keep what came and say that it broke off. Should the rest come after all,
/// it takes the place of that.
pub fn on_timeout(chat: &mut Chat) -> Vec<ChatEffect> {
    if !chat.timeline.entries.iter().any(is_growing) {
        return Vec::new();
    }
    if chat.connection.is_online() && !std::mem::replace(&mut chat.asked, true) {
        return vec![connection::send_hello(chat), ChatEffect::After { ms: GIVE_UP_MS, timer: Timer::Stall }];
    }
    for line in chat.timeline.entries.iter_mut().filter(|line| is_growing(line)) {
        line.message.state = State::Cut;
        line.timed_out = true;
        line.version += 1;
    }
    chat.announced = false;
    vec![ChatEffect::announce(chat.words.word_text(Word::CutShort))]
}

/// The visitor has read enough. The edge says how it ends; where it can't be reached, it ends here.
pub fn stop_reply(chat: &mut Chat, seq: u64) -> Vec<ChatEffect> {
    chat.asked = true;
    if !chat.connection.is_online() {
        return on_timeout(chat);
    }
    vec![ChatEffect::Send(Up::Stop { seq }), ChatEffect::After { ms: GIVE_UP_MS, timer: Timer::Stall }]
}

/// The visitor asks again what the reply at `seq`, which broke off, was about.
pub fn ask_again(chat: &mut Chat, seq: u64, id: Id, at: u64) -> Vec<ChatEffect> {
    let before =
        |line: &&MessageRow| line.message.seq < seq && line.message.author.kind == AuthorKind::Visitor;
    let Some(line) = chat.timeline.entries.iter().rev().find(before) else { return Vec::new() };
    let text = line.message.body.plain_text(&chat.words);
    let mut effects = outbox::send_text(chat, text, None, id, at);
    // The button that was pressed goes.
    effects.push(ChatEffect::FocusLog);
    effects
}

fn is_growing(line: &MessageRow) -> bool {
    line.delivery.is_sent() && line.message.state == State::Growing
}
