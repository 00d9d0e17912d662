//! The connection to the edge: opened when there is something to say or to hear, opened again when it breaks.

use super::{
    effect::{ChatEffect, FetchReason, Timer},
    state::{Chat, notice::ChatNotice},
};
use client::{Backoff, ConnectionState};
use wire::Up;

/// Longest wait for an acknowledgement before the connection counts as dead, in milliseconds.
pub const ACK_TIMEOUT_MS: u64 = 10_000;
/// How long the connection may be down before the visitor is told, in milliseconds.
pub const NOTICE_AFTER_MS: u64 = 2_000;
/// How long it must be up before another break is told, in milliseconds.
pub const CALM_MS: u64 = 10_000;
/// How long to wait before the next attempt: all of it is jitter, for a thousand visitors may be cut off at once.
pub const BACKOFF: Backoff = Backoff { max_ms: 30_000, min_percent: 0 };

/// Opens the connection if it isn't open, or gets a new ticket first.
pub fn connect(chat: &mut Chat) -> Vec<ChatEffect> {
    if !chat.connection.begin_attempt() {
        return Vec::new();
    }
    if chat.renewing {
        return vec![ChatEffect::Fetch { lang: chat.preferred_languages(), why: FetchReason::Ticket }];
    }
    let (conversation, ticket) = (chat.conversation, chat.ticket.clone());
    let transport = chat.transport.transport;
    vec![
        ChatEffect::Connect { transport, conversation, ticket },
        ChatEffect::After { ms: transport.connect_timeout_ms(), timer: Timer::Connect },
    ]
}

/// The connection is open: say who we are.
pub fn on_open(chat: &mut Chat) -> Vec<ChatEffect> {
    chat.connection.state = ConnectionState::Greeting;
    vec![send_hello(chat)]
}

/// Asks for everything not here yet.
pub fn send_hello(chat: &Chat) -> ChatEffect {
    ChatEffect::Send(Up::Hello {
        v: wire::VERSION,
        ticket: chat.ticket.clone(),
        epoch: chat.timeline.epoch,
        after: chat.timeline.resume_after(),
        lang: chat.look.lang.clone(),
    })
}

/// The connection broke: wait, then try again.
pub fn on_close(chat: &mut Chat, chance: u32) -> Vec<ChatEffect> {
    let connection = &mut chat.connection;
    if !connection.is_active() {
        return Vec::new();
    }
    // Neither a bad ticket nor a wait that the edge asked for says anything about the transport.
    let failed = connection.is_opening() && !chat.renewing && connection.retry_after_ms == 0;
    let switched = failed && chat.transport.record_failure();
    let first = connection.attempts == 0;
    let wait = connection.on_close(BACKOFF, chance);
    let mut effects =
        vec![ChatEffect::After { ms: if switched { 0 } else { wait }, timer: Timer::Reconnect }];
    if first {
        effects.push(ChatEffect::After { ms: NOTICE_AFTER_MS, timer: Timer::Bar });
    }
    effects
}

/// The edge will not have us.
pub fn mark_refused(chat: &mut Chat, notice: ChatNotice) -> Vec<ChatEffect> {
    chat.connection.state = ConnectionState::Refused;
    chat.notice = Some(notice);
    chat.working = None;
    vec![ChatEffect::Disconnect, notice.announce(&chat.words)]
}

/// The answer to a ping came.
pub fn on_pong(chat: &mut Chat) -> Vec<ChatEffect> {
    chat.connection.on_frame();
    Vec::new()
}

/// The page is put aside: the connection is let go before it is noticed to be dead. Waking opens it again at once.
pub fn on_freeze(chat: &mut Chat) -> Vec<ChatEffect> {
    if !chat.connection.is_active() {
        return Vec::new();
    }
    chat.connection.pause();
    // Should it go on after all.
    vec![ChatEffect::Disconnect, ChatEffect::After { ms: BACKOFF.max_ms, timer: Timer::Reconnect }]
}
