//! The connection to the edge: opened when there is something to say or to hear, opened again when it breaks.

use super::{
    Chat, ChatEffect, ChatNotice, FetchReason, Timer, Transport, feedback, identity, lazy_state, outbox,
    people, personal, standing, start::store_conversation, stream_timeout, transport, window,
};
use client::{Backoff, ConnectionState, PING_INTERVAL_MS, PONG_TIMEOUT_MS};
use wire::{Id, Up, Word};

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
        return vec![ChatEffect::Fetch { lang: chat.langs(), why: FetchReason::Ticket }];
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

/// The edge knows us: what was said and not acknowledged goes out again.
pub fn on_welcome(chat: &mut Chat, epoch: Id, last: u64, ticket: Option<String>) -> Vec<ChatEffect> {
    let other = chat.timeline.epoch.is_some_and(|known| known != epoch);
    if other || chat.catching_up {
        window::show_newest(chat, last);
    }
    if other {
        chat.timeline.clear_numbered();
        chat.opinion.rated = Default::default();
        chat.past = last;
    }
    if chat.catching_up {
        chat.past = chat.past.max(last);
    }
    let changed = chat.timeline.epoch != Some(epoch) || ticket.is_some();
    chat.timeline.epoch = Some(epoch);
    chat.ticket = ticket.unwrap_or_else(|| std::mem::take(&mut chat.ticket));
    chat.timeline.base = chat.timeline.base.max(last.saturating_sub(wire::limits::MAX_RESUME as u64));
    chat.connection.on_welcome();
    chat.catching_up = false;
    chat.held = false;
    // If somebody still is, the edge says so again.
    chat.working = None;
    let mut effects = transport::record_success(chat);
    if changed && chat.kept {
        effects.push(store_conversation(chat));
    }
    if chat.notice == Some(ChatNotice::Reconnecting) {
        chat.notice = None;
        effects.push(ChatEffect::announce(chat.words.word_text(Word::BackOnline)));
    }
    effects.extend(lazy_state::retry(chat));
    effects.extend(identity::send_pending(chat));
    effects.push(ChatEffect::After { ms: CALM_MS, timer: Timer::Calm });
    effects.push(ChatEffect::After { ms: PING_INTERVAL_MS, timer: Timer::Ping });
    effects.extend(outbox::flush(chat));
    effects.extend(feedback::resend_pending(chat));
    effects.extend(people::send_read_receipt(chat));
    effects
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

/// The network is back or the page is looked at again: no time to lose.
pub fn on_wake(chat: &mut Chat) -> Vec<ChatEffect> {
    let mut effects = standing::poll_status(chat);
    effects.extend(match chat.connection.state {
        ConnectionState::Waiting => {
            chat.transport.reset();
            connect(chat)
        }
        ConnectionState::Online => ping(chat),
        ConnectionState::Idle
        | ConnectionState::Connecting
        | ConnectionState::Greeting
        | ConnectionState::Refused => Vec::new(),
    });
    effects
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
        Timer::Reconnect => connect(chat),
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
        Timer::Flush => outbox::let_go(chat),
        Timer::Poll => transport::poll(chat),
        Timer::Stall => stream_timeout::on_timeout(chat),
        Timer::Watch => standing::poll_status(chat),
        Timer::Search => personal::gave_up(chat),
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
