//! How many messages one visitor may still send: so many a minute, and so many a day. Whose rate it limits, and when it is charged:
//! [`crate::conversation::apply_message_rate_limit`].

use super::token_bucket::{RefillRate, TokenBucket};
use serde::{Deserialize, Serialize};
use site::Limits;

/// What one visitor may still send.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MessageBudget {
    minute: TokenBucket,
    day: TokenBucket,
}

impl MessageBudget {
    /// Nothing was sent yet.
    pub fn new_full(limits: &Limits, now: u64) -> Self {
        let [minute, day] = message_refill_rates(limits).map(|rate| TokenBucket::new_full(rate, now));
        MessageBudget { minute, day }
    }

    /// Takes one message out.
    ///
    /// # Errors
    /// How long to wait, in milliseconds; nothing is taken then.
    pub fn take_message(&mut self, limits: &Limits, now: u64) -> Result<(), u64> {
        let [minute, day] = message_refill_rates(limits);
        let before = *self;
        let taken = self.minute.take_token(minute, now).and_then(|()| self.day.take_token(day, now));
        taken.inspect_err(|_| *self = before)
    }
}

fn message_refill_rates(limits: &Limits) -> [RefillRate; 2] {
    [RefillRate::per_minute(limits.messages_per_minute), RefillRate::per_day(limits.messages_per_day)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_bounded_too() {
        let limits = Limits { messages_per_minute: 60, messages_per_day: 100, ..Limits::default() };
        let mut budget = MessageBudget::new_full(&limits, 0);
        let said = (0..600).filter(|second| budget.take_message(&limits, second * 1000).is_ok()).count();
        assert_eq!(said, 100);
        // A hundred a day is one in 864 s; ten minutes of them have passed.
        assert!(matches!(budget.take_message(&limits, 600_000), Err(264_000..=264_001)));
        assert_eq!(budget.take_message(&limits, 864_001), Ok(()));
    }
}
