//! The line to the edge: opened when there is something to say or to hear, opened again when it breaks.

use super::{
    Chat, Effect, Notice, Timer, Way, Why, identity, opinion, outbox, people, personal, rare, stall,
    standing, start::keep, way, window,
};
use wire::{Id, Up, Word};

/// How the line stands.
///
/// ```text
/// Idle ──connect──▶ Connecting ──opened──▶ Greeting ──Welcome──▶ Online
///                      ▲   └────────────────┴──── closed ────────┘
///                      └───────── Resting ◀───────┘               any ──refused──▶ Refused
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// Not needed yet.
    Idle,
    /// The line is being opened.
    Connecting,
    /// `Hello` was sent.
    Greeting,
    /// `Welcome` came.
    Online,
    /// Waiting before the next try.
    Resting,
    /// The edge will not have us; trying again is of no use.
    Refused,
}

/// Longest wait for a `Welcome`, in milliseconds.
pub const CONNECT_MS: u64 = 10_000;
/// Longest wait for an acknowledgement before the line counts as dead.
pub const ACK_MS: u64 = 10_000;
/// Silence after which the line is tried; under the 60 s at which proxies cut.
pub const PING_MS: u64 = 25_000;
/// Longest wait for the answer to that.
pub const PONG_MS: u64 = 8_000;
/// How long the line may be down before the visitor is told.
pub const BAR_MS: u64 = 2_000;
/// How long it must be up before another break is told.
pub const CALM_MS: u64 = 10_000;
/// The first wait is at most this long; each further one up to twice as long.
pub const BACKOFF_MS: u64 = 500;
/// No wait is longer.
pub const BACKOFF_MAX_MS: u64 = 30_000;

/// Opens the line if it isn't open, or gets a new ticket first.
pub fn connect(chat: &mut Chat) -> Vec<Effect> {
    match chat.connection {
        Connection::Idle | Connection::Resting => {}
        Connection::Connecting | Connection::Greeting | Connection::Online | Connection::Refused => {
            return Vec::new();
        }
    }
    chat.connection = Connection::Connecting;
    if chat.renewing {
        return vec![Effect::Fetch { lang: chat.langs(), why: Why::Ticket }];
    }
    let (conversation, ticket) = (chat.conversation, chat.ticket.clone());
    let way = chat.way;
    vec![
        Effect::Connect { way, conversation, ticket },
        Effect::After { ms: way.connect_ms(), timer: Timer::Connect },
    ]
}

/// The line is open: say who we are.
pub fn opened(chat: &mut Chat) -> Vec<Effect> {
    chat.connection = Connection::Greeting;
    vec![hello(chat)]
}

/// Asks for everything not here yet.
pub fn hello(chat: &Chat) -> Effect {
    Effect::Send(Up::Hello {
        v: wire::VERSION,
        ticket: chat.ticket.clone(),
        epoch: chat.epoch,
        after: chat.after(),
        lang: chat.look.lang.clone(),
    })
}

/// The edge knows us: what was said and not acknowledged goes out again.
pub fn welcomed(chat: &mut Chat, epoch: Id, last: u64, ticket: Option<String>) -> Vec<Effect> {
    let other = chat.epoch.is_some_and(|known| known != epoch);
    if other || chat.catching_up {
        window::begin(chat, last);
    }
    if other {
        chat.lines.retain(|line| line.message.seq == 0);
        chat.opinion.rated = Default::default();
        chat.base = 0;
        chat.past = last;
    }
    if chat.catching_up {
        chat.past = chat.past.max(last);
    }
    let changed = chat.epoch != Some(epoch) || ticket.is_some();
    chat.epoch = Some(epoch);
    chat.ticket = ticket.unwrap_or_else(|| std::mem::take(&mut chat.ticket));
    chat.base = chat.base.max(last.saturating_sub(wire::limits::MAX_RESUME as u64));
    chat.connection = Connection::Online;
    chat.catching_up = false;
    chat.tries = 0;
    chat.held = false;
    // If somebody still is, the edge says so again.
    chat.working = None;
    let mut effects = way::worked(chat);
    if changed && chat.kept {
        effects.push(keep(chat));
    }
    if chat.notice == Some(Notice::Reconnecting) {
        chat.notice = None;
        effects.push(Effect::say(chat.words.get(Word::BackOnline)));
    }
    effects.extend(rare::rang(chat));
    effects.extend(identity::tell(chat));
    effects.push(Effect::After { ms: CALM_MS, timer: Timer::Calm });
    effects.push(Effect::After { ms: PING_MS, timer: Timer::Ping });
    effects.extend(outbox::flush(chat));
    effects.extend(opinion::resend(chat));
    effects.extend(people::sees(chat));
    effects
}

