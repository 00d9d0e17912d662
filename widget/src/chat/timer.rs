//! What comes of time: a timer rings, or the page wakes.

use super::{
    connection::{self, NOTICE_AFTER_MS},
    effect::{ChatEffect, Timer},
    lazy_state, outbox, personal, standing,
    state::{Chat, notice::ChatNotice},
    stream_timeout, transport,
};
use client::{ConnectionState, PING_INTERVAL_MS, PONG_TIMEOUT_MS, Transport};

/// The network is back or the page is looked at again: no time to lose.
pub fn on_wake(chat: &mut Chat) -> Vec<ChatEffect> {
    let mut effects = standing::poll_status(chat);
    effects.extend(match chat.connection.state {
        ConnectionState::Waiting => {
            chat.transport.reset();
            connection::connect(chat)
        }
        ConnectionState::Online => ping(chat),
        ConnectionState::Idle
        | ConnectionState::Connecting
        | ConnectionState::Greeting
        | ConnectionState::Refused => Vec::new(),
    });
    effects
}

fn ping(chat: &mut Chat) -> Vec<ChatEffect> {
    if chat.transport.transport == Transport::Poll {
        // Each request is one.
        return transport::poll(chat);
    }
    chat.connection.on_ping();
    vec![ChatEffect::Ping, ChatEffect::After { ms: PONG_TIMEOUT_MS, timer: Timer::Pong }]
}

/// A time is over. Each one looks at how things stand now: it may ring for something long settled.
pub fn on_timer(chat: &mut Chat, timer: Timer) -> Vec<ChatEffect> {
    let online = chat.connection.is_online();
    match timer {
        Timer::Connect if chat.connection.is_opening() => vec![ChatEffect::Disconnect],
        Timer::Reconnect => connection::connect(chat),
        Timer::Bar if !online => show_reconnecting(chat),
        Timer::Calm if online => {
            chat.told = false;
            Vec::new()
        }
        Timer::Ping if online => {
            let mut effects = ping(chat);
            effects.push(ChatEffect::After { ms: PING_INTERVAL_MS, timer: Timer::Ping });
            effects
        }
        Timer::Pong if chat.connection.is_silent() => vec![ChatEffect::Disconnect],
        Timer::Ack if online && !chat.held && outbox::has_pending(chat) => vec![ChatEffect::Disconnect],
        Timer::Flush => outbox::release_outbox(chat),
        Timer::Poll => transport::poll(chat),
        Timer::Stall => stream_timeout::on_timeout(chat),
        Timer::Watch => standing::poll_status(chat),
        Timer::Search => personal::on_search_timeout(chat),
        Timer::RetryLazy => lazy_state::retry(chat),
        Timer::Connect | Timer::Bar | Timer::Calm | Timer::Ping | Timer::Pong | Timer::Ack => Vec::new(),
    }
}

/// Shows that the line is down; says it only once while it flaps.
fn show_reconnecting(chat: &mut Chat) -> Vec<ChatEffect> {
    if !chat.connection.is_opening() && chat.connection.state != ConnectionState::Waiting {
        return Vec::new();
    }
    if chat.transport.transport != Transport::Socket && !chat.transport.is_proven {
        // Another way is being tried, and may work in a moment.
        return vec![ChatEffect::After { ms: NOTICE_AFTER_MS, timer: Timer::Bar }];
    }
    if matches!(chat.notice, Some(ChatNotice::TooFast | ChatNotice::TooMuch)) {
        // The line is down because of that.
        return Vec::new();
    }
    chat.notice = Some(ChatNotice::Reconnecting);
    if std::mem::replace(&mut chat.told, true) {
        return Vec::new();
    }
    vec![ChatNotice::Reconnecting.announce(&chat.words)]
}
