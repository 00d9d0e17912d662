//! How often a password or a one-time code may be tried.
//!
//! Whether the account exists makes no difference. Nobody shuts an account for its owner: attempts are counted by name and
//! address together, and a browser in which somebody has signed in before ([`super::device`]) is counted by itself. What
//! all strangers do together slows them, and refuses only those who have been wrong lately.

use crate::limits::{
    attempts::{AttemptPolicy, Attempts},
    token_bucket::{RefillRate, TokenBucket},
};

/// After so long without an attempt all are forgotten, in milliseconds.
pub const FORGOTTEN_MS: u64 = 3_600_000;
/// Attempts of strangers together that wait for nothing: each costs the edge some 20 MB and the better part of 100 ms.
pub const STRANGERS_RATE: RefillRate = RefillRate::per_minute(120);
/// Most names and addresses that are remembered; the oldest are forgotten first.
pub const MAX_KEPT: u64 = 20_000;
/// The longest that an attempt is held before it is looked at, in milliseconds.
const LONGEST_DELAY_MS: u64 = 10_000;
/// How much each further attempt at an account, wherever it comes from, is slowed, in milliseconds.
const SLOWED_MS: u64 = 500;
/// Attempts at an account, wherever they come from, that slow nobody.
const UNSLOWED: u32 = 20;

/// How long it is quiet after a stranger's password was looked at, in times of what looking took: visitors are answered by the same
/// processor.
const QUIET: u64 = 2;

/// When the next password of a stranger is looked at: one after the other, however many come at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PasswordPace {
    next: u64,
}

impl PasswordPace {
    /// How long somebody who came at `since` waits at `now`, in milliseconds; 0: it is his turn. Nobody waits longer than ten seconds.
    pub fn remaining_wait(self, since: u64, now: u64) -> u64 {
        self.next.min(since + LONGEST_DELAY_MS).saturating_sub(now)
    }

    /// A password was looked at from `began` until `now`.
    pub fn record_check(&mut self, began: u64, now: u64) {
        self.next = now + QUIET * now.saturating_sub(began);
    }
}

/// Whether the `n`-th wrong attempt in a row is written into the trail: the first ones, and then each time they have doubled. A
/// trail is kept for good, and whoever guesses must not fill it.
pub fn is_noted(n: u32) -> bool {
    n <= 5 || n.is_power_of_two()
}

/// Who attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptKind {
    /// Somebody at this address with this account's name; where addresses are not told apart, anybody with that name.
    Account,
    /// Whatever the name, from this address: an office may share one.
    Address,
    /// Whoever tries codes after the right password.
    Code,
    /// A browser in which somebody has signed in with this name before.
    Device,
}

impl AttemptKind {
    /// How often, and how long to wait then.
    pub fn policy(self) -> AttemptPolicy {
        let free = if self == AttemptKind::Address { 20 } else { 5 };
        AttemptPolicy { free, first_ms: 5_000, longest_ms: 900_000, forgotten_ms: FORGOTTEN_MS }
    }
}

/// What is remembered of a stranger who tries a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StrangerAttempts {
    /// Attempts with this name from this address.
    pub account: Attempts,
    /// Attempts from this address; nothing where addresses are not told apart.
    pub address: Option<Attempts>,
    /// Attempts with this name from anywhere.
    pub everywhere: Attempts,
}

/// An attempt may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdmittedAttempt {
    /// What is remembered from now on.
    pub stranger: StrangerAttempts,
    /// How long it is held first, in milliseconds.
    pub delay_ms: u64,
}

