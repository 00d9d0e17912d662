//! One connection to the edge, whatever carries it.

use crate::Backoff;

/// How a connection stands.
///
/// ```text
/// Idle ──begin──▶ Connecting ──open──▶ Greeting ──welcome──▶ Online
///                   ▲   └────────────────┴──── close ─────────┘
///                   └───────── Waiting ◀───────┘             any ──▶ Refused, Idle
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ConnectionState {
    /// Not wanted.
    #[default]
    Idle,
    /// A connection is being opened.
    Connecting,
    /// The first frame was sent.
    Greeting,
    /// The edge's first frame came.
    Online,
    /// Resting before the next attempt.
    Waiting,
    /// The edge takes no connection of this client's; trying again is of no use.
    Refused,
}

/// Longest wait for the edge's first frame, in milliseconds.
pub const CONNECT_TIMEOUT_MS: u64 = 10_000;
/// Silence after which a connection is tried, in milliseconds; under the 60 s at which proxies cut.
pub const PING_INTERVAL_MS: u64 = 25_000;
/// Longest wait for the answer to a ping, in milliseconds.
pub const PONG_TIMEOUT_MS: u64 = 8_000;

/// A connection, and what is needed to open it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Connection {
    /// How it stands.
    pub state: ConnectionState,
    /// Attempts in a row that have ended without a welcome since the last one.
    pub attempts: u32,
    /// The edge asked to stay away for so long after the connection closes, in milliseconds.
    pub retry_after_ms: u64,
    awaits_pong: bool,
}

impl Connection {
    /// Begins an attempt; says whether there is to be one.
    pub fn begin_attempt(&mut self) -> bool {
        let begins = matches!(self.state, ConnectionState::Idle | ConnectionState::Waiting);
        if begins {
            self.state = ConnectionState::Connecting;
        }
        begins
    }

    /// The edge's first frame came.
    pub fn on_welcome(&mut self) {
        self.state = ConnectionState::Online;
        self.attempts = 0;
        self.awaits_pong = false;
    }

    /// Whatever comes shows that the far end is there.
    pub fn on_frame(&mut self) {
        self.awaits_pong = false;
    }

    /// A ping is being sent.
    pub fn on_ping(&mut self) {
        self.awaits_pong = true;
    }

    /// The connection is closed; gives the wait before the next attempt, in milliseconds. What the edge asked for is the least.
    pub fn on_close(&mut self, backoff: Backoff, chance: u32) -> u64 {
        let wait = backoff.delay_ms(self.attempts, chance).max(std::mem::take(&mut self.retry_after_ms));
        self.pause();
        self.attempts = self.attempts.saturating_add(1);
        wait
    }

    /// Lets the connection go until it is wanted again; that is no failure.
    pub fn pause(&mut self) {
        self.state = ConnectionState::Waiting;
        self.awaits_pong = false;
    }

    /// Whether frames can be sent.
    pub fn is_online(&self) -> bool {
        self.state == ConnectionState::Online
    }

    /// Whether there is something to close: it is open or being opened.
    pub fn is_active(&self) -> bool {
        self.is_online() || self.is_opening()
    }

    /// Whether the edge's first frame is still to come: an attempt that takes [`CONNECT_TIMEOUT_MS`] has failed.
    pub fn is_opening(&self) -> bool {
        matches!(self.state, ConnectionState::Connecting | ConnectionState::Greeting)
    }

    /// Whether a ping was sent and nothing came since: after [`PONG_TIMEOUT_MS`] the connection is dead.
    pub fn is_silent(&self) -> bool {
        self.is_online() && self.awaits_pong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKOFF: Backoff = Backoff { max_ms: 30_000, min_percent: 0 };

    #[test]
    fn an_attempt_begins_once() {
        let mut connection = Connection::default();
        assert!(connection.begin_attempt() && connection.is_opening());
        assert!(!connection.begin_attempt());
        connection.on_welcome();
        assert!(!connection.begin_attempt() && connection.is_online());
        connection.pause();
        assert!(connection.begin_attempt());
        connection.state = ConnectionState::Refused;
        assert!(!connection.begin_attempt() && !connection.is_active());
    }

    #[test]
    fn waits_grow_until_a_welcome_and_keep_to_what_the_edge_asked_for() {
        let mut connection = Connection::default();
        assert_eq!(connection.on_close(BACKOFF, u32::MAX), 499);
        assert_eq!(connection.on_close(BACKOFF, u32::MAX), 999);
        connection.retry_after_ms = 5_000;
        assert_eq!(connection.on_close(BACKOFF, u32::MAX), 5_000);
        assert_eq!(connection.on_close(BACKOFF, u32::MAX), 3_999, "asked for once");
        connection.on_welcome();
        assert_eq!(connection.on_close(BACKOFF, u32::MAX), 499);
    }

    #[test]
    fn any_frame_answers_a_ping() {
        let mut connection = Connection::default();
        connection.begin_attempt();
        connection.on_welcome();
        connection.on_ping();
        assert!(connection.is_silent());
        connection.on_frame();
        assert!(!connection.is_silent());
    }
}
