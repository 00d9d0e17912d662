//! How much may come through one line, whatever it is: frames of every kind, known or not, and messages sent again.
//!
//! A visitor's tabs and posts share one limit, each account at a desk has its own. It lives in memory: taking from it
//! writes nothing, and an object that was away long enough to be forgotten would have refilled most of it anyway. What
//! is said, and so written, is bounded by [`crate::limits::sanitize::Budget`] besides.

use crate::limits::sanitize::{Bucket, Measure};
use site::Limits;
use std::collections::BTreeMap;

/// Frames a minute that a line may always send, with as many at once to begin with. A widget that polls sends 40, one
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
const RESENT: Measure = Measure::per_minute(4 * wire::limits::MAX_RESUME as u32);
/// Characters a minute that are read of messages over a budget, for somebody may be in danger: of forty short ones or two of the
/// longest. It is each conversation's own, so that nobody else's flood keeps somebody in danger from being heard.
const READ: Measure = Measure::per_minute(4_000);
/// What such a message costs at least, in characters.
const LEAST_READ: usize = 100;
/// The one who sends too much is told of each so many-th frame that is dropped.
const TOLD_EACH: u32 = 25;
/// So many dropped frames, beyond those that were taken meanwhile, close the line.
const MAX_DROPPED: u32 = 100;
/// How long somebody whose line was closed is to stay away, in milliseconds.
const AWAY_MS: u64 = 30_000;
/// Most lines that are remembered; more than that are never open at once in one conversation or at one board.
const MAX_LINES: usize = 256;

/// Why a frame is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// It is dropped, and its sender told to wait so long, in milliseconds.
    Tell(u64),
    /// It is dropped without a word.
    Drop,
    /// The line is closed; its sender is to stay away for so long, in milliseconds.
    Close(u64),
}

/// What one line may still send.
#[derive(Debug, Clone, Copy, PartialEq)]
struct LineBuckets {
    frames: Bucket,
    resent: Bucket,
    read: Bucket,
    dropped: u32,
}

/// The lines of one conversation, or of one board, by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RateLimits {
    lines: BTreeMap<String, LineBuckets>,
}

impl RateLimits {
    /// Takes a frame of `line` that costs as much as `cost` plain ones.
    ///
    /// # Errors
    /// What to do instead of reading it.
    pub fn take_frame(&mut self, line: &str, cost: f64, limits: &Limits, now: u64) -> Result<(), Excess> {
        let measure = frame_measure(limits);
        let line = self.line_buckets(line, measure, now);
        match line.frames.take_part(cost, measure, now) {
            Ok(()) => {
                line.dropped = line.dropped.saturating_sub(1);
                Ok(())
            }
            Err(wait) => {
                line.dropped += 1;
                Err(match line.dropped {
                    // The next line of the same sender is given the benefit of the doubt.
                    MAX_DROPPED.. => {
                        line.dropped = 0;
                        Excess::Close(AWAY_MS)
                    }
                    dropped if dropped % TOLD_EACH == 1 => Excess::Tell(wait),
                    _ => Excess::Drop,
                })
            }
        }
    }

    /// A message of `line` was over its budget: it costs more than its frame, as far as there is anything left.
    pub fn charge_refusal(&mut self, line: &str, limits: &Limits, now: u64) {
        let measure = frame_measure(limits);
        let _left = self.line_buckets(line, measure, now).frames.take_part(REFUSED, measure, now);
    }

    /// Takes so many messages that are to be sent (again) through `line`.
    ///
    /// # Errors
    /// How long to wait, in milliseconds.
    pub fn take_resends(&mut self, line: &str, messages: u64, limits: &Limits, now: u64) -> Result<(), u64> {
        let messages = messages.min(wire::limits::MAX_RESUME as u64);
        self.line_buckets(line, frame_measure(limits), now).resent.take_part(messages as f64, RESENT, now)
    }

    /// Whether a message of `line` over its budget, of so many characters, is read all the same: somebody may be in danger.
    pub fn may_read(&mut self, line: &str, chars: usize, limits: &Limits, now: u64) -> bool {
        let cost = chars.clamp(LEAST_READ, wire::limits::MAX_SAY_CHARS);
        self.line_buckets(line, frame_measure(limits), now).read.take_part(cost as f64, READ, now).is_ok()
    }

