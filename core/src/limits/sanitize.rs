//! What is let in: sizes and rates. Counting is exact, because it happens where the conversation lives.

use crate::limits::invisible;
use serde::{Deserialize, Serialize};
use site::Limits;
use unicode_normalization::UnicodeNormalization as _;
use wire::{Fault, limits};

/// What may still be used: it fills steadily and is emptied by use.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bucket {
    /// What may be used right now; may be a fraction.
    left: f64,
    /// When `left` was right, in milliseconds since 1970.
    at: u64,
}

/// What a [`Bucket`] holds, and how long an empty one takes to be full, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    holds: u32,
    fills_ms: u64,
}

impl Measure {
    /// So much a minute.
    pub const fn per_minute(holds: u32) -> Measure {
        Measure { holds: if holds == 0 { 1 } else { holds }, fills_ms: 60_000 }
    }

    /// So much at once, and so much a minute when that is used up.
    pub const fn with_burst(holds: u32, per_minute: u32) -> Measure {
        let (holds, per_minute) =
            (if holds == 0 { 1 } else { holds }, if per_minute == 0 { 1 } else { per_minute });
        Measure { holds, fills_ms: 60_000 * holds as u64 / per_minute as u64 }
    }

    /// So much a day.
    pub const fn per_day(holds: u32) -> Measure {
        Measure { holds: if holds == 0 { 1 } else { holds }, fills_ms: 86_400_000 }
    }

    fn per_ms(self) -> f64 {
        f64::from(self.holds) / self.fills_ms as f64
    }
}

impl Bucket {
    /// A full one.
    pub fn new_full(measure: Measure, now: u64) -> Self {
        Bucket { left: f64::from(measure.holds), at: now }
    }

    /// Whether nothing is missing from it at `now`.
    pub fn is_full(&self, measure: Measure, now: u64) -> bool {
        self.refill_until(measure, now).left >= f64::from(measure.holds)
    }

    /// Takes one out.
    ///
    /// # Errors
    /// How long to wait, in milliseconds, if it is empty.
    pub fn take_token(&mut self, measure: Measure, now: u64) -> Result<(), u64> {
        self.take_part(1.0, measure, now)
    }

    /// The same for a `part` of one.
    ///
    /// # Errors
    /// How long to wait, in milliseconds, if that much isn't left.
    pub fn take_part(&mut self, part: f64, measure: Measure, now: u64) -> Result<(), u64> {
        *self = self.refill_until(measure, now);
        if self.left < part {
            return Err(((part - self.left) / measure.per_ms()).ceil() as u64);
        }
        self.left -= part;
        Ok(())
    }

    fn refill_until(&self, measure: Measure, now: u64) -> Bucket {
        // A clock that jumped back must not take anything away.
        let elapsed = now.saturating_sub(self.at) as f64;
        Bucket { left: (self.left + elapsed * measure.per_ms()).min(f64::from(measure.holds)), at: now }
    }
}

/// What one visitor may still send.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    minute: Bucket,
    day: Bucket,
}

impl Budget {
    /// Nothing was sent yet.
    pub fn new_full(limits: &Limits, now: u64) -> Self {
        let [minute, day] = message_measures(limits).map(|measure| Bucket::new_full(measure, now));
        Budget { minute, day }
    }

    /// Takes one message out.
    ///
    /// # Errors
    /// How long to wait, in milliseconds; nothing is taken then.
    pub fn take_message(&mut self, limits: &Limits, now: u64) -> Result<(), u64> {
        let [minute, day] = message_measures(limits);
        let before = *self;
        let taken = self.minute.take_token(minute, now).and_then(|()| self.day.take_token(day, now));
        taken.inspect_err(|_| *self = before)
    }
}

fn message_measures(limits: &Limits) -> [Measure; 2] {
    [Measure::per_minute(limits.messages_per_minute), Measure::per_day(limits.messages_per_day)]
}

/// What a visitor said, made safe to keep and to show.
///
/// # Errors
/// [`Fault::TooLong`] for more than [`limits::MAX_SAY_CHARS`] characters, [`Fault::Malformed`] for nothing at all.
pub fn clean_message(text: &str) -> Result<String, Fault> {
    // No letter that anybody types is made of more than four.
    if text.chars().nth(4 * limits::MAX_SAY_CHARS).is_some() {
        return Err(Fault::TooLong);
    }
    let clean = clean_text(text);
    let trimmed = clean.trim();
    if trimmed.chars().nth(limits::MAX_SAY_CHARS).is_some() {
        return Err(Fault::TooLong);
    }
    if trimmed.is_empty() { Err(Fault::Malformed) } else { Ok(trimmed.to_owned()) }
}

