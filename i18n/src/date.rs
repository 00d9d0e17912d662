//! Days and times in words. A test in a real browser holds the names against `Intl`.

use crate::{Lang, Msg};
use jiff::civil::Date;

impl Lang {
    /// A time of day, in minutes since midnight: `7:30`, `7 h 30`; `24:00` at the day's end.
    pub fn time_of_day(self, minute: u16) -> String {
        self.clock_time(minute / 60, format_args!("{:02}", minute % 60))
    }

    /// What stands between two sentences.
    pub fn sentence_gap(self) -> &'static str {
        if matches!(self, Lang::Zh | Lang::Ja) { "" } else { " " }
    }

    /// Today, tomorrow, or the weekday with its date, for a day that is `ahead` days from today; with its year if `names_year`.
    pub fn relative_day(self, date: Date, ahead: i32, names_year: bool) -> String {
        match ahead {
            0 => self.text(Msg::Today).to_owned(),
            1 => self.text(Msg::Tomorrow).to_owned(),
            _ => self.long_date(date, names_year),
        }
    }

    /// The weekday with its date: `thứ Hai, 3/8`, `on Monday, 3 August`.
    pub fn long_date(self, date: Date, names_year: bool) -> String {
        let weekday = self.weekday(date.weekday().to_monday_zero_offset().unsigned_abs().into());
        let month = self.month_name((date.month() - 1).unsigned_abs().into());
        let day =
            if date.day() == 1 { self.text(Msg::FirstOfMonth).to_owned() } else { date.day().to_string() };
        if names_year {
            self.weekday_date_year(weekday, day, month, date.year())
        } else {
            self.weekday_date(weekday, day, month)
        }
    }
}
