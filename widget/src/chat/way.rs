//! How frames travel: through a socket where one gets through, else by plain HTTP, without the visitor noticing.

use super::{Chat, Connection, Effect, Key, Timer, connection};
use wire::{AuthorKind, State};

/// A way to the edge, the best one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// A WebSocket.
    #[default]
    Socket,
    /// Frames are posted, and an answer that goes on brings the others.
    Stream,
    /// Frames are posted, and whatever is new is asked for: for proxies that hold an answer back until it ends.
    Poll,
}

/// Longest wait for the first words of a stream: a proxy that holds them back would do so for ever.
pub const STREAM_MS: u64 = 4_000;
/// How often to ask for what is new, while something is expected.
pub const POLL_MS: u64 = 1_500;
/// How often otherwise.
pub const IDLE_POLL_MS: u64 = 10_000;
/// How soon after something was taken.
pub const SOON_MS: u64 = 300;
/// A way that has worked gets so many tries before another one is tried: the edge may be restarting.
const PROVEN: u32 = 5;

impl Way {
    /// Its name in storage.
    pub fn name(self) -> &'static str {
        match self {
            Way::Socket => "socket",
            Way::Stream => "stream",
            Way::Poll => "poll",
        }
    }

    /// The way of that name; the best one for any other.
    pub fn named(name: &str) -> Way {
        match name {
            "stream" => Way::Stream,
            "poll" => Way::Poll,
            _ => Way::Socket,
        }
    }

    /// The one to try when this one fails. After the last the first is tried again: then nothing gets through at all.
    fn next(self) -> Way {
        match self {
            Way::Socket => Way::Stream,
            Way::Stream => Way::Poll,
            Way::Poll => Way::Socket,
        }
    }

    /// How many tries in a row may fail.
    fn patience(self) -> u32 {
        match self {
            Way::Socket => 2,
            Way::Stream | Way::Poll => 1,
        }
    }

    /// Longest wait for a `Welcome`, in milliseconds.
    pub fn connect_ms(self) -> u64 {
        match self {
            Way::Stream => STREAM_MS,
            Way::Socket | Way::Poll => connection::CONNECT_MS,
        }
    }
}

/// A try has failed before there was a `Welcome`. Gives whether another way is tried next: then there is no reason
/// to wait.
pub fn missed(chat: &mut Chat) -> bool {
    chat.misses += 1;
    let patience = if chat.proven { PROVEN } else { chat.way.patience() };
    if chat.misses < patience {
        return false;
    }
    chat.way = chat.way.next();
    chat.misses = 0;
    chat.proven = false;
    chat.way != Way::Socket
}

/// The network is another one, perhaps: what didn't get through before may now.
pub fn afresh(chat: &mut Chat) {
    if chat.way != Way::Socket {
        (chat.way, chat.misses, chat.proven) = (Way::Socket, 0, false);
    }
}

/// There was a `Welcome`: the way works, and is taken at once for as long as this session lasts.
pub fn worked(chat: &mut Chat) -> Vec<Effect> {
    chat.misses = 0;
    let news = !std::mem::replace(&mut chat.proven, true);
    let mut effects = Vec::new();
    if news && chat.kept {
        effects.push(Effect::Store(Key::Way, chat.way.name().to_owned()));
    }
    if chat.way == Way::Poll {
        effects.push(Effect::After { ms: pause(chat), timer: Timer::Poll });
    }
    effects
}

/// Something was taken: its answer may be there in a moment.
pub fn taken(chat: &Chat) -> Option<Effect> {
    (chat.way == Way::Poll).then_some(Effect::After { ms: SOON_MS, timer: Timer::Poll })
}

/// Time to ask for what is new.
pub fn look(chat: &Chat) -> Vec<Effect> {
    if chat.way != Way::Poll || chat.connection != Connection::Online {
        return Vec::new();
    }
    // The answer, a `Welcome`, sets the time for the next one.
    vec![connection::hello(chat), Effect::After { ms: IDLE_POLL_MS, timer: Timer::Poll }]
}

fn pause(chat: &Chat) -> u64 {
    let expected = chat.lines.last().is_some_and(|line| {
        line.message.state == State::Growing || line.message.author.kind == AuthorKind::Visitor
    });
    if expected { POLL_MS } else { IDLE_POLL_MS }
}
