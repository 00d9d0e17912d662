//! `Retry-After` (RFC 9110, 10.2.3): seconds, or a date.

use crate::time::Seconds;
use jiff::fmt::rfc2822::DateTimeParser;

/// Longest wait that is taken from an agency, in milliseconds; a mistyped year must not silence a site.
pub const MAX_HOLD_MS: u64 = 3_600_000;

/// How long the agency asks to be left alone, in milliseconds from `now` (milliseconds since 1970). Anything that
/// can't be read is no wish.
///
/// ```
/// use hoi_core::agency::retry_after;
/// assert_eq!(retry_after("120", 0), Some(120_000));
/// assert_eq!(retry_after("Fri, 31 Dec 1999 23:59:59 GMT", 946_684_798_000), Some(1_000));
/// ```
pub fn retry_after(value: &str, now: u64) -> Option<u64> {
    let value = value.trim();
    let wait = if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        Seconds(value.parse().unwrap_or(u64::MAX)).to_millis().0
    } else {
        http_date(value)?.saturating_sub(now)
    };
    Some(wait.min(MAX_HOLD_MS))
}

/// Milliseconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`. The two older forms, which nobody may send, are not read.
fn http_date(text: &str) -> Option<u64> {
    // A wrong day of the week leaves no doubt about the time.
    const PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    let time = PARSER.parse_timestamp(text).ok().filter(|_| text.ends_with(" GMT"))?;
    u64::try_from(time.as_millisecond()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates() {
        let now = 784_111_777_000; // Sun, 06 Nov 1994 08:49:37 GMT
        let cases = [
            ("0", Some(0)),
            (" 7 ", Some(7_000)),
            ("99999999999999999999", Some(MAX_HOLD_MS)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60_000)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("Thu, 29 Feb 2024 00:00:00 GMT", Some(MAX_HOLD_MS)),
            ("", None),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("Sun, 06 Nov 1994 08:49:37 UTC", None),
            ("Sun, 06 ovD 1994 08:49:37 GMT", None),
            ("Sun, 6x Nov 1994 08:49:37 GMT", None),
            ("Sunday, 06-Nov-94 08:49:37 GMT", None),
        ];
        for (value, expected) in cases {
            assert_eq!(retry_after(value, now), expected, "{value:?}");
        }
    }
}
