//! Times and plurals, as the visitor's browser tells them.

use super::shell;

pub use browser::timers::now;

/// `at` as hours and minutes where the visitor is; with the day in front if it isn't today.
pub fn format_time(at: u64, lang: &str) -> String {
    shell::time(at as f64, lang)
}

/// `at` as `2026-01-31T08:15:00.000Z`.
pub fn format_iso(at: u64) -> String {
    shell::iso(at as f64)
}

/// The plural category of `n` in `lang`, by CLDR's names; empty where the browser doesn't know.
pub fn plural_category(lang: &str, n: usize) -> String {
    shell::plural(lang, n as u32).unwrap_or_default()
}

/// The day `date`, `2026-01-31`, as it is said in `lang`.
pub fn format_day(date: &str, lang: &str) -> String {
    shell::day(date, lang)
}
