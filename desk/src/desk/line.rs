//! The lines to the edge: one to the board, one to each conversation that is shown or still has something to send.

use super::{Desk, Effect, Timer, person};
use wire::{
    Id,
    desk::{BoardUp, ChatUp, GONE, SIGNED_OUT},
};

/// Where a line leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// To the site's board.
    Board,
    /// To a conversation.
    Chat(Id),
}

/// How a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Link {
    /// Not wanted.
    #[default]
    Off,
    /// Being opened.
    Connecting,
    /// The first frame was sent.
    Greeting,
    /// It works.
    Online,
    /// Waiting before the next try.
    Resting,
}

/// A line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Line {
    /// How it stands.
    pub link: Link,
    /// How often in a row it did not work.
    pub tries: u32,
    /// Whether an answer to a ping is awaited.
    pub pinged: bool,
}

/// Longest wait for the edge's first frame, in milliseconds.
pub const CONNECT_MS: u64 = 10_000;
/// Silence after which the line is tried; under the 60 s at which proxies cut.
pub const PING_MS: u64 = 25_000;
/// Longest wait for the answer to that.
pub const PONG_MS: u64 = 8_000;
/// The first wait is at most this long; each further one up to twice as long.
pub const BACKOFF_MS: u64 = 500;
/// No wait is longer.
pub const BACKOFF_MAX_MS: u64 = 15_000;
/// After so many tries it may be the session.
const DOUBTS: u32 = 2;

fn line(desk: &mut Desk, place: Place) -> Option<&mut Line> {
    match place {
        Place::Board => Some(&mut desk.board),
        Place::Chat(id) => desk.talks.get_mut(&id).map(|talk| &mut talk.line),
    }
}

/// Whether the line to `place` works.
pub fn online(desk: &Desk, place: Place) -> bool {
    let line = match place {
        Place::Board => Some(&desk.board),
        Place::Chat(id) => desk.talks.get(&id).map(|talk| &talk.line),
    };
    line.is_some_and(|line| line.link == Link::Online)
}

/// Opens the line to `place` if it isn't open.
pub fn connect(desk: &mut Desk, place: Place) -> Vec<Effect> {
    let signed_out = desk.signed_out;
    let Some(line) = line(desk, place).filter(|line| matches!(line.link, Link::Off | Link::Resting)) else {
        return Vec::new();
    };
    if signed_out {
        return Vec::new();
    }
    line.link = Link::Connecting;
    vec![Effect::Connect(place), Effect::After { ms: CONNECT_MS, timer: Timer::Connect(place) }]
}

/// It is open: say what is here already.
pub fn opened(desk: &mut Desk, place: Place) -> Vec<Effect> {
    if let Some(line) = line(desk, place) {
        line.link = Link::Greeting;
    }
    match place {
        Place::Board => vec![Effect::SendBoard(BoardUp::Hello { v: wire::VERSION })],
        Place::Chat(id) => hello(desk, id).into_iter().collect(),
    }
}

/// Asks for everything of a conversation that is not here yet.
pub fn hello(desk: &Desk, id: Id) -> Option<Effect> {
    let talk = desk.talks.get(&id)?;
    let (epoch, after) = (talk.epoch, talk.after());
    Some(Effect::SendChat(id, ChatUp::Hello { v: wire::VERSION, epoch, after }))
}

/// The edge knows us.
pub fn welcomed(desk: &mut Desk, place: Place) -> Vec<Effect> {
    let Some(line) = line(desk, place) else { return Vec::new() };
    *line = Line { link: Link::Online, tries: 0, pinged: false };
    vec![Effect::After { ms: PING_MS, timer: Timer::Ping(place) }]
}

/// The line is closed: try again, a little later each time.
pub fn closed(desk: &mut Desk, place: Place, code: u16, chance: u32) -> Vec<Effect> {
    if code == SIGNED_OUT {
        return signed_out(desk);
    }
    if let (GONE, Place::Chat(id)) = (code, place) {
        return person::gone(desk, id);
    }
    let Some(line) = line(desk, place).filter(|line| line.link != Link::Off) else { return Vec::new() };
    // A handshake that is refused has no code of its own.
    let doubt = line.link == Link::Connecting && line.tries + 1 == DOUBTS;
    let most = (BACKOFF_MS << line.tries.min(10)).min(BACKOFF_MAX_MS);
    line.link = Link::Resting;
    line.tries += 1;
    let ms = most / 2 + most * u64::from(chance) / (2 * u64::from(u32::MAX));
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
    desk.board.link = Link::Off;
    for talk in desk.talks.values_mut() {
        talk.line.link = Link::Off;
    }
    desk.dialog = None;
    effects.push(Effect::Announce { text: desk.words().signed_out.to_owned(), urgent: true });
    effects
}

/// Its far end is there.
pub fn ponged(desk: &mut Desk, place: Place) -> Vec<Effect> {
    if let Some(line) = line(desk, place) {
        line.pinged = false;
    }
    Vec::new()
}

/// A clock of a line rang.
pub fn rang(desk: &mut Desk, timer: Timer) -> Vec<Effect> {
    let (Timer::Connect(place) | Timer::Ping(place) | Timer::Pong(place)) = timer else { return Vec::new() };
    let Some(line) = line(desk, place) else { return Vec::new() };
    match (timer, line.link) {
        (Timer::Connect(_), Link::Resting) => connect(desk, place),
        (Timer::Connect(_), Link::Connecting | Link::Greeting) => vec![Effect::Disconnect(place)],
        (Timer::Ping(_), Link::Online) => {
            line.pinged = true;
            vec![
                Effect::Ping(place),
                Effect::After { ms: PONG_MS, timer: Timer::Pong(place) },
                Effect::After { ms: PING_MS, timer: Timer::Ping(place) },
            ]
        }
        (Timer::Pong(_), Link::Online) if line.pinged => vec![Effect::Disconnect(place)],
        _ => Vec::new(),
    }
}

/// Closes the line to a conversation that is neither shown nor has anything left to send.
pub fn let_go(desk: &mut Desk, id: Id) -> Option<Effect> {
    let shown = desk.open == Some(id);
    let talk = desk.talks.get_mut(&id).filter(|talk| !shown && talk.outbox.is_empty())?;
    if talk.line.link == Link::Off {
        return None;
    }
    talk.line = Line::default();
    talk.typing = None;
    Some(Effect::HangUp(Place::Chat(id)))
}