    fn line_buckets(&mut self, name: &str, measure: Measure, now: u64) -> &mut LineBuckets {
        if self.lines.len() >= MAX_LINES && !self.lines.contains_key(name) {
            let idle =
                |line: &LineBuckets| line.frames.is_full(measure, now) && line.resent.is_full(RESENT, now);
            self.lines.retain(|_, line| !idle(line));
            if self.lines.len() >= MAX_LINES {
                self.lines.clear();
            }
        }
        let full = || LineBuckets {
            frames: Bucket::new_full(measure, now),
            resent: Bucket::new_full(RESENT, now),
            read: Bucket::new_full(READ, now),
            dropped: 0,
        };
        self.lines.entry(name.to_owned()).or_insert_with(full)
    }
}

/// What a frame of so many bytes costs, in plain ones.
pub fn frame_cost(bytes: usize) -> f64 {
    1.0 + bytes as f64 / BYTES_A_FRAME
}

/// Frames of one line.
fn frame_measure(limits: &Limits) -> Measure {
    Measure::per_minute(FRAMES.saturating_add(limits.messages_per_minute.saturating_mul(FRAMES_A_MESSAGE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits { messages_per_minute: 15, ..Limits::default() }
    }

    #[test]
    fn a_flood_is_told_then_dropped_then_closed() {
        let mut lines = RateLimits::default();
        let outcomes: Vec<_> = (0..1_500).map(|_| lines.take_frame("visitor", 1.0, &limits(), 0)).collect();
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
        let mut lines = RateLimits::default();
        let taken = (0..1_500).filter(|_| lines.take_frame("long", frame_cost(30_000), &limits(), 0).is_ok());
        assert_eq!(taken.count(), 36);
        let refused = (0..1_500).filter(|_| {
            let taken = lines.take_frame("refused", 1.0, &limits(), 0).is_ok();
            lines.charge_refusal("refused", &limits(), 0);
            taken
        });
        assert!(refused.count() <= 55);
    }

    #[test]
    fn an_honest_widget_never_meets_it() {
        let mut lines = RateLimits::default();
        // It polls every 1.5 s, writes a message every four seconds, and each goes with two marks of typing and one of
        // reading; for an hour.
        for tick in 0..2_400_u64 {
            let now = tick * 1_500;
            let frames = 1 + if tick % 3 == 0 { 4 } else { 0 };
            for _ in 0..frames {
                assert_eq!(lines.take_frame("visitor", 1.0, &limits(), now), Ok(()), "tick {tick}");
            }
            assert_eq!(lines.take_resends("visitor", 2, &limits(), now), Ok(()), "tick {tick}");
        }
    }

    #[test]
    fn a_hello_can_not_have_everything_sent_for_ever() {
        let mut lines = RateLimits::default();
        let answered =
            (0..1_500).filter(|_| lines.take_resends("visitor", 500, &limits(), 0).is_ok()).count();
        assert_eq!(answered, 4);
        assert_eq!(lines.take_resends("visitor", 9_999, &limits(), 0), Err(15_000));
        assert_eq!(lines.take_resends("visitor", 500, &limits(), 15_000), Ok(()));
    }

    /// Counted in characters, not in time: a flood of the longest messages costs as much as two of them a minute.
    #[test]
    fn of_what_is_over_the_budget_little_is_read() {
        let mut lines = RateLimits::default();
        let mut read =
            |line, chars, now| (0..300).filter(|_| lines.may_read(line, chars, &limits(), now)).count();
        assert_eq!((read("visitor", 2_000, 0), read("visitor", 2_000, 0)), (2, 0));
        assert_eq!(read("another", 30, 0), 40, "who is in danger writes little");
        assert_eq!(read("visitor", 30_000, 60_000), 2, "no more than the longest is read");
    }

    #[test]
    fn one_line_takes_nothing_from_another_and_memory_is_bounded() {
        let mut lines = RateLimits::default();
        while lines.take_frame("desk minh", 1.0, &limits(), 0).is_ok() {}
        assert_eq!(lines.take_frame("desk lan", 1.0, &limits(), 0), Ok(()));
        assert!(lines.take_frame("desk minh", 1.0, &limits(), 0).is_err());
        for n in 0..10 * MAX_LINES {
            let _taken = lines.take_frame(&n.to_string(), 1.0, &limits(), 0);
        }
        assert!(lines.lines.len() <= MAX_LINES);
    }

    #[test]
    fn who_pauses_is_taken_again() {
        let mut lines = RateLimits::default();
        while lines.take_frame("visitor", 1.0, &limits(), 0).is_ok() {}
        assert_eq!(lines.take_frame("visitor", 1.0, &limits(), 1_000), Ok(()));
        assert!(lines.take_frame("visitor", 10.0, &limits(), 1_000).is_err());
    }
}
