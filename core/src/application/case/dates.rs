//! Dates and times as people read them.

use crate::hours::to_timestamp;
use i18n::Lang;
use jiff::{civil::Date, tz::TimeZone};

/// A time as people read it, by `clock`: `15:30 27/3/2026`.
pub fn format_time(ms: u64, clock: &TimeZone) -> String {
    let at = clock.to_datetime(to_timestamp(ms));
    format!("{:02}:{:02} {}/{}/{}", at.hour(), at.minute(), at.day(), at.month(), at.year())
}

/// A date as people read it: `27/3/2026`.
pub fn format_day(iso: &str) -> String {
    iso.parse::<Date>()
        .map_or_else(|_| iso.to_owned(), |date| format!("{}/{}/{}", date.day(), date.month(), date.year()))
}

/// A date, or as much of it as is known, as people say it in `lang`.
///
/// ```
/// use hoi_core::application::case::format_date;
/// assert_eq!(format_date("1945-03-27", "vi"), "27/3/1945");
/// assert_eq!(format_date("1945-03", "vi"), "tháng 3 năm 1945");
/// assert_eq!(format_date("1945", "vi"), "năm 1945");
/// assert_eq!(format_date("1945", "en"), "1945");
/// ```
pub fn format_date(iso: &str, lang: &str) -> String {
    let mut parts = iso.split('-');
    let (year, month) =
        (parts.next().unwrap_or_default(), parts.next().map(|month| month.trim_start_matches('0')));
    match (month, parts.next()) {
        (_, Some(_)) => format_day(iso),
        (None, None) => Lang::for_tag(lang).year_alone(year),
        (Some(month), None) => Lang::for_tag(lang).month_and_year(month, year),
    }
}
