//! How much may come through one connection, whatever it is: frames of every kind, known or not, and messages sent again.
//!
//! A visitor's tabs and posts share one limit, each account at a desk has its own. It lives in memory: taking from it
//! writes nothing, and an object that was away long enough to be forgotten would have refilled most of it anyway. What
//! is said, and so written, is bounded by [`crate::limits::message_budget::MessageBudget`] besides.

use crate::limits::token_bucket::{RefillRate, TokenBucket};
use site::Limits;
use std::collections::BTreeMap;

/// Frames a minute that a connection may always send, with as many at once to begin with. A widget that polls sends 40, one
/// that writes and reads about two a message; one that puts a growing reply together may ask again twelve times in a
/// second, once.
const FRAMES: u32 = 240;
/// Frames a minute for each message that the site lets a visitor send a minute.
const FRAMES_A_MESSAGE: u32 = 4;
/// How many frames more a message costs that is over its budget: no widget sends the next before the time it was told.
const REFUSED: f64 = 5.0;
/// Bytes of a frame that cost as much as a whole one: reading is most of the work.
const BYTES_A_FRAME: f64 = 4096.0;
/// Messages sent again a minute: four times the longest answer to a hello.
const RESENT: RefillRate = RefillRate::per_minute(4 * wire::limits::MAX_RESUME as u32);
/// Characters a minute that are read of messages over a budget, for somebody may be in danger: of forty short ones or two of the
/// longest. It is each conversation's own, so that nobody else's flood keeps somebody in danger from being heard.
const READ: RefillRate = RefillRate::per_minute(4_000);
/// What such a message costs at least, in characters.
const LEAST_READ: usize = 100;
/// The one who sends too much is told of each so many-th frame that is dropped.
const TOLD_EACH: u32 = 25;
/// So many dropped frames, beyond those that were taken meanwhile, close the connection.
const MAX_DROPPED: u32 = 100;
/// How long somebody whose connection was closed is to stay away, in milliseconds.
const AWAY_MS: u64 = 30_000;
/// Most connections that are remembered; more than that are never open at once in one conversation or at one board.
const MAX_CONNECTIONS: usize = 256;

/// Why a frame is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// It is dropped, and its sender told to wait so long, in milliseconds.
    Tell(u64),
    /// It is dropped without a word.
    Drop,
    /// The connection is closed; its sender is to stay away for so long, in milliseconds.
    Close(u64),
}

/// What one connection may still send.
#[derive(Debug, Clone, Copy, PartialEq)]
struct FrameBuckets {
    frames: TokenBucket,
    resent: TokenBucket,
    read: TokenBucket,
    dropped: u32,
}

/// The frame rates of all connections of one conversation, or of one board, by name. All connections of a visitor share one name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FrameRateLimits {
    connections: BTreeMap<String, FrameBuckets>,
}

impl FrameRateLimits {
    /// Takes a frame of `name` that costs as much as `cost` plain ones.
    ///
    /// # Errors
    /// What to do instead of reading it.
    pub fn take_frame(&mut self, name: &str, cost: f64, limits: &Limits, now: u64) -> Result<(), Excess> {
        let rate = frame_refill_rate(limits);
        let connection = self.connection_buckets(name, rate, now);
        match connection.frames.take_tokens(cost, rate, now) {
            Ok(()) => {
                connection.dropped = connection.dropped.saturating_sub(1);
                Ok(())
            }
            Err(wait) => {
                connection.dropped += 1;
                Err(match connection.dropped {
                    // The next connection of the same sender is given the benefit of the doubt.
                    MAX_DROPPED.. => {
                        connection.dropped = 0;
                        Excess::Close(AWAY_MS)
                    }
                    dropped if dropped % TOLD_EACH == 1 => Excess::Tell(wait),
                    _ => Excess::Drop,
                })
            }
        }
    }

    /// A message of `name` was over its budget: it costs more than its frame, as far as there is anything left.
    pub fn charge_refusal(&mut self, name: &str, limits: &Limits, now: u64) {
        let rate = frame_refill_rate(limits);
        let _left = self.connection_buckets(name, rate, now).frames.take_tokens(REFUSED, rate, now);
    }

    /// Takes so many messages that are to be sent (again) through `name`.
    ///
    /// # Errors
    /// How long to wait, in milliseconds.
    pub fn take_resends(&mut self, name: &str, messages: u64, limits: &Limits, now: u64) -> Result<(), u64> {
        let messages = messages.min(wire::limits::MAX_RESUME as u64);
        self.connection_buckets(name, frame_refill_rate(limits), now).resent.take_tokens(
            messages as f64,
            RESENT,
            now,
        )
    }

    /// Whether a message of `name` over its budget, of so many characters, is read all the same: somebody may be in danger.
    pub fn may_read(&mut self, name: &str, chars: usize, limits: &Limits, now: u64) -> bool {
        let cost = chars.clamp(LEAST_READ, wire::limits::MAX_SAY_CHARS);
        self.connection_buckets(name, frame_refill_rate(limits), now)
            .read
            .take_tokens(cost as f64, READ, now)
            .is_ok()
    }

