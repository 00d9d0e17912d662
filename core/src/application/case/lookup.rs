//! How often the second fact of a case may be guessed. It may be four digits of a telephone: a few mistakes are free, then
//! the waits grow, for the number and for the address. Who is right when the wait is over gets in; the conversation that
//! the case was filed in, and the agency, are not kept from anything.

use crate::limits::attempts::{AttemptPolicy, Attempts};

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

/// What tries are remembered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// At one number, from one address.
    Both,
    /// At one number, from anywhere.
    Number,
    /// From one address, at any number: a counter for citizens may look up many, and mistype some.
    Address,
}

/// Most numbers and addresses that are remembered; those with the fewest tries are forgotten first.
pub const MAX_KEPT: u64 = 20_000;

impl By {
    /// How often, and how long to wait then.
    pub fn policy(self) -> AttemptPolicy {
        let (free, longest_ms) = match self {
            By::Both => (5, DAY_MS),
            By::Number => (10, 6 * HOUR_MS),
            By::Address => (40, HOUR_MS),
        };
        AttemptPolicy { free, first_ms: MINUTE_MS, longest_ms, forgotten_ms: 7 * DAY_MS }
    }
}

/// One more of all of them at once, or of none.
///
/// # Errors
/// How long to wait, in milliseconds: the longest of the waits.
pub fn count_attempts(tries: &[(By, Attempts)], now: u64) -> Result<Vec<Attempts>, u64> {
    let taken = tries.iter().map(|(by, tries)| tries.count_attempt(by.policy(), now));
    let (more, waits): (Vec<_>, Vec<_>) = taken.partition(Result::is_ok);
    match waits.into_iter().filter_map(Result::err).max() {
        Some(wait) => Err(wait),
        None => Ok(more.into_iter().filter_map(Result::ok).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Guesses as fast as it may for so many hours, from so many addresses in turn; how often it could.
    fn guesses(hours: u64, addresses: usize) -> usize {
        let (mut number, mut pairs, mut own) =
            (Attempts::default(), vec![Attempts::default(); addresses], vec![Attempts::default(); addresses]);
        let mut guessed = 0;
        for now in (0..hours * 60).map(|minute| 8 * DAY_MS + minute * MINUTE_MS) {
            for n in 0..addresses {
                while let Ok(more) =
                    count_attempts(&[(By::Both, pairs[n]), (By::Number, number), (By::Address, own[n])], now)
                {
                    (pairs[n], number, own[n]) = (more[0], more[1], more[2]);
                    guessed += 1;
                }
            }
        }
        guessed
    }

    #[test]
    fn a_fact_of_four_digits_is_not_found() {
        // It was ten thousand tries in 33 hours.
        assert!(guesses(33, 1) <= 18, "{}", guesses(33, 1));
        assert!(guesses(33, 100) <= 24, "{}", guesses(33, 100));
        assert!(guesses(90 * 24, 20) <= 400, "{}", guesses(90 * 24, 20));
    }

    #[test]
    fn an_address_that_tries_one_number_after_the_other_waits_too() {
        let mut own = Attempts::default();
        let tried = (0..1_000).filter(|_| {
            let fresh =
                [(By::Both, Attempts::default()), (By::Number, Attempts::default()), (By::Address, own)];
            count_attempts(&fresh, 8 * DAY_MS).map(|more| own = more[2]).is_ok()
        });
        assert_eq!(tried.count(), 40);
    }

    #[test]
    fn the_owner_gets_in_from_elsewhere_and_after_the_wait() {
        let now = 8 * DAY_MS;
        let (mut pair, mut number) = (Attempts::default(), Attempts::default());
        while let Ok(more) = count_attempts(&[(By::Both, pair), (By::Number, number)], now) {
            (pair, number) = (more[0], more[1]);
        }
        assert_eq!(number.n, 5, "one address does not use up what all have");
        assert!(count_attempts(&[(By::Both, Attempts::default()), (By::Number, number)], now).is_ok());
        let wait = count_attempts(&[(By::Both, pair), (By::Number, number)], now).expect_err("too soon");
        assert_eq!(wait, MINUTE_MS);
        assert!(count_attempts(&[(By::Both, pair), (By::Number, number)], now + wait).is_ok());
    }
}
