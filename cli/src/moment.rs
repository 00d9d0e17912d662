//! Moments as operators write them.

use anyhow::{Context as _, bail};
use jiff::{Timestamp, Zoned, civil::DateTime, tz::TimeZone};

/// The moment meant by `text`: a time from now (or before), a time with its offset, or one by the clock of `now`. `examples` say how to write
/// it.
///
/// # Errors
/// If it is none of these.
pub fn parse_moment(text: &str, now: &Zoned, examples: &str) -> anyhow::Result<Timestamp> {
    if let Ok(span) = text.parse::<jiff::Span>() {
        return Ok(now.checked_add(span)?.timestamp());
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let zone: TimeZone = now.time_zone().clone();
    let local =
        text.parse::<DateTime>().with_context(|| format!("\"{text}\" is no time: write {examples}"))?;
    Ok(zone.to_ambiguous_timestamp(local).compatible()?)
}

/// The moment before `now` meant by `text`.
///
/// # Errors
/// If it is none, or is still to come; with examples.
pub fn parse_past_moment(text: &str, now: &Zoned) -> anyhow::Result<Timestamp> {
    let examples = "\"2h ago\", \"2026-08-01 17:00\" or \"2026-08-01T17:00+07:00\"";
    let moment = parse_moment(text, now, examples)?;
    if moment > now.timestamp() {
        bail!(
            "\"{text}\" is still to come ({}): write {examples}",
            format_zoned(&moment.to_zoned(now.time_zone().clone()))
        );
    }
    Ok(moment)
}

/// `moment` by this machine's clock.
pub fn format_local(moment: Timestamp) -> String {
    format_zoned(&moment.to_zoned(TimeZone::system()))
}

fn format_zoned(moment: &Zoned) -> String {
    moment.strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
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
            assert_eq!(parse_moment(text, &now, "").unwrap().to_string(), expected, "{text}");
        }
        let refusal = parse_moment("tomorrow", &now, "\"2h\"").unwrap_err();
        assert_eq!(refusal.to_string(), "\"tomorrow\" is no time: write \"2h\"");
    }

    #[test]
    fn of_the_past_no_moment_is_still_to_come() {
        let now: Zoned = "2026-07-29T10:00+07:00[+07:00]".parse().unwrap();
        for (text, expected) in
            [("2h ago", "2026-07-29T01:00:00Z"), ("2026-07-29 10:00", "2026-07-29T03:00:00Z")]
        {
            assert_eq!(parse_past_moment(text, &now).unwrap().to_string(), expected, "{text}");
        }
        for text in ["2h", "2026-07-29 10:01", "2026-07-29T03:00:01Z", "yesterday"] {
            let refusal = parse_past_moment(text, &now).unwrap_err().to_string();
            assert!(refusal.contains("write \"2h ago\""), "{refusal}");
        }
    }
}
