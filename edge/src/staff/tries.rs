//! How often a password may be tried.
//!
//! A try counts before it is looked at, so that many at once are as many as one after the other. Whether the account exists makes no
//! difference. What is refused for the time being is not counted: who has forgotten a password waits for minutes, not for ever.

use crate::gate::Measure;
use serde::{Deserialize, Serialize};

/// The first wait, in milliseconds; each further try doubles it.
const FIRST_MS: u64 = 5_000;
/// The longest wait, in milliseconds.
const LONGEST_MS: u64 = 900_000;
/// After so long without a try all are forgotten, in milliseconds.
pub const FORGOTTEN_MS: u64 = 3_600_000;

/// Tries of everybody together: each costs the edge some 20 MB and the better part of 100 ms.
pub const ALL: Measure = Measure::per_minute(120);
/// Most names and addresses that are remembered; the oldest are forgotten first.
pub const MAX_KEPT: u64 = 20_000;

/// Who tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whoever it is, with this account's name.
    Account,
    /// Whatever the name, from this address: an office may share one.
    Address,
}

impl Who {
    /// Tries that cost nothing.
    fn free(self) -> u32 {
        match self {
            Who::Account => 5,
            Who::Address => 20,
        }
    }
}

/// The tries since the last whole sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tries {
    /// How many.
    pub n: u32,
    /// When the last one was, in milliseconds since 1970.
    pub last: u64,
}

impl Tries {
    /// Whether nothing need be remembered of them.
    pub fn is_over(self, now: u64) -> bool {
        now.saturating_sub(self.last) >= FORGOTTEN_MS
    }

    /// One more, at `now`.
    ///
    /// # Errors
    /// How long to wait before it, in milliseconds; it is not counted then.
    pub fn take(self, who: Who, now: u64) -> Result<Tries, u64> {
        if self.is_over(now) {
            return Ok(Tries { n: 1, last: now });
        }
        let over = self.n.saturating_sub(who.free());
        // From 2^8 on it is longer than the longest.
        let wait = if self.n < who.free() { 0 } else { (FIRST_MS << over.min(8)).min(LONGEST_MS) };
        match (self.last + wait).checked_sub(now).filter(|ms| *ms > 0 && wait > 0) {
            Some(ms) => Err(ms),
            None => Ok(Tries { n: self.n.saturating_add(1), last: now }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_try_makes_the_next_one_wait_longer() {
        let (mut tries, mut now) = (Tries::default(), FORGOTTEN_MS);
        for _ in 0..5 {
            tries = tries.take(Who::Account, now).expect("mistyping is free");
        }
        let mut waits = Vec::new();
        for _ in 0..10 {
            let wait = tries.take(Who::Account, now).expect_err("too fast");
            assert!(tries.take(Who::Account, now + wait - 1).is_err(), "a moment too early");
            waits.push(wait / 1000);
            now += wait;
            tries = tries.take(Who::Account, now).expect("long enough");
        }
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
        assert_eq!(tries.take(Who::Account, now + FORGOTTEN_MS).map(|tries| tries.n), Ok(1));
    }

    #[test]
    fn an_office_shares_an_address() {
        let mut tries = Tries::default();
        let let_in =
            (0..100).filter(|_| tries.take(Who::Address, 9_000_000).map(|more| tries = more).is_ok());
        assert_eq!(let_in.count(), 20);
    }

    #[test]
    fn a_year_of_guessing_finds_no_code() {
        let (mut tries, mut now, mut tried) = (Tries::default(), FORGOTTEN_MS, 0_u64);
        while now < 365 * 86_400_000 {
            match tries.take(Who::Account, now) {
                Ok(more) => (tries, tried) = (more, tried + 1),
                Err(wait) => now += wait,
            }
        }
        // Three of a million codes are right at any time.
        assert!(tried < 40_000, "{tried}");
    }
}
