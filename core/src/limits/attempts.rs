//! How often a secret may be guessed: a few mistakes are free, then each makes the next one wait longer.
//!
//! An attempt counts before it is looked at, so that many at once are as many as one after the other; whoever was right has it
//! taken back. What is refused for the time being is not counted: a wait always ends.

use serde::{Deserialize, Serialize};

/// How many attempts are free, and how long the others wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptPolicy {
    /// Tries that cost nothing.
    pub free: u32,
    /// The first wait, in milliseconds; each further attempt doubles it.
    pub first_ms: u64,
    /// The longest wait, in milliseconds.
    pub longest_ms: u64,
    /// After so long without an attempt all are forgotten, in milliseconds: longer than the longest wait.
    pub forgotten_ms: u64,
}

/// Tries that were not right, as far as they are remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attempts {
    /// How many.
    pub n: u32,
    /// When the last one was, in milliseconds since 1970.
    pub last: u64,
}

impl Attempts {
    /// Whether nothing need be remembered of them.
    pub fn is_over(self, policy: AttemptPolicy, now: u64) -> bool {
        self.n == 0 || now.saturating_sub(self.last) >= policy.forgotten_ms
    }

    /// One more, at `now`.
    ///
    /// # Errors
    /// How long to wait before it, in milliseconds; it is not counted then.
    pub fn count_attempt(self, policy: AttemptPolicy, now: u64) -> Result<Attempts, u64> {
        if self.is_over(policy, now) {
            return Ok(Attempts { n: 1, last: now });
        }
        let over = self.n.saturating_sub(policy.free);
        let doubled = policy.first_ms.saturating_mul(1_u64.checked_shl(over.min(40)).unwrap_or(u64::MAX));
        let wait = if self.n < policy.free { 0 } else { doubled.min(policy.longest_ms) };
        match self.last.saturating_add(wait).checked_sub(now).filter(|ms| *ms > 0 && wait > 0) {
            Some(ms) => Err(ms),
            None => Ok(Attempts { n: self.n.saturating_add(1), last: now }),
        }
    }

    /// The last one was right.
    pub fn take_back(self) -> Attempts {
        Attempts { n: self.n.saturating_sub(1), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: AttemptPolicy =
        AttemptPolicy { free: 3, first_ms: 1_000, longest_ms: 5_000, forgotten_ms: 60_000 };

    #[test]
    fn waits_grow_end_and_are_forgotten() {
        let (mut attempts, mut now) = (Attempts::default(), 1_000_000);
        for _ in 0..3 {
            attempts = attempts.count_attempt(POLICY, now).expect("mistakes are free");
        }
        let mut waits = Vec::new();
        for _ in 0..5 {
            let wait = attempts.count_attempt(POLICY, now).expect_err("too soon");
            assert!(attempts.count_attempt(POLICY, now + wait - 1).is_err(), "a moment too early");
            waits.push(wait);
            now += wait;
            attempts = attempts.count_attempt(POLICY, now).expect("long enough");
        }
        assert_eq!(waits, [1_000, 2_000, 4_000, 5_000, 5_000]);
        assert_eq!(attempts.count_attempt(POLICY, now + 60_000).map(|attempts| attempts.n), Ok(1));
    }

    #[test]
    fn who_was_right_has_not_tried() {
        let mut attempts = Attempts::default();
        for now in 0..100 {
            attempts = attempts.count_attempt(POLICY, now).expect("it was right each time").take_back();
        }
        assert!(attempts.is_over(POLICY, 100));
    }
}
