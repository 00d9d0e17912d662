//! How frames travel: through a socket where one gets through, else by plain HTTP.

use crate::{connection::CONNECT_TIMEOUT_MS, refusal::NetworkRefusal};

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
/// So many posts in a row are refused before they count as refused for good.
const REFUSED_POSTS: u32 = 2;

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

/// What follows from an attempt that has failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextAttempt {
    /// The next one comes after a wait.
    Later,
    /// Another transport is tried: there is no reason to wait.
    Now,
    /// Neither socket nor posts get through, and the posts are refused in a way that will not change.
    Never(NetworkRefusal),
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
    /// Whether sockets were tried since something worked last, and did not get through.
    has_no_socket: bool,
    /// Posts in a row that somebody on the way has refused.
    refused_posts: u32,
}

impl TransportSelector {
    /// Begins with what worked earlier in this session; with the best one, untried, if that is unknown.
    pub fn new(transport: Transport) -> TransportSelector {
        TransportSelector {
            transport,
            is_proven: transport != Transport::Socket,
            ..TransportSelector::default()
        }
    }

    /// An attempt has failed before there was a welcome, perhaps because somebody on the way has refused it.
    pub fn record_failure(&mut self, refusal: Option<NetworkRefusal>) -> NextAttempt {
        self.failures += 1;
        let posts = self.transport != Transport::Socket;
        if posts {
            self.refused_posts = refusal.map_or(0, |_| self.refused_posts + 1);
        }
        if let Some(refusal) = refusal.filter(|_| self.has_no_socket && self.refused_posts >= REFUSED_POSTS) {
            return NextAttempt::Never(refusal);
        }
        let most = if self.is_proven { PROVEN_FAILURES } else { self.transport.max_failures() };
        // What is refused once is refused again.
        if self.failures < most && refusal.is_none() {
            return NextAttempt::Later;
        }
        *self = TransportSelector {
            transport: self.transport.next(),
            has_no_socket: self.has_no_socket || !posts,
            refused_posts: self.refused_posts,
            ..TransportSelector::default()
        };
        if self.transport == Transport::Socket { NextAttempt::Later } else { NextAttempt::Now }
    }

    /// There was a welcome: the transport is taken at once for as long as this session lasts. Says whether that is news.
    pub fn record_success(&mut self) -> bool {
        (self.failures, self.refused_posts, self.has_no_socket) = (0, 0, false);
        !std::mem::replace(&mut self.is_proven, true)
    }

    /// The network is another one, perhaps: what didn't get through before may now.
    pub fn reset(&mut self) {
        *self = match self.transport {
            Transport::Socket => TransportSelector { has_no_socket: false, refused_posts: 0, ..*self },
            Transport::Stream | Transport::Poll => TransportSelector::default(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_tried_in_turn_and_the_first_again_in_the_end() {
        let mut selector = TransportSelector::default();
        let tried: Vec<(NextAttempt, Transport)> =
            (0..4).map(|_| (selector.record_failure(None), selector.transport)).collect();
        let expected = [
            (NextAttempt::Later, Transport::Socket),
            (NextAttempt::Now, Transport::Stream),
            (NextAttempt::Now, Transport::Poll),
            (NextAttempt::Later, Transport::Socket),
        ];
        assert_eq!(tried, expected);
    }

    #[test]
    fn what_is_refused_for_good_ends_once_sockets_were_tried() {
        let no = Some(NetworkRefusal::Blocked);
        let mut selector = TransportSelector::default();
        assert_eq!(selector.record_failure(None), NextAttempt::Later);
        assert_eq!(selector.record_failure(None), NextAttempt::Now);
        assert_eq!(selector.record_failure(no), NextAttempt::Now);
        assert_eq!(selector.record_failure(no), NextAttempt::Never(NetworkRefusal::Blocked));
        // The network is another one, perhaps: sockets have their chance again, and so have posts.
        selector.reset();
        assert_eq!(selector, TransportSelector::default());
        // Posts worked in this session, and are refused now: sockets come before the end.
        let mut selector = TransportSelector::new(Transport::Stream);
        selector.record_success();
        let tried: Vec<NextAttempt> = [no, no, None, None, Some(NetworkRefusal::SignIn)]
            .into_iter()
            .map(|refusal| selector.record_failure(refusal))
            .collect();
        let expected = [
            NextAttempt::Now,
            NextAttempt::Later,
            NextAttempt::Later,
            NextAttempt::Now,
            NextAttempt::Never(NetworkRefusal::SignIn),
        ];
        assert_eq!(tried, expected);
    }

    #[test]
    fn what_may_change_goes_on_for_ever_and_what_works_forgets_refusals() {
        let mut selector = TransportSelector::default();
        assert!((0..100).all(|_| !matches!(selector.record_failure(None), NextAttempt::Never(_))));
        let no = Some(NetworkRefusal::Blocked);
        let mut selector = TransportSelector { transport: Transport::Stream, ..TransportSelector::default() };
        selector.has_no_socket = true;
        assert_eq!(selector.record_failure(no), NextAttempt::Now);
        assert_eq!(selector.record_failure(None), NextAttempt::Later, "busy, for once");
        for _ in 0..2 {
            selector.record_failure(None);
        }
        assert_eq!(selector.record_failure(no), NextAttempt::Now, "not in a row");
        selector.record_success();
        assert_eq!(selector.record_failure(no), NextAttempt::Later, "a welcome begins it anew");
    }

    #[test]
    fn what_has_worked_is_not_given_up_soon() {
        let mut selector = TransportSelector::new(Transport::Stream);
        assert!(!selector.record_success(), "no news");
        assert!((1..PROVEN_FAILURES).all(|_| selector.record_failure(None) == NextAttempt::Later));
        assert_eq!((selector.record_failure(None), selector.transport), (NextAttempt::Now, Transport::Poll));
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
