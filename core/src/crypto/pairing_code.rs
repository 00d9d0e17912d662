//! Going on elsewhere: a code that opens a conversation on another device, once, within ten minutes.
//!
//! A ticket would do as well, but a ticket is long, lasts as long as the conversation, and may not stand in a URL. The
//! code is short enough to be read out and typed; the link and the picture hold the same code behind a `#`, which
//! browsers send to nobody. The edge keeps only its digest ([`crate::crypto::code`]).

use crate::limits::token_bucket::{RefillRate, TokenBucket};
use std::collections::BTreeMap;

/// How long a code opens, in milliseconds.
pub const LIFE_MS: u64 = 600_000;

/// Who tried codes, or numbers of cases, lately. One address may mistype a few times; all together may not search: with a
/// thousand codes open at once, a year of trying would hit one with a chance of 3 in 100,000. What others do is no reason to
/// refuse somebody who tries for the first time: so ten thousand addresses would have a chance of 5 in 1,000.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tries {
    everybody: Option<TokenBucket>,
    addresses: BTreeMap<String, TokenBucket>,
}

/// Tries of one address.
const EACH: RefillRate = RefillRate::per_minute(5);
/// Tries of everybody together.
const ALL: RefillRate = RefillRate::per_minute(60);
/// Most addresses that are remembered; beyond that whoever has most left is forgotten.
const MAX_ADDRESSES: usize = 4_096;

impl Tries {
    /// Counts one more by `address`; `None` where the edge isn't told addresses.
    ///
    /// # Errors
    /// How long to wait, in milliseconds.
    pub fn count_attempt(&mut self, address: Option<&str>, now: u64) -> Result<(), u64> {
        let mut first = false;
        if let Some(address) = address {
            if self.addresses.len() >= MAX_ADDRESSES && !self.addresses.contains_key(address) {
                self.make_room(now);
            }
            let own =
                self.addresses.entry(address.to_owned()).or_insert_with(|| TokenBucket::new_full(EACH, now));
            first = own.is_full(EACH, now);
            own.take_token(EACH, now)?;
        }
        let taken =
            self.everybody.get_or_insert_with(|| TokenBucket::new_full(ALL, now)).take_token(ALL, now);
        if first { Ok(()) } else { taken }
    }

    /// Forgets those who have recovered; if there are none, half of all.
    fn make_room(&mut self, now: u64) {
        self.addresses.retain(|_, bucket| !bucket.is_full(EACH, now));
        if self.addresses.len() >= MAX_ADDRESSES {
            let mut keep = false;
            self.addresses.retain(|_, _| {
                keep = !keep;
                keep
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searching_is_stopped_and_typing_is_not() {
        let mut tries = Tries::default();
        assert!((0..5).all(|_| tries.count_attempt(Some("a"), 0).is_ok()));
        assert_eq!(tries.count_attempt(Some("a"), 0), Err(12_000));
        assert_eq!(tries.count_attempt(Some("b"), 0), Ok(()));
        assert_eq!(tries.count_attempt(Some("a"), 12_000), Ok(()));
        let mut many = Tries::default();
        // A second try waits for the others; a first one never does.
        let twice = |n: &u32| {
            many.count_attempt(Some(&n.to_string()), 0).is_ok()
                && many.count_attempt(Some(&n.to_string()), 0).is_ok()
        };
        assert!((0..1_000).filter(twice).count() <= 30);
        let let_in =
            (1_000..10_000).filter(|n: &u32| many.count_attempt(Some(&n.to_string()), 0).is_ok()).count();
        assert_eq!(let_in, 9_000);
        assert!(many.addresses.len() <= MAX_ADDRESSES);
        let unnamed =
            (0..600).filter(|second| many.count_attempt(None, 60_000 + second * 1_000).is_ok()).count();
        assert!((600..=660).contains(&unnamed), "{unnamed}: one a second");
    }
}
