//! What the chat does about its transport: keeps the one that works, and asks for news where none comes by itself.

use super::{
    connection,
    effect::{ChatEffect, StorageKey, Timer},
    state::Chat,
};
use client::Transport;
use wire::{AuthorKind, State};

/// How often to ask for what is new, while something is expected, in milliseconds.
pub const POLL_MS: u64 = 1_500;
/// How often otherwise, in milliseconds.
pub const IDLE_POLL_MS: u64 = 10_000;
/// How soon after something was taken, in milliseconds.
pub const SOON_MS: u64 = 300;

/// There was a `Welcome`: what works is kept for as long as this session lasts.
pub fn record_success(chat: &mut Chat) -> Vec<ChatEffect> {
    let mut effects = Vec::new();
    let transport = chat.transport.transport;
    if chat.transport.record_success() && chat.kept {
        effects.push(ChatEffect::Store(StorageKey::Transport, transport.name().to_owned()));
    }
    if transport == Transport::Poll {
        effects.push(ChatEffect::After { ms: poll_interval(chat), timer: Timer::Poll });
    }
    effects
}

/// Something was taken: its answer may be there in a moment.
pub fn poll_soon(chat: &Chat) -> Option<ChatEffect> {
    let polls = chat.transport.transport == Transport::Poll;
    polls.then_some(ChatEffect::After { ms: SOON_MS, timer: Timer::Poll })
}

/// Time to ask for what is new.
pub fn poll(chat: &Chat) -> Vec<ChatEffect> {
    if chat.transport.transport != Transport::Poll || !chat.connection.is_online() {
        return Vec::new();
    }
    // The answer, a `Welcome`, sets the time for the next one.
    vec![connection::send_hello(chat), ChatEffect::After { ms: IDLE_POLL_MS, timer: Timer::Poll }]
}

fn poll_interval(chat: &Chat) -> u64 {
    let expected = chat.timeline.entries.last().is_some_and(|row| {
        row.message.state == State::Growing || row.message.author.kind == AuthorKind::Visitor
    });
    if expected { POLL_MS } else { IDLE_POLL_MS }
}
