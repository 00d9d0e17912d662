//! How frames travel: through a socket where one gets through, else by plain HTTP.

use crate::connection::CONNECT_TIMEOUT_MS;

/// What carries frames, the best one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transport {
    /// A WebSocket.
    #[default]
    Socket,
    /// Frames are posted, and an answer that goes on brings the others.
    Stream,
    /// Frames are posted, and whatever is new is asked for: for proxies that hold an answer back until it ends.
    Poll,
}

/// Longest wait for the first words of a stream, in milliseconds: a proxy that holds them back would do so for ever.
const STREAM_TIMEOUT_MS: u64 = 4_000;
/// A transport that has worked may fail so many times in a row before another one is tried: the edge may be restarting.
const PROVEN_FAILURES: u32 = 5;

impl Transport {
    /// Its name in storage.
    pub fn name(self) -> &'static str {
        match self {
            Transport::Socket => "socket",
            Transport::Stream => "stream",
            Transport::Poll => "poll",
        }
    }

    /// The transport of that name; the best one for any other.
    pub fn from_name(name: &str) -> Transport {
        match name {
            "stream" => Transport::Stream,
            "poll" => Transport::Poll,
            _ => Transport::Socket,
        }
    }

    /// The one to try when this one fails. After the last the first is tried again: then nothing gets through at all.
    fn next(self) -> Transport {
        match self {
            Transport::Socket => Transport::Stream,
            Transport::Stream => Transport::Poll,
            Transport::Poll => Transport::Socket,
        }
    }

    /// How many attempts in a row may fail before another one is tried.
    fn max_failures(self) -> u32 {
        match self {
            Transport::Socket => 2,
            Transport::Stream | Transport::Poll => 1,
        }
    }

    /// Longest wait for the edge's first frame, in milliseconds.
    pub fn connect_timeout_ms(self) -> u64 {
        match self {
            Transport::Stream => STREAM_TIMEOUT_MS,
            Transport::Socket | Transport::Poll => CONNECT_TIMEOUT_MS,
        }
    }
}

/// Which transport to use, by what has worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TransportSelector {
    /// The one in use.
    pub transport: Transport,
    /// Whether it has worked in this session.
    pub is_proven: bool,
    /// Attempts in a row that have failed on it.
    failures: u32,
}

impl TransportSelector {
    /// Begins with what worked earlier in this session; with the best one, untried, if that is unknown.
    pub fn new(transport: Transport) -> TransportSelector {
        TransportSelector { transport, is_proven: transport != Transport::Socket, failures: 0 }
    }

    /// An attempt has failed before there was a welcome. Says whether another transport is tried next: then there is no
    /// reason to wait.
    pub fn record_failure(&mut self) -> bool {
        self.failures += 1;
        let most = if self.is_proven { PROVEN_FAILURES } else { self.transport.max_failures() };
        if self.failures < most {
            return false;
        }
        *self = TransportSelector { transport: self.transport.next(), ..TransportSelector::default() };
        self.transport != Transport::Socket
    }

    /// There was a welcome: the transport is taken at once for as long as this session lasts. Says whether that is news.
    pub fn record_success(&mut self) -> bool {
        self.failures = 0;
        !std::mem::replace(&mut self.is_proven, true)
    }

    /// The network is another one, perhaps: what didn't get through before may now.
    pub fn reset(&mut self) {
        if self.transport != Transport::Socket {
            *self = TransportSelector::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_tried_in_turn_and_the_first_again_in_the_end() {
        let mut selector = TransportSelector::default();
        let tried: Vec<(bool, Transport)> =
            (0..4).map(|_| (selector.record_failure(), selector.transport)).collect();
        let expected = [
            (false, Transport::Socket),
            (true, Transport::Stream),
            (true, Transport::Poll),
            (false, Transport::Socket),
        ];
        assert_eq!(tried, expected);
    }

    #[test]
    fn what_has_worked_is_not_given_up_soon() {
        let mut selector = TransportSelector::new(Transport::Stream);
        assert!(!selector.record_success(), "no news");
        assert!((1..PROVEN_FAILURES).all(|_| !selector.record_failure()));
        assert!(selector.record_failure() && selector.transport == Transport::Poll);
        assert!(selector.record_success());
        selector.reset();
        assert_eq!(selector, TransportSelector::default());
    }

    #[test]
    fn names_lead_back() {
        for transport in [Transport::Socket, Transport::Stream, Transport::Poll] {
            assert_eq!(Transport::from_name(transport.name()), transport);
        }
        assert_eq!(Transport::from_name("pigeon"), Transport::Socket);
    }
}
