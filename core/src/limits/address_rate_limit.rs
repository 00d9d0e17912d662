//! How much may come from one internet address in all its conversations: messages, and messages sent again.
//!
//! A conversation bounds itself ([`crate::conversation::apply_message_rate_limit`], [`crate::limits::frame_rate_limit`]), and a site's counts bound a day
//! ([`crate::limits::usage`]). Between the two somebody may begin a hundred conversations in a minute and use up each of them at once.
//! Like [`crate::limits::frame_rate_limit`] this lives in memory: taking from it writes nothing.

use crate::limits::token_bucket::{RefillRate, TokenBucket};
use site::Limits;
use std::collections::BTreeMap;

/// Messages a minute from one address, for each that the site lets a visitor send: an office may share one.
const VISITORS: u32 = 16;
/// The part of it that may come at once. Whoever sits in one office does not press Enter in the same second.
const AT_ONCE: u32 = 4;
/// Messages sent again a minute: ten times the longest answer to a hello.
const RESENT: RefillRate = RefillRate::per_minute(10 * wire::limits::MAX_RESUME as u32);
/// Most addresses that are remembered. Beyond that those who waited longest start afresh.
const MAX_ADDRESSES: usize = 10_000;

/// What one address may still use.
#[derive(Debug, Clone, Copy, PartialEq)]
struct AddressBuckets {
    messages: TokenBucket,
    resent: TokenBucket,
}

/// What addresses may still use, under their names of the day. Who has no name, because the edge is told no addresses, is not
/// bounded.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AddressRateLimits {
    left: BTreeMap<String, AddressBuckets>,
}

impl AddressRateLimits {
    /// Takes a message, or something else that costs as much.
    ///
    /// # Errors
    /// How long to wait, in milliseconds.
    pub fn take_message(&mut self, address: Option<&str>, limits: &Limits, now: u64) -> Result<(), u64> {
        let rate = message_refill_rate(limits);
        self.buckets_for(address, limits, now).map_or(Ok(()), |left| left.messages.take_token(rate, now))
    }

    /// Takes so many messages that are to be sent (again).
    ///
    /// # Errors
    /// How long to wait, in milliseconds.
    pub fn take_resends(
        &mut self,
        address: Option<&str>,
        messages: u64,
        limits: &Limits,
        now: u64,
    ) -> Result<(), u64> {
        let messages = messages.min(wire::limits::MAX_RESUME as u64);
        self.buckets_for(address, limits, now)
            .map_or(Ok(()), |left| left.resent.take_tokens(messages as f64, RESENT, now))
    }

    fn buckets_for(
        &mut self,
        address: Option<&str>,
        limits: &Limits,
        now: u64,
    ) -> Option<&mut AddressBuckets> {
        let address = address?;
        let rate = message_refill_rate(limits);
        if self.left.len() >= MAX_ADDRESSES && !self.left.contains_key(address) {
            let is_full =
                |left: &AddressBuckets| left.messages.is_full(rate, now) && left.resent.is_full(RESENT, now);
            self.left.retain(|_, left| !is_full(left));
            if self.left.len() >= MAX_ADDRESSES {
                self.left.clear();
            }
        }
        let full = || AddressBuckets {
            messages: TokenBucket::new_full(rate, now),
            resent: TokenBucket::new_full(RESENT, now),
        };
        Some(self.left.entry(address.to_owned()).or_insert_with(full))
    }
}

/// Messages of one address.
fn message_refill_rate(limits: &Limits) -> RefillRate {
    let visitor = limits.messages_per_minute;
    RefillRate::with_burst(visitor.saturating_mul(AT_ONCE), visitor.saturating_mul(VISITORS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits { messages_per_minute: 15, ..Limits::default() }
    }

    #[test]
    fn many_conversations_of_one_address_say_no_more_than_an_office_does() {
        let mut limits_of = AddressRateLimits::default();
        let mut said = |address, from: u64, to: u64| {
            (from..to).filter(|ms| limits_of.take_message(address, &limits(), *ms).is_ok()).count()
        };
        // All at once, then as fast as it is let for the rest of a minute.
        assert_eq!(said(Some("flood"), 0, 1), 1);
        assert_eq!(said(Some("flood"), 1, 60_000), 60 - 1 + 240 - 1);
        // Others are not touched, and who is not named is not bounded here.
        assert_eq!(said(Some("office"), 0, 60), 60);
        assert_eq!(said(None, 0, 1_000), 1_000);
    }

    #[test]
    fn a_class_that_writes_at_the_same_moment_is_let_in() {
        let mut limits_of = AddressRateLimits::default();
        for pupil in 0..40 {
            assert_eq!(limits_of.take_message(Some("school"), &limits(), pupil), Ok(()), "{pupil}");
        }
        // Each of them again every fifteen seconds, for an hour.
        for second in 15..3_600 {
            for _ in 0..(if second % 3 == 0 { 8 } else { 0 }) {
                assert_eq!(
                    limits_of.take_message(Some("school"), &limits(), second * 1_000),
                    Ok(()),
                    "{second}"
                );
            }
        }
    }

    #[test]
    fn many_conversations_of_one_address_are_sent_no_more_for_that() {
        let mut limits_of = AddressRateLimits::default();
        let mut sent =
            |address| (0..100).filter(|_| limits_of.take_resends(address, 500, &limits(), 0).is_ok()).count();
        assert_eq!((sent(Some("office")), sent(Some("elsewhere")), sent(None)), (10, 10, 100));
    }

    #[test]
    fn memory_is_bounded() {
        let mut limits_of = AddressRateLimits::default();
        for n in 0..2 * MAX_ADDRESSES {
            let _taken = limits_of.take_message(Some(&n.to_string()), &limits(), 0);
        }
        assert!(limits_of.left.len() <= MAX_ADDRESSES);
    }
}
