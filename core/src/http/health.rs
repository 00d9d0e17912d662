//! How often whoever asks after the edge's health makes it write.

/// A check is good for so long, in milliseconds: anybody may ask, and each check is a write.
const GOOD_MS: u64 = 1_000;

/// What a check has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HealthCheck {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// Whether what was written could be read.
    pub is_well: bool,
}

/// What the last check found, if that is recent enough to be said again.
pub fn repeat_verdict(last: Option<HealthCheck>, now: u64) -> Option<bool> {
    // A clock that was set back must not keep an old one alive.
    last.filter(|check| now.checked_sub(check.at).is_some_and(|age| age < GOOD_MS)).map(|check| check.is_well)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_repeated_after_a_second() {
        let last = Some(HealthCheck { at: 5_000, is_well: false });
        assert_eq!(repeat_verdict(None, 5_000), None);
        assert_eq!(repeat_verdict(last, 5_999), Some(false));
        assert_eq!(repeat_verdict(last, 6_000), None);
        assert_eq!(repeat_verdict(last, 4_000), None, "the clock was set back");
    }
}