impl StrangerAttempts {
    /// One more attempt, beside those that `all` strangers make.
    ///
    /// # Errors
    /// How long to wait before it, in milliseconds; it is not counted then.
    pub fn count_attempt(self, all: &mut TokenBucket, now: u64) -> Result<AdmittedAttempt, u64> {
        let fresh = self.address.is_some_and(|address| address.is_over(AttemptKind::Address.policy(), now));
        let account = self.account.count_attempt(AttemptKind::Account.policy(), now)?;
        let address = self
            .address
            .map(|address| address.count_attempt(AttemptKind::Address.policy(), now))
            .transpose()?;
        let everywhere = match self.everywhere.is_over(AttemptKind::Account.policy(), now) {
            true => Attempts { n: 1, last: now },
            false => Attempts { n: self.everywhere.n.saturating_add(1), last: now },
        };
        let busy = match all.take_token(STRANGERS_RATE, now) {
            Ok(()) => 0,
            // Who comes for the first time has done nothing wrong, however many others have.
            Err(_) if fresh => LONGEST_DELAY_MS,
            Err(wait) => return Err(wait),
        };
        // Where addresses are not told apart the account's own waits are all there is.
        let over = self.address.map_or(0, |_| everywhere.n.saturating_sub(UNSLOWED));
        let slowed = u64::from(over).saturating_mul(SLOWED_MS).min(LONGEST_DELAY_MS);
        Ok(AdmittedAttempt {
            stranger: StrangerAttempts { account, address, everywhere },
            delay_ms: busy.max(slowed),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stranger() -> StrangerAttempts {
        StrangerAttempts { address: Some(Attempts::default()), ..StrangerAttempts::default() }
    }

    #[test]
    fn many_at_once_are_looked_at_one_after_the_other() {
        let (mut pace, mut now, mut held) = (PasswordPace::default(), 1_000_000, Vec::new());
        let since = now;
        for _ in 0..100 {
            let wait = pace.remaining_wait(since, now);
            held.push(now + wait - since);
            now += wait;
            // It takes so long to look at one, on a machine that is busy.
            pace.record_check(now, now + 90);
            now += 90;
        }
        assert_eq!(held.get(..4), Some([0, 270, 540, 810].as_slice()));
        assert!(held.iter().filter(|held| **held < LONGEST_DELAY_MS).count() >= 37, "{held:?}");
        assert_eq!(pace.remaining_wait(now, now + 200), 0, "who comes later waits for nobody");
    }

    #[test]
    fn each_try_makes_the_next_one_wait_longer() {
        let (mut attempts, mut now) = (Attempts::default(), FORGOTTEN_MS);
        let policy = AttemptKind::Account.policy();
        for _ in 0..5 {
            attempts = attempts.count_attempt(policy, now).expect("mistyping is free");
        }
        let mut waits = Vec::new();
        for _ in 0..10 {
            let wait = attempts.count_attempt(policy, now).expect_err("too fast");
            assert!(attempts.count_attempt(policy, now + wait - 1).is_err(), "a moment too early");
            waits.push(wait / 1000);
            now += wait;
            attempts = attempts.count_attempt(policy, now).expect("long enough");
        }
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
        assert_eq!(attempts.count_attempt(policy, now + FORGOTTEN_MS).map(|attempts| attempts.n), Ok(1));
    }

    #[test]
    fn an_office_shares_an_address() {
        let mut attempts = Attempts::default();
        let policy = AttemptKind::Address.policy();
        let let_in = (0..100)
            .filter(|_| attempts.count_attempt(policy, 9_000_000).map(|more| attempts = more).is_ok());
        assert_eq!(let_in.count(), 20);
    }

    #[test]
    fn a_year_of_guessing_finds_no_code() {
        let (mut attempts, mut now, mut tried) = (Attempts::default(), FORGOTTEN_MS, 0_u64);
        while now < 365 * 86_400_000 {
            match attempts.count_attempt(AttemptKind::Code.policy(), now) {
                Ok(more) => (attempts, tried) = (more, tried + 1),
                Err(wait) => now += wait,
            }
        }
        // Three of a million codes are right at any time.
        assert!(tried < 40_000, "{tried}");
    }

    #[test]
    fn a_stranger_shuts_nobody_out() {
        let (now, mut all) = (FORGOTTEN_MS, TokenBucket::new_full(STRANGERS_RATE, FORGOTTEN_MS));
        // From one address: five attempts at an account, twenty at all.
        let mut here = stranger();
        let tried = (0..100)
            .filter(|_| here.count_attempt(&mut all, now).map(|go| here = go.stranger).is_ok())
            .count();
        assert_eq!(tried, 5);
        // From a thousand: the account's owner, from elsewhere, is slowed and not refused.
        let mut everywhere = here.everywhere;
        for _ in 0..1_000 {
            let go = StrangerAttempts { everywhere, ..stranger() }
                .count_attempt(&mut all, now)
                .expect("a first try");
            everywhere = go.stranger.everywhere;
            assert!(go.delay_ms <= LONGEST_DELAY_MS);
        }
        assert_eq!(
            StrangerAttempts { everywhere, ..stranger() }.count_attempt(&mut all, now).map(|go| go.delay_ms),
            Ok(LONGEST_DELAY_MS)
        );
        // Of another account, too; only who was wrong already waits for the others.
        assert!(stranger().count_attempt(&mut all, now).is_ok());
        let wrong =
            StrangerAttempts { address: Some(Attempts { n: 1, last: now }), ..StrangerAttempts::default() };
        assert!(wrong.count_attempt(&mut all, now).is_err());
    }

    #[test]
    fn a_trail_is_not_filled_by_guessing() {
        assert_eq!((1..=100_000).filter(|n| is_noted(*n)).count(), 5 + 14);
    }

    #[test]
    fn where_addresses_are_not_told_apart_the_name_is_what_counts() {
        let (now, mut all) = (FORGOTTEN_MS, TokenBucket::new_full(STRANGERS_RATE, FORGOTTEN_MS));
        let mut nobody = StrangerAttempts::default();
        let tried = (0..9)
            .filter(|_| nobody.count_attempt(&mut all, now).map(|go| nobody = go.stranger).is_ok())
            .count();
        assert_eq!(tried, 5);
        assert!(StrangerAttempts::default().count_attempt(&mut all, now).is_ok(), "another name");
    }
}
