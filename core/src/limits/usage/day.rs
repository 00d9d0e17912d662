//! Days of the agency's own clock.

use serde::{Deserialize, Serialize};

const DAY_MS: u64 = 86_400_000;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageDay {
    /// Its number since 1970.
    pub number: u64,
    /// When the next one begins, in milliseconds since 1970.
    pub ends: u64,
}

impl UsageDay {
    /// The day it is at `now`, `offset` minutes east of UTC.
    pub fn from_millis(now: u64, offset: i32) -> UsageDay {
        let shift = i64::from(offset) * 60_000;
        let number = now.saturating_add_signed(shift) / DAY_MS;
        UsageDay { number, ends: ((number + 1) * DAY_MS).saturating_add_signed(-shift) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_begins_at_the_agencys_midnight() {
        // 2026-01-01 16:59:59.999 UTC is a moment before midnight in Hanoi.
        let eve = 1_767_286_799_999;
        let (before, after) = (UsageDay::from_millis(eve, 420), UsageDay::from_millis(eve + 1, 420));
        assert_eq!(before.ends, eve + 1);
        assert_eq!(after.number, before.number + 1);
        assert_eq!(UsageDay::from_millis(eve, 0).ends, eve + 1 + 7 * 3_600_000);
        assert_eq!(UsageDay::from_millis(0, -300).number, 0, "before 1970 there is no day");
    }
}
