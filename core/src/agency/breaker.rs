//! The circuit breaker: an agency that fails too often is left alone, but for one probe at a time.

use serde::{Deserialize, Serialize};

/// How long to wait between probes, and after a failure before the first of them, in milliseconds.
pub const PROBE_MS: u64 = 10_000;
/// How many of the last calls are looked at.
const WINDOW: u32 = 20;
/// Fewer calls than this prove nothing.
const ENOUGH: u32 = 5;
/// Calls longer ago than this prove nothing any more, in milliseconds.
const STALE_MS: u64 = 120_000;

/// How an agency's last calls went. Opens when half of them failed; closes with the first that doesn't.
///
/// ```text
/// closed ── half of the last 5..20 failed ──▶ open ── PROBE_MS ──▶ one probe ── good ──▶ closed
///                                              ▲                       └─ bad ─┐
///                                              └───────────────────────────────┘
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Breaker {
    /// The last calls, the newest in the lowest bit; a failure is 1.
    failed: u32,
    /// How many of the bits are calls.
    seen: u32,
    /// When the last call ended, in milliseconds since 1970.
    at: u64,
    /// Whether it is open.
    open: bool,
    /// Before this no probe is made, in milliseconds since 1970. Also set while closed, by a failure.
    probe_at: u64,
}

impl Breaker {
    /// Whether calls are held back.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Whether the last call was a failure, as far as that still matters.
    pub fn is_doubtful(&self) -> bool {
        self.open || (self.seen > 0 && self.failed & 1 == 1)
    }

    /// When the next probe may be made, in milliseconds since 1970.
    pub fn probe_at(&self) -> u64 {
        self.probe_at
    }

    /// A probe sets out: the next one waits, whatever becomes of this one.
    pub fn record_probe(&mut self, now: u64) {
        self.probe_at = now + PROBE_MS;
    }

    /// A call ended well.
    pub fn record_success(&mut self, now: u64) {
        if self.open {
            *self = Breaker::default();
        }
        self.record_result(0, now);
    }

    /// A call came to nothing.
    pub fn record_failure(&mut self, now: u64) {
        self.record_result(1, now);
        self.probe_at = self.probe_at.max(now + PROBE_MS);
        let failures = self.failed.count_ones();
        self.open |= self.seen >= ENOUGH && failures * 2 >= self.seen;
    }

    fn record_result(&mut self, bit: u32, now: u64) {
        if now.saturating_sub(self.at) > STALE_MS && !self.open {
            (self.failed, self.seen) = (0, 0);
        }
        self.failed = (self.failed << 1 | bit) & ((1 << WINDOW) - 1);
        self.seen = (self.seen + 1).min(WINDOW);
        self.at = now;
    }
}
