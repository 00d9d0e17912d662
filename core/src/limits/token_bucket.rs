//! Token buckets, of which every rate limit here is made: so much at once, and then as much as flows in.

use serde::{Deserialize, Serialize};

/// What may still be used: it fills steadily and is emptied by use. Counting is exact, because each bucket lives in one place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TokenBucket {
    /// What may be used right now; may be a fraction.
    left: f64,
    /// When `left` was right, in milliseconds since 1970.
    at: u64,
}

/// How much a [`TokenBucket`] holds, and how long an empty one takes to be full, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefillRate {
    capacity: u32,
    refill_ms: u64,
}

impl RefillRate {
    /// So much a minute.
    pub const fn per_minute(capacity: u32) -> RefillRate {
        RefillRate { capacity: if capacity == 0 { 1 } else { capacity }, refill_ms: 60_000 }
    }

    /// So much at once, and so much a minute when that is used up.
    pub const fn with_burst(capacity: u32, per_minute: u32) -> RefillRate {
        let (capacity, per_minute) =
            (if capacity == 0 { 1 } else { capacity }, if per_minute == 0 { 1 } else { per_minute });
        RefillRate { capacity, refill_ms: 60_000 * capacity as u64 / per_minute as u64 }
    }

    /// So much a day.
    pub const fn per_day(capacity: u32) -> RefillRate {
        RefillRate { capacity: if capacity == 0 { 1 } else { capacity }, refill_ms: 86_400_000 }
    }

    fn per_ms(self) -> f64 {
        f64::from(self.capacity) / self.refill_ms as f64
    }
}

impl TokenBucket {
    /// A full one.
    pub fn new_full(rate: RefillRate, now: u64) -> Self {
        TokenBucket { left: f64::from(rate.capacity), at: now }
    }

    /// Whether nothing is missing from it at `now`.
    pub fn is_full(&self, rate: RefillRate, now: u64) -> bool {
        self.refill_until(rate, now).left >= f64::from(rate.capacity)
    }

    /// Takes one out.
    ///
    /// # Errors
    /// How long to wait, in milliseconds, if it is empty.
    pub fn take_token(&mut self, rate: RefillRate, now: u64) -> Result<(), u64> {
        self.take_tokens(1.0, rate, now)
    }

    /// Takes so many out: `count` may be a part of one.
    ///
    /// # Errors
    /// How long to wait, in milliseconds, if that much isn't left.
    pub fn take_tokens(&mut self, count: f64, rate: RefillRate, now: u64) -> Result<(), u64> {
        *self = self.refill_until(rate, now);
        if self.left < count {
            return Err(((count - self.left) / rate.per_ms()).ceil() as u64);
        }
        self.left -= count;
        Ok(())
    }

    fn refill_until(&self, rate: RefillRate, now: u64) -> TokenBucket {
        // A clock that jumped back must not take anything away.
        let elapsed = now.saturating_sub(self.at) as f64;
        TokenBucket { left: (self.left + elapsed * rate.per_ms()).min(f64::from(rate.capacity)), at: now }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_the_steady_rate() {
        let mut bucket = TokenBucket::new_full(RefillRate::per_minute(15), 0);
        for _ in 0..15 {
            assert_eq!(bucket.take_token(RefillRate::per_minute(15), 0), Ok(()));
        }
        assert_eq!(bucket.take_token(RefillRate::per_minute(15), 0), Err(4_000));
        assert_eq!(bucket.take_token(RefillRate::per_minute(15), 4_000), Ok(()));
        assert!(bucket.take_token(RefillRate::per_minute(15), 4_000).is_err());
        assert!(!bucket.is_full(RefillRate::per_minute(15), 4_000));
        assert!(bucket.is_full(RefillRate::per_minute(15), 64_000));
    }

    #[test]
    fn a_clock_that_jumps_back_costs_nothing() {
        let mut bucket = TokenBucket::new_full(RefillRate::per_minute(2), 60_000);
        assert_eq!(bucket.take_token(RefillRate::per_minute(2), 0), Ok(()));
        assert_eq!(bucket.take_token(RefillRate::per_minute(2), 0), Ok(()));
        assert!(bucket.take_token(RefillRate::per_minute(2), 0).is_err());
    }
}
