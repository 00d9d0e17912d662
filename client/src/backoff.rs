//! How long to wait before connecting again.

/// The first wait is at most this long; each further one up to twice as long.
const BASE_MS: u64 = 500;

/// Exponential backoff with jitter: a wait is uniform between a share of a bound and the bound, which doubles with every
/// failed attempt. So a thousand clients cut off at once don't come back at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// No wait is longer, in milliseconds.
    pub max_ms: u64,
    /// No wait is shorter than so many hundredths of its bound; 0 is "full jitter".
    pub min_percent: u64,
}

impl Backoff {
    /// The wait after `attempts` failed ones, in milliseconds. `chance` is uniform over all of `u32`.
    pub fn delay_ms(self, attempts: u32, chance: u32) -> u64 {
        let bound = (BASE_MS << attempts.min(16)).min(self.max_ms);
        let least = bound * self.min_percent / 100;
        least + (((bound - least) * u64::from(chance)) >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_bound_and_are_spread() {
        let (full, half) =
            (Backoff { max_ms: 30_000, min_percent: 0 }, Backoff { max_ms: 15_000, min_percent: 50 });
        for (attempts, bound) in [(0, 500), (1, 1_000), (3, 4_000), (6, 30_000), (40, 30_000)] {
            assert_eq!(full.delay_ms(attempts, 0), 0, "{attempts}");
            assert_eq!(full.delay_ms(attempts, u32::MAX), bound - 1, "{attempts}");
            assert!(full.delay_ms(attempts, u32::MAX / 2).abs_diff(bound / 2) <= 1, "{attempts}");
            let bound = bound.min(15_000);
            assert_eq!(half.delay_ms(attempts, 0), bound / 2, "{attempts}");
            assert_eq!(half.delay_ms(attempts, u32::MAX), bound - 1, "{attempts}");
        }
    }
}
