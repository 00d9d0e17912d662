//! Moments as operators write them.

use anyhow::Context as _;
use jiff::{Timestamp, Zoned, civil::DateTime, tz::TimeZone};

/// The moment meant by `text`: a time from now (or before), a time with its offset, or one by the clock of `now`.
///
/// # Errors
/// If it is none of these; with examples.
pub fn parse_moment(text: &str, now: &Zoned) -> anyhow::Result<Timestamp> {
    if let Ok(span) = text.parse::<jiff::Span>() {
        return Ok(now.checked_add(span)?.timestamp());
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let zone: TimeZone = now.time_zone().clone();
    let local = text.parse::<DateTime>().with_context(|| {
        format!("\"{text}\" is no time: write \"2h\", \"2026-08-01 17:00\" or \"2026-08-01T17:00+07:00\"")
    })?;
    Ok(zone.to_ambiguous_timestamp(local).compatible()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        let now: Zoned = "2026-07-29T10:00+07:00[+07:00]".parse().unwrap();
        for (text, expected) in [
            ("2h", "2026-07-29T05:00:00Z"),
            ("2h ago", "2026-07-29T01:00:00Z"),
            ("1 day 30m", "2026-07-30T03:30:00Z"),
            ("2026-08-01 17:00", "2026-08-01T10:00:00Z"),
            ("2026-08-01T17:00+09:00", "2026-08-01T08:00:00Z"),
        ] {
            assert_eq!(parse_moment(text, &now).unwrap().to_string(), expected, "{text}");
        }
        assert!(parse_moment("tomorrow", &now).is_err());
    }
}
