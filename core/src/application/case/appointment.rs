//! When and where the agency wants to see somebody about a case.

use super::dates::format_day;
use crate::limits::sanitize::clean_text;
use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

/// Longest place, in characters.
const MAX_CHARS: usize = 300;
/// Longest line of a calendar file, in bytes (RFC 5545, 3.1).
const LINE: usize = 75;

/// An appointment, by the agency's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Appointment {
    /// The day, `year-month-day`.
    pub date: String,
    /// The time, `08:30`.
    pub time: String,
    /// Where.
    #[serde(default)]
    pub place: String,
}

/// What a calendar is told besides time and place.
#[derive(Debug, Clone, Copy)]
pub struct CalendarEvent<'a> {
    /// What it is about.
    pub title: &'a str,
    /// The case's number.
    pub case: &'a str,
    /// The edge's host, which makes the event's name unique.
    pub host: &'a str,
    /// Grows whenever the agency reports something new.
    pub sequence: u64,
}

impl Appointment {
    /// What an agency says, made safe to show.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn validate(self) -> Result<Appointment, &'static str> {
        let (date, time) = self
            .date_time()
            .ok_or("an appointment needs \"date\": \"2026-12-01\" and \"time\": \"08:30\"")?;
        let place: String = clean_text(&self.place).chars().take(MAX_CHARS).collect();
        let (date, time) = (date.to_string(), format!("{:02}:{:02}", time.hour(), time.minute()));
        Ok(Appointment { date, time, place: place.trim().to_owned() })
    }

    fn date_time(&self) -> Option<(Date, Time)> {
        let (hour, minute) = self.time.split_once(':')?;
        let minute = minute.get(..2)?;
        Some((self.date.parse().ok()?, Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?))
    }

    /// As people read it: `8:30 1/12/2026`.
    pub fn format_time(&self) -> String {
        let at = self.date_time().map(|(_, time)| format!("{}:{:02} ", time.hour(), time.minute()));
        format!("{}{}", at.unwrap_or_default(), format_day(&self.date))
    }

    /// The file that calendars read (RFC 5545), by the agency's `clock`; `now` in milliseconds since 1970.
    ///
    /// A case has one appointment at a time, so the event is named by the case alone and its sequence grows with what the agency
    /// reports: a moved appointment takes the old one's place in the calendar that has it.
    pub fn to_icalendar(&self, about: CalendarEvent<'_>, clock: TimeZone, now: u64) -> Option<String> {
        let CalendarEvent { title, case, host, sequence } = about;
        let (date, time) = self.date_time()?;
        let begins = date.to_datetime(time).to_zoned(clock).ok()?.timestamp();
        let now = jiff::Timestamp::from_millisecond(i64::try_from(now).ok()?).ok()?;
        let utc = |at: jiff::Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
        let lines = [
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//Hoi//Hoi//EN".to_owned(),
            "METHOD:PUBLISH".to_owned(),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{case}@{host}"),
            format!("SEQUENCE:{sequence}"),
            format!("DTSTAMP:{}", utc(now)),
            format!("DTSTART:{}", utc(begins)),
            "DURATION:PT30M".to_owned(),
            format!("SUMMARY:{}", escape_text(&format!("{title} ({case})"))),
            format!("LOCATION:{}", escape_text(&self.place)),
            "END:VEVENT".to_owned(),
            "END:VCALENDAR".to_owned(),
        ];
        Some(lines.iter().map(|line| fold_line(line)).collect())
    }
}

fn escape_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line that goes on with a space where it is too long.
fn fold_line(line: &str) -> String {
    let mut out = String::new();
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::Offset;

    fn read(date: &str, time: &str, place: &str) -> Result<Appointment, &'static str> {
        Appointment { date: date.into(), time: time.into(), place: place.into() }.validate()
    }

    #[test]
    fn only_real_times_are_taken() {
        let appointment = read("2026-12-01", "8:30:00", " Quầy số 1 ").expect("it is one");
        assert_eq!((appointment.time.as_str(), appointment.place.as_str()), ("08:30", "Quầy số 1"));
        assert_eq!(appointment.format_time(), "8:30 1/12/2026");
        for (date, time) in
            [("2026-02-30", "8:30"), ("1/12/2026", "8:30"), ("2026-12-01", "24:30"), ("2026-12-01", "8h30")]
        {
            assert!(read(date, time, "").is_err(), "{date} {time}");
        }
    }

    #[test]
    fn calendars_can_read_it() {
        let place = format!("Quầy 1, {}", "Trung tâm Phục vụ hành chính công; ".repeat(4));
        let appointment = read("2026-12-01", "08:30", &place).expect("it is one");
        let event = CalendarEvent {
            title: "Đăng ký khai sinh",
            case: "K7QX3-M9DA0",
            host: "hoi.example",
            sequence: 7,
        };
        let hanoi = TimeZone::fixed(Offset::constant(7));
        let text = appointment.to_icalendar(event, hanoi.clone(), 0).expect("it is one");
        assert!(text.contains("UID:K7QX3-M9DA0@hoi.example\r\nSEQUENCE:7\r\n"), "{text}");
        let moved = read("2026-12-02", "09:00", &place).expect("it is one");
        let moved = moved.to_icalendar(CalendarEvent { sequence: 8, ..event }, hanoi, 0).expect("it is one");
        assert!(moved.contains("UID:K7QX3-M9DA0@hoi.example\r\nSEQUENCE:8\r\n"), "the same event: {moved}");
        assert!(text.contains("DTSTART:20261201T013000Z\r\n"), "{text}");
        // It is the hour that the agency's clock will show on that day.
        let paris = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a rule");
        for (date, utc) in [("2026-01-15", "20260115T073000Z"), ("2026-07-15", "20260715T063000Z")] {
            let text =
                read(date, "08:30", "Quầy 1").expect("it is one").to_icalendar(event, paris.clone(), 0);
            assert!(text.is_some_and(|text| text.contains(&format!("DTSTART:{utc}\r\n"))), "{date}");
        }
        assert!(text.lines().all(|line| line.len() <= LINE), "{text}");
        let whole = text.replace("\r\n ", "");
        assert!(whole.contains("LOCATION:Quầy 1\\, Trung tâm Phục vụ hành chính công\\; "), "{whole}");
        assert!(whole.contains("SUMMARY:Đăng ký khai sinh (K7QX3-M9DA0)\r\n"), "{whole}");
    }
}
