//! When the agency is open.

use crate::Text;
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
