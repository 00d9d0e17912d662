//! Times that can't be mixed. Some protocols count in seconds: whatever does is [`Seconds`] here, so that a time which is a
//! bare number is in milliseconds.

use serde::{Deserialize, Serialize};
use std::ops::Add;

/// Milliseconds: how long, or since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub u64);

/// Seconds: how long, or since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seconds(pub u64);

impl Millis {
    /// The whole seconds in it.
    pub const fn to_seconds(self) -> Seconds {
        Seconds(self.0 / 1000)
    }
}

impl Seconds {
    /// So many days.
    pub const fn from_days(days: u32) -> Seconds {
        Seconds(days as u64 * 86_400)
    }

    /// The same in milliseconds; the longest there is, if it is longer.
    pub const fn to_millis(self) -> Millis {
        Millis(self.0.saturating_mul(1000))
    }

    /// How far apart the two are.
    pub const fn abs_diff(self, other: Seconds) -> Seconds {
        Seconds(self.0.abs_diff(other.0))
    }

    /// What is left of it after `other`; nothing, if that is longer.
    pub const fn saturating_sub(self, other: Seconds) -> Seconds {
        Seconds(self.0.saturating_sub(other.0))
    }
}

impl Add for Millis {
    type Output = Millis;

    fn add(self, other: Millis) -> Millis {
        Millis(self.0.saturating_add(other.0))
    }
}

impl Add for Seconds {
    type Output = Seconds;

    fn add(self, other: Seconds) -> Seconds {
        Seconds(self.0.saturating_add(other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_milliseconds_are_told_apart() {
        assert_eq!(Millis(1_999).to_seconds(), Seconds(1));
        assert_eq!(Seconds::from_days(2).to_millis(), Millis(172_800_000));
        assert_eq!(Seconds(u64::MAX).to_millis() + Millis(1), Millis(u64::MAX));
        assert_eq!(Seconds(3).saturating_sub(Seconds(5)), Seconds(0));
        assert_eq!(serde_json::to_string(&Millis(7)).unwrap(), "7", "it is written as the number it was");
    }
}