/// The same of what goes with files: then there need be no words.
///
/// # Errors
/// [`Fault::TooLong`] for more than [`limits::MAX_SAY_CHARS`] characters.
pub fn clean_message_with_files(text: &str) -> Result<String, Fault> {
    if text.trim().is_empty() { Ok(String::new()) } else { clean_message(text) }
}

/// `text` as everything that comes in from people or leaves for them is kept, compared and passed on: [`visible_text`], and composed
/// (Unicode's normalization form C).
///
/// Keyboards that type marks apart (XKB's Vietnamese one), texts out of PDFs and names of files from macOS come decomposed. They
/// look the same, and are found by nobody who searches for the composed form.
pub fn clean_text(text: &str) -> String {
    visible_text(text).nfc().collect()
}

/// `text` without the characters that change how other text is shown or that nobody can see: control characters but for
/// tab and line feed, and those of [`invisible`]. What another system calls something goes through this alone: its names are compared
/// byte by byte.
pub fn visible_text(text: &str) -> String {
    invisible::strip_invisible(text)
}

/// A short text that stands by itself, such as a button's.
pub fn clean_label(text: &str) -> String {
    clean_text(text).chars().take(limits::MAX_LABEL_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_the_steady_rate() {
        let mut bucket = Bucket::new_full(Measure::per_minute(15), 0);
        for _ in 0..15 {
            assert_eq!(bucket.take_token(Measure::per_minute(15), 0), Ok(()));
        }
        assert_eq!(bucket.take_token(Measure::per_minute(15), 0), Err(4_000));
        assert_eq!(bucket.take_token(Measure::per_minute(15), 4_000), Ok(()));
        assert!(bucket.take_token(Measure::per_minute(15), 4_000).is_err());
        assert!(!bucket.is_full(Measure::per_minute(15), 4_000));
        assert!(bucket.is_full(Measure::per_minute(15), 64_000));
    }

    #[test]
    fn a_clock_that_jumps_back_costs_nothing() {
        let mut bucket = Bucket::new_full(Measure::per_minute(2), 60_000);
        assert_eq!(bucket.take_token(Measure::per_minute(2), 0), Ok(()));
        assert_eq!(bucket.take_token(Measure::per_minute(2), 0), Ok(()));
        assert!(bucket.take_token(Measure::per_minute(2), 0).is_err());
    }

    #[test]
    fn a_day_is_bounded_too() {
        let limits = Limits { messages_per_minute: 60, messages_per_day: 100, ..Limits::default() };
        let mut budget = Budget::new_full(&limits, 0);
        let said = (0..600).filter(|second| budget.take_message(&limits, second * 1000).is_ok()).count();
        assert_eq!(said, 100);
        // A hundred a day is one in 864 s; ten minutes of them have passed.
        assert!(matches!(budget.take_message(&limits, 600_000), Err(264_000..=264_001)));
        assert_eq!(budget.take_message(&limits, 864_001), Ok(()));
    }

    #[test]
    fn marks_typed_apart_are_put_together() {
        // As XKB's Vietnamese layout, macOS and many PDFs write it; the last one with its marks in another order.
        for apart in ["nghie\u{302}\u{301}ng", "nghi\u{ea}\u{301}ng", "nghie\u{302}\u{301}ng\u{feff}"] {
            assert_eq!(clean_text(apart), "nghiếng");
        }
        assert_eq!(clean_text("e\u{323}\u{302}"), clean_text("e\u{302}\u{323}"));
        assert_eq!(visible_text("e\u{301}"), "e\u{301}");
        // As many letters are let in as anybody counts.
        let long = "e\u{302}\u{301}".repeat(limits::MAX_SAY_CHARS);
        assert_eq!(clean_message(&long), Ok("ế".repeat(limits::MAX_SAY_CHARS)));
        assert_eq!(clean_message(&format!("{long}e")), Err(Fault::TooLong));
    }

    #[test]
    fn what_nobody_sees_is_taken_out() {
        assert_eq!(clean_text("a\u{202e}b\u{e0041}c\u{0}d\ne👨‍👩‍👧"), "abcd\ne👨‍👩‍👧");
        assert_eq!(clean_message("  \u{200b}\u{feff}x "), Ok("x".to_owned()));
        assert_eq!(clean_message(" \u{feff}\n"), Err(Fault::Malformed));
        assert_eq!(
            clean_message(&"ệ".repeat(limits::MAX_SAY_CHARS)).map(|t| t.chars().count()),
            Ok(limits::MAX_SAY_CHARS)
        );
        assert_eq!(clean_message(&"x".repeat(limits::MAX_SAY_CHARS + 1)), Err(Fault::TooLong));
    }
}
