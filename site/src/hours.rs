//! When the agency is open.

use crate::{Lunar, Text, lunar};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// `[hours]` in `site.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hours {
    /// The spans of each day of the week, Monday first; none: closed.
    pub week: [Vec<Span>; 7],
    /// Days on which it is closed every year.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
    /// Days that are otherwise than their weekday and the holidays say.
    #[serde(default)]
    pub exceptions: Vec<Exception>,
    /// The clock, where it changes with the seasons: a rule as in POSIX's `TZ` (`CET-1CEST,M3.5.0,M10.5.0/3`). Absent: the
    /// site's `utc_offset`.
    #[serde(default)]
    pub clock: Option<String>,
}

/// A time of one day, in minutes since its midnight: `from` is in it, `to` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// At most 1439.
    pub from: u16,
    /// More than `from`, at most 1440: midnight.
    pub to: u16,
}

/// Days on which it is closed every year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// Its name; may be empty.
    #[serde(default)]
    pub name: Text,
    /// Which month, 1 to 12.
    pub month: u8,
    /// Which day of it, 1 to 31; to 30 by the moon.
    pub day: u8,
    /// Whether that is a date of Vietnam's lunar calendar.
    #[serde(default)]
    pub lunar: bool,
    /// How many days before that date it begins.
    #[serde(default)]
    pub before: u8,
    /// How many days it lasts, with those before.
    pub days: u8,
    /// The first year in which it is kept; absent: every year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<i16>,
}

/// A day that is otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// Year, month and day.
    pub date: (i16, i8, i8),
    /// When it is open; nothing: closed.
    #[serde(default)]
    pub open: Vec<Span>,
    /// Why; may be empty.
    #[serde(default)]
    pub name: Text,
}

impl Hours {
    /// When it is open on `date` (empty: closed), and the name of the exception or holiday that makes that day another
    /// than its weekday. An exception stands before a holiday, a holiday before the weekday.
    pub fn opening_on(&self, date: Date) -> (&[Span], Option<&Text>) {
        let own = (date.year(), date.month(), date.day());
        if let Some(exception) = self.exceptions.iter().find(|exception| exception.date == own) {
            return (&exception.open, Some(&exception.name));
        }
        if let Some(holiday) = self.holidays.iter().find(|holiday| holiday.falls_on(date)) {
            return (&[], Some(&holiday.name));
        }
        (self.usual_opening(date), None)
    }

    /// When it is open on a day of `date`'s weekday.
    pub fn usual_opening(&self, date: Date) -> &[Span] {
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        self.week.get(weekday).map_or(&[], Vec::as_slice)
    }
}

impl Holiday {
    /// Whether `date` is one of its days.
    pub fn falls_on(&self, date: Date) -> bool {
        let first = -i64::from(self.before);
        (first..first + i64::from(self.days)).any(|after| {
            let Ok(day) = date.checked_sub(jiff::Span::new().days(after)) else { return false };
            if self.since.is_some_and(|since| day.year() < since) {
                return false;
            }
            if self.lunar {
                let Lunar { month, day, leap } = lunar::lunar_date(days_since_epoch(day));
                return (month, day, leap) == (self.month, self.day, false);
            }
            (day.month(), day.day()) == (self.month as i8, self.day as i8)
        })
    }
}

/// Days from 1 January 1970 to `date`.
pub(crate) fn days_since_epoch(date: Date) -> i64 {
    let since = date.duration_since(Date::constant(1970, 1, 1));
    since.as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days_since_epoch(date(1970, 1, 1)), 0);
        assert_eq!(days_since_epoch(date(2026, 7, 29)), 20_663);
        assert_eq!(days_since_epoch(date(1969, 12, 31)), -1);
    }

    #[test]
    fn a_holiday_begins_with_its_first_year() {
        let culture = Holiday {
            name: Text::default(),
            month: 11,
            day: 24,
            lunar: false,
            before: 0,
            days: 1,
            since: Some(2026),
        };
        assert!(!culture.falls_on(date(2025, 11, 24)));
        assert!(culture.falls_on(date(2026, 11, 24)));
        // Tết's eve is counted with the year of Tết itself.
        let tet = Holiday { month: 1, day: 1, lunar: true, before: 1, days: 2, since: Some(2027), ..culture };
        assert!(!tet.falls_on(date(2026, 2, 17)));
        assert!(tet.falls_on(date(2027, 2, 5)));
        assert!(!tet.falls_on(date(2027, 2, 7)));
    }
}
