//! The connections to the edge: one to the board, one to each conversation that is shown or still has something to send.

use super::{Desk, Effect, Timer, person};
use client::{Backoff, CONNECT_TIMEOUT_MS, Connection, ConnectionState, PING_INTERVAL_MS, PONG_TIMEOUT_MS};
use wire::{
    Id,
    desk::{BoardUp, ChatUp, GONE, SIGNED_OUT},
};

/// Where a connection leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// To the site's board.
    Board,
    /// To a conversation.
    Chat(Id),
}

/// How long to wait before the next attempt: half of it is jitter. Staff are few, and want to be back soon.
const BACKOFF: Backoff = Backoff { max_ms: 15_000, min_percent: 50 };
/// After so many tries it may be the session.
const DOUBTS: u32 = 2;

fn connection(desk: &mut Desk, place: Place) -> Option<&mut Connection> {
    match place {
        Place::Board => Some(&mut desk.board),
        Place::Chat(id) => desk.talks.get_mut(&id).map(|talk| &mut talk.connection),
    }
}

/// Whether the connection to `place` works.
pub fn is_online(desk: &Desk, place: Place) -> bool {
    match place {
        Place::Board => desk.board.is_online(),
        Place::Chat(id) => desk.talks.get(&id).is_some_and(|talk| talk.connection.is_online()),
    }
}

/// Opens the connection to `place` if it isn't open.
pub fn connect(desk: &mut Desk, place: Place) -> Vec<Effect> {
    if desk.signed_out || !connection(desk, place).is_some_and(Connection::begin) {
        return Vec::new();
    }
    vec![Effect::Connect(place), Effect::After { ms: CONNECT_TIMEOUT_MS, timer: Timer::Connect(place) }]
}

/// It is open: say what is here already.
pub fn opened(desk: &mut Desk, place: Place) -> Vec<Effect> {
    if let Some(connection) = connection(desk, place) {
        connection.state = ConnectionState::Greeting;
    }
    match place {
        Place::Board => vec![Effect::SendBoard(BoardUp::Hello { v: wire::VERSION })],
        Place::Chat(id) => hello(desk, id).into_iter().collect(),
    }
}

/// Asks for everything of a conversation that is not here yet.
pub fn hello(desk: &Desk, id: Id) -> Option<Effect> {
    let talk = desk.talks.get(&id)?;
    let (epoch, after) = (talk.timeline.epoch, talk.timeline.resume_after());
    Some(Effect::SendChat(id, ChatUp::Hello { v: wire::VERSION, epoch, after }))
}

/// The edge knows us.
pub fn welcomed(desk: &mut Desk, place: Place) -> Vec<Effect> {
    let Some(connection) = connection(desk, place) else { return Vec::new() };
    connection.on_welcome();
    vec![Effect::After { ms: PING_INTERVAL_MS, timer: Timer::Ping(place) }]
}

/// The connection is closed: try again, a little later each time.
pub fn closed(desk: &mut Desk, place: Place, code: u16, chance: u32) -> Vec<Effect> {
    if code == SIGNED_OUT {
        return signed_out(desk);
    }
    if let (GONE, Place::Chat(id)) = (code, place) {
        return person::gone(desk, id);
    }
    let Some(connection) = connection(desk, place).filter(|own| own.state != ConnectionState::Idle) else {
        return Vec::new();
    };
    // A handshake that is refused has no code of its own.
    let doubt = connection.state == ConnectionState::Connecting && connection.attempts + 1 == DOUBTS;
    let ms = connection.on_close(BACKOFF, chance);
    let mut effects = vec![Effect::After { ms, timer: Timer::Connect(place) }];
    if doubt {
        effects.push(Effect::CheckSession);
    }
    effects
}

/// Nothing more is heard or said without signing in again.
pub fn signed_out(desk: &mut Desk) -> Vec<Effect> {
    if std::mem::replace(&mut desk.signed_out, true) {
        return Vec::new();
    }
    let places = desk.talks.keys().map(|id| Place::Chat(*id)).chain([Place::Board]);
    let mut effects: Vec<Effect> = places.map(Effect::HangUp).collect();
    desk.board.state = ConnectionState::Idle;
    for talk in desk.talks.values_mut() {
        talk.connection.state = ConnectionState::Idle;
    }
    desk.dialog = None;
    effects.push(Effect::Announce { text: desk.words().signed_out.to_owned(), urgent: true });
    effects
}

/// Its far end is there.
pub fn ponged(desk: &mut Desk, place: Place) -> Vec<Effect> {
    if let Some(connection) = connection(desk, place) {
        connection.on_frame();
    }
    Vec::new()
}

/// A clock of a connection rang.
pub fn rang(desk: &mut Desk, timer: Timer) -> Vec<Effect> {
    let (Timer::Connect(place) | Timer::Ping(place) | Timer::Pong(place)) = timer else { return Vec::new() };
    let Some(connection) = connection(desk, place) else { return Vec::new() };
    match timer {
        Timer::Connect(_) if connection.state == ConnectionState::Waiting => connect(desk, place),
        Timer::Connect(_) if connection.is_opening() => vec![Effect::Disconnect(place)],
        Timer::Ping(_) if connection.is_online() => {
            connection.on_ping();
            vec![
                Effect::Ping(place),
                Effect::After { ms: PONG_TIMEOUT_MS, timer: Timer::Pong(place) },
                Effect::After { ms: PING_INTERVAL_MS, timer: Timer::Ping(place) },
            ]
        }
        Timer::Pong(_) if connection.is_silent() => vec![Effect::Disconnect(place)],
        _ => Vec::new(),
    }
}

/// Closes the connection to a conversation that is neither shown nor has anything left to send.
pub fn let_go(desk: &mut Desk, id: Id) -> Option<Effect> {
    let shown = desk.open == Some(id);
    let talk = desk.talks.get_mut(&id).filter(|talk| !shown && talk.outbox.is_empty())?;
    if talk.connection.state == ConnectionState::Idle {
        return None;
    }
    talk.connection = Connection::default();
    talk.typing = None;
    Some(Effect::HangUp(Place::Chat(id)))
}
