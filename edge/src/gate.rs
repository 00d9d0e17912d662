//! What is let in: sizes and rates. Counting is exact, because it happens where the conversation lives.

use serde::{Deserialize, Serialize};
use wire::{Fault, limits};

/// What one visitor may still send: a bucket that fills steadily and is emptied by messages.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    /// Messages that may be sent right now; may be a fraction.
    left: f64,
    /// When `left` was right, in milliseconds since 1970.
    at: u64,
}

impl Budget {
    /// A full bucket.
    pub fn full(per_minute: u32, now: u64) -> Self {
        Budget { left: f64::from(per_minute), at: now }
    }

    /// Takes one message out.
    ///
    /// # Errors
    /// How long to wait, in milliseconds, if the bucket is empty.
    pub fn take(&mut self, per_minute: u32, now: u64) -> Result<(), u64> {
        let per_ms = f64::from(per_minute.max(1)) / 60_000.0;
        // A clock that jumped back must not take messages away.
        let elapsed = now.saturating_sub(self.at) as f64;
        self.left = (self.left + elapsed * per_ms).min(f64::from(per_minute));
        self.at = now;
        if self.left < 1.0 {
            return Err(((1.0 - self.left) / per_ms).ceil() as u64);
        }
        self.left -= 1.0;
        Ok(())
    }
}

/// What a visitor said, made safe to keep and to show.
///
/// # Errors
/// [`Fault::TooLong`] for more than [`limits::MAX_SAY_CHARS`] characters, [`Fault::Malformed`] for nothing at all.
pub fn said(text: &str) -> Result<String, Fault> {
    if text.chars().nth(limits::MAX_SAY_CHARS).is_some() {
        return Err(Fault::TooLong);
    }
    let clean = plain(text);
    let trimmed = clean.trim();
    if trimmed.is_empty() { Err(Fault::Malformed) } else { Ok(trimmed.to_owned()) }
}

/// `text` without the characters that change how other text is shown or that nobody can see.
///
/// Taken out: control characters but for tab and line feed; Unicode tags (U+E0000..E007F), which carry invisible
/// instructions to language models; bidirectional embeddings, overrides and isolates, which make one host look like
/// another. The zero-width joiner stays: emoji and several scripts need it.
pub fn plain(text: &str) -> String {
    let keep = |c: &char| match *c {
        '\n' | '\t' => true,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E0000}'..='\u{E007F}' | '\u{FEFF}' => false,
        c => !c.is_control(),
    };
    text.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_the_steady_rate() {
        let mut budget = Budget::full(15, 0);
        for _ in 0..15 {
            assert_eq!(budget.take(15, 0), Ok(()));
        }
        assert_eq!(budget.take(15, 0), Err(4_000));
        assert_eq!(budget.take(15, 4_000), Ok(()));
        assert!(budget.take(15, 4_000).is_err());
    }

    #[test]
    fn a_clock_that_jumps_back_costs_nothing() {
        let mut budget = Budget::full(2, 60_000);
        assert_eq!(budget.take(2, 0), Ok(()));
        assert_eq!(budget.take(2, 0), Ok(()));
        assert!(budget.take(2, 0).is_err());
    }

    #[test]
    fn what_nobody_sees_is_taken_out() {
        assert_eq!(plain("a\u{202e}b\u{e0041}c\u{0}d\ne👨‍👩‍👧"), "abcd\ne👨‍👩‍👧");
        assert_eq!(said("  \u{200b}\u{feff}x "), Ok("\u{200b}x".to_owned()));
        assert_eq!(said(" \u{feff}\n"), Err(Fault::Malformed));
        assert_eq!(
            said(&"ệ".repeat(limits::MAX_SAY_CHARS)).map(|t| t.chars().count()),
            Ok(limits::MAX_SAY_CHARS)
        );
        assert_eq!(said(&"x".repeat(limits::MAX_SAY_CHARS + 1)), Err(Fault::TooLong));
    }
}
