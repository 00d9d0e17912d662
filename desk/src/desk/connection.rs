//! The connections to the edge: one to the board, one to each conversation that is shown or still has something to send.

use super::{
    effect::{ConnectionTarget, DeskEffect, DeskTimer},
    person,
    state::Desk,
};
use client::{Backoff, CONNECT_TIMEOUT_MS, Connection, ConnectionState, PING_INTERVAL_MS, PONG_TIMEOUT_MS};
use wire::{
    Id,
    desk::{BoardUp, ChatUp, GONE, SIGNED_OUT},
};

/// How long to wait before the next attempt: half of it is jitter. Staff are few, and want to be back soon.
const BACKOFF: Backoff = Backoff { max_ms: 15_000, min_percent: 50 };
/// After so many tries it may be the session.
const DOUBTS: u32 = 2;

fn connection_mut(desk: &mut Desk, place: ConnectionTarget) -> Option<&mut Connection> {
    match place {
        ConnectionTarget::Board => Some(&mut desk.board),
        ConnectionTarget::Chat(id) => desk.talks.get_mut(&id).map(|talk| &mut talk.connection),
    }
}

/// Whether the connection to `place` works.
pub fn is_online(desk: &Desk, place: ConnectionTarget) -> bool {
    match place {
        ConnectionTarget::Board => desk.board.is_online(),
        ConnectionTarget::Chat(id) => desk.talks.get(&id).is_some_and(|talk| talk.connection.is_online()),
    }
}

/// Opens the connection to `place` if it isn't open.
pub fn connect(desk: &mut Desk, place: ConnectionTarget) -> Vec<DeskEffect> {
    if desk.signed_out || !connection_mut(desk, place).is_some_and(Connection::begin_attempt) {
        return Vec::new();
    }
    vec![
        DeskEffect::Connect(place),
        DeskEffect::After { ms: CONNECT_TIMEOUT_MS, timer: DeskTimer::Connect(place) },
    ]
}

/// It is open: say what is here already.
pub fn on_open(desk: &mut Desk, place: ConnectionTarget) -> Vec<DeskEffect> {
    if let Some(connection) = connection_mut(desk, place) {
        connection.state = ConnectionState::Greeting;
    }
    match place {
        ConnectionTarget::Board => vec![DeskEffect::SendBoard(BoardUp::Hello { v: wire::VERSION })],
        ConnectionTarget::Chat(id) => send_hello(desk, id).into_iter().collect(),
    }
}

/// Asks for everything of a conversation that is not here yet.
pub fn send_hello(desk: &Desk, id: Id) -> Option<DeskEffect> {
    let talk = desk.talks.get(&id)?;
    let (epoch, after) = (talk.timeline.epoch, talk.timeline.resume_after());
    Some(DeskEffect::SendChat(id, ChatUp::Hello { v: wire::VERSION, epoch, after }))
}

/// The edge knows us.
pub fn on_welcome(desk: &mut Desk, place: ConnectionTarget) -> Vec<DeskEffect> {
    let Some(connection) = connection_mut(desk, place) else { return Vec::new() };
    connection.on_welcome();
    vec![DeskEffect::After { ms: PING_INTERVAL_MS, timer: DeskTimer::Ping(place) }]
}

/// The connection is closed: try again, a little later each time.
pub fn on_close(desk: &mut Desk, place: ConnectionTarget, code: u16, chance: u32) -> Vec<DeskEffect> {
    if code == SIGNED_OUT {
        return end_session(desk);
    }
    if let (GONE, ConnectionTarget::Chat(id)) = (code, place) {
        return person::on_erased(desk, id);
    }
    let Some(connection) = connection_mut(desk, place).filter(|own| own.state != ConnectionState::Idle)
    else {
        return Vec::new();
    };
    // A handshake that is refused has no code of its own.
    let doubt = connection.state == ConnectionState::Connecting && connection.attempts + 1 == DOUBTS;
    let ms = connection.on_close(BACKOFF, chance);
    let mut effects = vec![DeskEffect::After { ms, timer: DeskTimer::Connect(place) }];
    if doubt {
        effects.push(DeskEffect::CheckSession);
    }
    effects
}

/// Nothing more is heard or said without signing in again.
pub fn end_session(desk: &mut Desk) -> Vec<DeskEffect> {
    if std::mem::replace(&mut desk.signed_out, true) {
        return Vec::new();
    }
    let places = desk.talks.keys().map(|id| ConnectionTarget::Chat(*id)).chain([ConnectionTarget::Board]);
    let mut effects: Vec<DeskEffect> = places.map(DeskEffect::HangUp).collect();
    desk.board.state = ConnectionState::Idle;
    for talk in desk.talks.values_mut() {
        talk.connection.state = ConnectionState::Idle;
    }
    desk.dialog = None;
    effects.push(DeskEffect::Announce { text: desk.words().signed_out.to_owned(), urgent: true });
    effects
}

/// Its far end is there.
pub fn on_pong(desk: &mut Desk, place: ConnectionTarget) -> Vec<DeskEffect> {
    if let Some(connection) = connection_mut(desk, place) {
        connection.on_frame();
    }
    Vec::new()
}

/// A clock of a connection rang.
pub fn on_timer(desk: &mut Desk, timer: DeskTimer) -> Vec<DeskEffect> {
    let (DeskTimer::Connect(place) | DeskTimer::Ping(place) | DeskTimer::Pong(place)) = timer else {
        return Vec::new();
    };
    let Some(connection) = connection_mut(desk, place) else { return Vec::new() };
    match timer {
        DeskTimer::Connect(_) if connection.state == ConnectionState::Waiting => connect(desk, place),
        DeskTimer::Connect(_) if connection.is_opening() => vec![DeskEffect::Disconnect(place)],
        DeskTimer::Ping(_) if connection.is_online() => {
            connection.on_ping();
            vec![
                DeskEffect::Ping(place),
                DeskEffect::After { ms: PONG_TIMEOUT_MS, timer: DeskTimer::Pong(place) },
                DeskEffect::After { ms: PING_INTERVAL_MS, timer: DeskTimer::Ping(place) },
            ]
        }
        DeskTimer::Pong(_) if connection.is_silent() => vec![DeskEffect::Disconnect(place)],
        _ => Vec::new(),
    }
}

/// Closes the connection to a conversation that is neither shown nor has anything left to send.
pub fn let_go(desk: &mut Desk, id: Id) -> Option<DeskEffect> {
    let shown = desk.open == Some(id);
    let talk = desk.talks.get_mut(&id).filter(|talk| !shown && talk.outbox.is_empty())?;
    if talk.connection.state == ConnectionState::Idle {
        return None;
    }
    talk.connection = Connection::default();
    talk.typing = None;
    Some(DeskEffect::HangUp(ConnectionTarget::Chat(id)))
}
