//! The retry budget: an agency in trouble is not asked twice as often because it is in trouble.

use serde::{Deserialize, Serialize};

/// What each first try adds: so retries are at most a tenth of the calls.
pub const SHARE: f64 = 0.1;
/// What a site that is hardly used has nevertheless, and gets back in [`RESERVE_MS`] for each.
pub const RESERVE: f64 = 3.0;
/// How long one retry of the reserve takes to come back, in milliseconds.
const RESERVE_MS: f64 = 600_000.0;
/// Most retries that are saved up.
const MOST: f64 = 20.0;

/// How many retries a site has left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RetryBudget {
    left: f64,
    at: u64,
}

impl Default for RetryBudget {
    fn default() -> Self {
        RetryBudget { left: RESERVE, at: 0 }
    }
}

impl RetryBudget {
    /// A question is asked for the first time.
    pub fn record_first_try(&mut self) {
        self.left = (self.left + SHARE).min(MOST);
    }

    /// Whether retries were taken out since `other` was written.
    pub fn is_less_than(&self, other: &RetryBudget) -> bool {
        self.left < other.left
    }

    /// Takes one retry out, if there is one.
    pub fn take_retry(&mut self, now: u64) -> bool {
        if self.left < RESERVE {
            let elapsed = now.saturating_sub(self.at) as f64;
            self.left = (self.left + elapsed / RESERVE_MS).min(RESERVE);
        }
        self.at = now;
        let enough = self.left >= 1.0;
        if enough {
            self.left -= 1.0;
        }
        enough
    }
}