/// The line broke: rest, then try again.
pub fn closed(chat: &mut Chat, chance: u32) -> Vec<Effect> {
    match chat.connection {
        Connection::Idle | Connection::Resting | Connection::Refused => return Vec::new(),
        Connection::Connecting | Connection::Greeting | Connection::Online => {}
    }
    let turned_away = std::mem::take(&mut chat.rest_ms);
    // Neither a bad ticket nor a wait we were told of says anything about the way.
    let missed = chat.connection != Connection::Online && !chat.renewing && turned_away == 0;
    let other = missed && way::missed(chat);
    chat.connection = Connection::Resting;
    chat.pinged = false;
    let ms = if other { 0 } else { backoff(chat.tries, chance).max(turned_away) };
    let first = chat.tries == 0;
    chat.tries = chat.tries.saturating_add(1);
    let mut effects = vec![Effect::After { ms, timer: Timer::Reconnect }];
    if first {
        effects.push(Effect::After { ms: BAR_MS, timer: Timer::Bar });
    }
    effects
}

/// How long to wait before try number `tries`: anything up to a bound that doubles, so that a thousand visitors cut
/// off at once don't come back at once ("full jitter").
pub fn backoff(tries: u32, chance: u32) -> u64 {
    let bound = BACKOFF_MS.saturating_mul(1 << tries.min(16)).min(BACKOFF_MAX_MS);
    (bound * u64::from(chance)) >> 32
}

/// The edge will not have us.
pub fn refuse(chat: &mut Chat, notice: Notice) -> Vec<Effect> {
    chat.connection = Connection::Refused;
    chat.notice = Some(notice);
    chat.working = None;
    vec![Effect::Disconnect, notice.announce(&chat.words)]
}

/// The answer to a ping, or any frame: the line works.
pub fn ponged(chat: &mut Chat) -> Vec<Effect> {
    chat.pinged = false;
    Vec::new()
}

/// The network is back or the page is looked at again: no time to lose.
pub fn woke(chat: &mut Chat) -> Vec<Effect> {
    let mut effects = standing::watch(chat);
    effects.extend(match chat.connection {
        Connection::Resting => {
            way::afresh(chat);
            connect(chat)
        }
        Connection::Online => ping(chat),
        Connection::Idle | Connection::Connecting | Connection::Greeting | Connection::Refused => Vec::new(),
    });
    effects
}

/// The page is put aside: the line is let go before it is noticed to be dead. Waking opens it again at once.
pub fn froze(chat: &mut Chat) -> Vec<Effect> {
    match chat.connection {
        Connection::Connecting | Connection::Greeting | Connection::Online => {}
        Connection::Idle | Connection::Resting | Connection::Refused => return Vec::new(),
    }
    chat.connection = Connection::Resting;
    chat.pinged = false;
    // Should it go on after all.
    vec![Effect::Disconnect, Effect::After { ms: BACKOFF_MAX_MS, timer: Timer::Reconnect }]
}

fn ping(chat: &mut Chat) -> Vec<Effect> {
    if chat.way == Way::Poll {
        // Each look is one.
        return way::look(chat);
    }
    chat.pinged = true;
    vec![Effect::Ping, Effect::After { ms: PONG_MS, timer: Timer::Pong }]
}

/// A time is over. Each one looks at how things stand now: it may ring for something long settled.
pub fn rang(chat: &mut Chat, timer: Timer) -> Vec<Effect> {
    let online = chat.connection == Connection::Online;
    match timer {
        Timer::Connect => match chat.connection {
            Connection::Connecting | Connection::Greeting => vec![Effect::Disconnect],
            Connection::Idle | Connection::Online | Connection::Resting | Connection::Refused => Vec::new(),
        },
        Timer::Reconnect => connect(chat),
        Timer::Bar if !online => bar(chat),
        Timer::Calm if online => {
            chat.told = false;
            Vec::new()
        }
        Timer::Ping if online => {
            let mut effects = ping(chat);
            effects.push(Effect::After { ms: PING_MS, timer: Timer::Ping });
            effects
        }
        Timer::Pong if online && chat.pinged => vec![Effect::Disconnect],
        Timer::Ack if online && !chat.held && outbox::waiting(chat) => vec![Effect::Disconnect],
        Timer::Flush => outbox::let_go(chat),
        Timer::Poll => way::look(chat),
        Timer::Stall => stall::rang(chat),
        Timer::Watch => standing::watch(chat),
        Timer::Search => personal::gave_up(chat),
        Timer::Bring => rare::rang(chat),
        Timer::Bar | Timer::Calm | Timer::Ping | Timer::Pong | Timer::Ack => Vec::new(),
    }
}

/// Shows that the line is down; says it only once while it flaps.
fn bar(chat: &mut Chat) -> Vec<Effect> {
    if !matches!(chat.connection, Connection::Connecting | Connection::Greeting | Connection::Resting) {
        return Vec::new();
    }
    if chat.way != Way::Socket && !chat.proven {
        // Another way is being tried, and may work in a moment.
        return vec![Effect::After { ms: BAR_MS, timer: Timer::Bar }];
    }
    if matches!(chat.notice, Some(Notice::TooFast | Notice::TooMuch)) {
        // The line is down because of that.
        return Vec::new();
    }
    chat.notice = Some(Notice::Reconnecting);
    if std::mem::replace(&mut chat.told, true) {
        return Vec::new();
    }
    vec![Notice::Reconnecting.announce(&chat.words)]
}
