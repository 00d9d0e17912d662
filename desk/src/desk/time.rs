//! Waits and days, in words and figures.

use crate::words::Words;
use jiff::{ToSpan as _, civil::Date};

/// How often what is shown of waiting times moves, in milliseconds.
pub const TICK_MS: u64 = 15_000;
const MINUTE_MS: u64 = 60_000;
const DAY_MS: u64 = 24 * 60 * MINUTE_MS;

/// How long something took, short: `5 min`, `2 h`, `3 d` in the words' language.
pub fn format_duration(words: &Words, ms: u64) -> String {
    let minutes = ms / MINUTE_MS;
    match minutes {
        0 => words.just_now.to_owned(),
        1..60 => words.minutes.fill(minutes),
        60..1440 => words.hours.fill(minutes / 60),
        _ => words.days.fill(minutes / 1440),
    }
}

/// The day of `at`, in days since 1970, by a clock that is `offset` minutes ahead of UTC.
pub fn day_of(at: u64, offset: i32) -> u64 {
    at.saturating_add_signed(i64::from(offset) * MINUTE_MS as i64) / DAY_MS
}

/// A day given in days since 1970, as `2026-01-31`.
pub fn format_day(day: u64) -> String {
    let first = Date::constant(1970, 1, 1);
    let days = i32::try_from(day).unwrap_or(0);
    first.checked_add(days.days()).map(|date| date.to_string()).unwrap_or_default()
}