    fn connection_buckets(&mut self, name: &str, rate: RefillRate, now: u64) -> &mut FrameBuckets {
        if self.connections.len() >= MAX_CONNECTIONS && !self.connections.contains_key(name) {
            let idle = |buckets: &FrameBuckets| {
                buckets.frames.is_full(rate, now) && buckets.resent.is_full(RESENT, now)
            };
            self.connections.retain(|_, buckets| !idle(buckets));
            if self.connections.len() >= MAX_CONNECTIONS {
                self.connections.clear();
            }
        }
        let full = || FrameBuckets {
            frames: TokenBucket::new_full(rate, now),
            resent: TokenBucket::new_full(RESENT, now),
            read: TokenBucket::new_full(READ, now),
            dropped: 0,
        };
        self.connections.entry(name.to_owned()).or_insert_with(full)
    }
}

/// What a frame of so many bytes costs, in plain ones.
pub fn frame_cost(bytes: usize) -> f64 {
    1.0 + bytes as f64 / BYTES_A_FRAME
}

/// Frames of one connection.
fn frame_refill_rate(limits: &Limits) -> RefillRate {
    RefillRate::per_minute(FRAMES.saturating_add(limits.messages_per_minute.saturating_mul(FRAMES_A_MESSAGE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits { messages_per_minute: 15, ..Limits::default() }
    }

    #[test]
    fn a_flood_is_told_then_dropped_then_closed() {
        let mut limits_of = FrameRateLimits::default();
        let outcomes: Vec<_> =
            (0..1_500).map(|_| limits_of.take_frame("visitor", 1.0, &limits(), 0)).collect();
        let taken = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(taken, 300);
        assert!(matches!(outcomes.get(300), Some(Err(Excess::Tell(200)))));
        assert!(matches!(outcomes.get(301), Some(Err(Excess::Drop))));
        let first = outcomes.iter().position(|outcome| matches!(outcome, Err(Excess::Close(AWAY_MS))));
        assert_eq!(first, Some(399));
        let told = outcomes.iter().filter(|outcome| matches!(outcome, Err(Excess::Tell(_)))).count();
        assert!(told <= 1_200 / 25 + 1, "{told} answers are a flood of their own");
    }

    #[test]
    fn long_frames_and_messages_over_the_budget_cost_more() {
        let mut limits_of = FrameRateLimits::default();
        let taken =
            (0..1_500).filter(|_| limits_of.take_frame("long", frame_cost(30_000), &limits(), 0).is_ok());
        assert_eq!(taken.count(), 36);
        let refused = (0..1_500).filter(|_| {
            let taken = limits_of.take_frame("refused", 1.0, &limits(), 0).is_ok();
            limits_of.charge_refusal("refused", &limits(), 0);
            taken
        });
        assert!(refused.count() <= 55);
    }

    #[test]
    fn an_honest_widget_never_meets_it() {
        let mut limits_of = FrameRateLimits::default();
        // It polls every 1.5 s, writes a message every four seconds, and each goes with two marks of typing and one of
        // reading; for an hour.
        for tick in 0..2_400_u64 {
            let now = tick * 1_500;
            let frames = 1 + if tick % 3 == 0 { 4 } else { 0 };
            for _ in 0..frames {
                assert_eq!(limits_of.take_frame("visitor", 1.0, &limits(), now), Ok(()), "tick {tick}");
            }
            assert_eq!(limits_of.take_resends("visitor", 2, &limits(), now), Ok(()), "tick {tick}");
        }
    }

    #[test]
    fn a_hello_can_not_have_everything_sent_for_ever() {
        let mut limits_of = FrameRateLimits::default();
        let answered =
            (0..1_500).filter(|_| limits_of.take_resends("visitor", 500, &limits(), 0).is_ok()).count();
        assert_eq!(answered, 4);
        assert_eq!(limits_of.take_resends("visitor", 9_999, &limits(), 0), Err(15_000));
        assert_eq!(limits_of.take_resends("visitor", 500, &limits(), 15_000), Ok(()));
    }

    /// Counted in characters, not in time: a flood of the longest messages costs as much as two of them a minute.
    #[test]
    fn of_what_is_over_the_budget_little_is_read() {
        let mut limits_of = FrameRateLimits::default();
        let mut read =
            |name, chars, now| (0..300).filter(|_| limits_of.may_read(name, chars, &limits(), now)).count();
        assert_eq!((read("visitor", 2_000, 0), read("visitor", 2_000, 0)), (2, 0));
        assert_eq!(read("another", 30, 0), 40, "who is in danger writes little");
        assert_eq!(read("visitor", 30_000, 60_000), 2, "no more than the longest is read");
    }

    #[test]
    fn one_connection_takes_nothing_from_another_and_memory_is_bounded() {
        let mut limits_of = FrameRateLimits::default();
        while limits_of.take_frame("desk minh", 1.0, &limits(), 0).is_ok() {}
        assert_eq!(limits_of.take_frame("desk lan", 1.0, &limits(), 0), Ok(()));
        assert!(limits_of.take_frame("desk minh", 1.0, &limits(), 0).is_err());
        for n in 0..10 * MAX_CONNECTIONS {
            let _taken = limits_of.take_frame(&n.to_string(), 1.0, &limits(), 0);
        }
        assert!(limits_of.connections.len() <= MAX_CONNECTIONS);
    }

    #[test]
    fn who_pauses_is_taken_again() {
        let mut limits_of = FrameRateLimits::default();
        while limits_of.take_frame("visitor", 1.0, &limits(), 0).is_ok() {}
        assert_eq!(limits_of.take_frame("visitor", 1.0, &limits(), 1_000), Ok(()));
        assert!(limits_of.take_frame("visitor", 10.0, &limits(), 1_000).is_err());
    }
}
