//! The lists of public holidays that come along: `calendar = "vn"` in `[hours]`.
//!
//! What a list says of a year becomes [`Exception`]s of the site, so that the edge knows nothing of lists; what it says of
//! the years behind its last one becomes [`Holiday`]s.

use super::fields::{SourceSpan as Place, TomlTable};
use crate::{Exception, Holiday, Hours, Text};
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The lists, by the name that a site writes.
const LISTS: &[(&str, &str)] = &[("vn", include_str!("../../data/holidays/vn.toml"))];
/// A site that keeps other days than a list it seems to follow, and knows it.
const NONE: &str = "none";
/// From this month on the next year's notices are expected.
const NOTICES_FROM: i8 = 10;
/// Most days named in one warning.
const NAMED: usize = 6;
/// How far ahead weekend days between days off are looked for, and how far on either side of one, in days.
const SOON: i32 = 62;
const BESIDE: i32 = 3;

/// A list: what is known of each year, and what is left for those behind the last.
#[derive(Debug, Deserialize)]
struct Calendar {
    names: BTreeMap<String, Text>,
    rules: HolidayRules,
    /// By the year, as it is written.
    #[serde(flatten)]
    years: BTreeMap<String, Year>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    status: NoticeStatus,
    #[allow(dead_code, reason = "for whoever maintains the list; a test holds that it is a date")]
    checked: String,
    #[allow(dead_code, reason = "for whoever maintains the list; a test holds that there is one")]
    sources: Vec<String>,
    closed: Vec<Closed>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum NoticeStatus {
    /// The year's notices are out.
    Announced,
    /// They are not: only what follows from the law.
    Law,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Closed {
    date: String,
    name: String,
    /// The day that is worked in its place.
    worked: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayRules {
    since: i16,
    days: Vec<HolidayRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayRule {
    date: Option<String>,
    lunar: Option<String>,
    #[serde(default)]
    before: u8,
    #[serde(default = "default_one")]
    days: u8,
    name: String,
}

fn default_one() -> u8 {
    1
}

impl Calendar {
    fn load_calendar(name: &str) -> Option<Calendar> {
        let (_, text) = LISTS.iter().find(|(list, _)| *list == name)?;
        toml::from_str(text).ok()
    }

    /// Every closed day with the day worked in its place.
    fn closed_days(&self) -> impl Iterator<Item = (Date, Option<Date>, &str)> {
        let days = self.years.values().flat_map(|year| &year.closed);
        days.filter_map(|day| {
            let worked = day.worked.as_deref().and_then(|date| date.parse().ok());
            Some((day.date.parse().ok()?, worked, day.name.as_str()))
        })
    }

    /// What it calls something, in `languages`.
    fn calendar_name(&self, key: &str, languages: &[String]) -> Text {
        let mut name = self.names.get(key).cloned().unwrap_or_default();
        name.0.retain(|lang, _| languages.contains(lang));
        name
    }

    fn holiday_rules(&self, languages: &[String]) -> impl Iterator<Item = Holiday> {
        self.rules.days.iter().filter_map(|rule| {
            let lunar = rule.lunar.is_some();
            let (day, month) = super::hours::day_of_year(rule.lunar.as_ref().or(rule.date.as_ref())?, lunar)?;
            let (before, days, since) = (rule.before, rule.days, Some(self.rules.since));
            Some(Holiday {
                name: self.calendar_name(&rule.name, languages),
                month,
                day,
                lunar,
                before,
                days,
                since,
            })
        })
    }
}

/// Adds to `hours` what the site's calendar says, and warns where it says too little or something else than the site's
/// own days. `today` is the day on which it is checked; without one nothing is said that a later day would unsay.
///
/// The site's own exceptions and holidays stand before the calendar.
pub(super) fn read_calendar(table: &TomlTable<'_>, hours: &mut Hours, today: Option<Date>) {
    const FIX: &str = "write calendar = \"vn\" for offices in Vietnam, or leave it out";
    let named = table.read_string("calendar", table.get_value("calendar"), FIX);
    let swaps = table.flag_or("swaps", true);
    let Some((name, place)) = named else {
        seems_vietnamese(table, hours, today);
        return;
    };
    if name == NONE {
        return;
    }
    let Some(calendar) = Calendar::load_calendar(&name) else {
        let known: Vec<&str> = LISTS.iter().map(|(name, _)| *name).chain([NONE]).collect();
        let what = format!("\"{name}\" is no list of holidays known here");
        let fix = format!(
            "write one of: {}; elsewhere leave it out, and write the days off into holidays and exceptions",
            known.join(", ")
        );
        table.report_error("calendar", place, what, &fix);
        return;
    };
    report_contradictions(table, hours, &calendar, swaps, today);
    if let Some(today) = today {
        too_old(table, &calendar, &name, place, today);
    }
    add_calendar(hours, &calendar, swaps, table.file.languages);
    if let Some(today) = today {
        between_days_off(table, hours, &calendar, swaps, today);
    }
}

fn add_calendar(hours: &mut Hours, calendar: &Calendar, swaps: bool, languages: &[String]) {
    let own = |hours: &Hours, date: Date| {
        let day = (date.year(), date.month(), date.day());
        hours.exceptions.iter().any(|exception| exception.date == day)
    };
    let exception =
        |date: Date, open, name| Exception { date: (date.year(), date.month(), date.day()), open, name };
    let mut added = Vec::new();
    for (date, worked, name) in calendar.closed_days().filter(|(_, worked, _)| swaps || worked.is_none()) {
        if !own(hours, date) {
            added.push(exception(date, Vec::new(), calendar.calendar_name(name, languages)));
        }
        // A day worked instead has the hours of the day it replaces.
        let free = |worked: &Date| !own(hours, *worked) && hours.opening_on(*worked).1.is_none();
        if let Some(worked) = worked.filter(free).filter(|_| !hours.usual_opening(date).is_empty()) {
            added.push(exception(worked, hours.usual_opening(date).to_vec(), Text::default()));
        }
    }
    hours.exceptions.extend(added);
    hours.holidays.extend(calendar.holiday_rules(languages));
}

/// Notices give days off from a weekend to a weekend; an office that works on Saturdays says for itself whether it does
/// then. Asked of it while there is time to answer.
fn between_days_off(table: &TomlTable<'_>, hours: &Hours, calendar: &Calendar, swaps: bool, today: Date) {
    let off: Vec<Date> =
        calendar.closed_days().filter(|(_, worked, _)| swaps || worked.is_none()).map(|day| day.0).collect();
    let after = |date: Date, days: i32| date.checked_add(jiff::Span::new().days(days)).ok();
    // The nearest day on which it is usually open: a day off?
    let beside = |date: Date, step: i32| {
        let days = (1..=BESIDE).filter_map(|days| after(date, days * step));
        days.into_iter()
            .find(|day| !hours.usual_opening(*day).is_empty())
            .is_some_and(|day| off.contains(&day))
    };
    let days = (0..=SOON).filter_map(|days| after(today, days));
    let unsaid = |date: &Date| {
        let (open, why) = hours.opening_on(*date);
        is_weekend(*date) && !open.is_empty() && why.is_none()
    };
    let named: Vec<String> = days
        .filter(|date| unsaid(date) && (beside(*date, 1) || beside(*date, -1)))
        .map(|date| date.to_string())
        .collect();
    if named.is_empty() {
        return;
    }
    let place = table.get_value("calendar").map_or_else(|| table.span.clone(), |value| value.span());
    let what = format!("leaves it open on weekend days that join days off: {}", named.join(", "));
    let fix =
        "say what holds in exceptions: the date alone if it is closed, with open = [\"7:30-11:30\"] if not";
    table.report_warning("calendar", place, what, fix);
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Where the site's own holidays stand.
fn own_days(table: &TomlTable<'_>) -> Place {
    table.get_value("holidays").map_or_else(|| table.span.clone(), |value| value.span())
}

/// A holiday of the site's own on a day that the calendar says is worked.
fn report_contradictions(
    table: &TomlTable<'_>,
    hours: &Hours,
    calendar: &Calendar,
    swaps: bool,
    today: Option<Date>,
) {
    let worked = calendar.closed_days().filter_map(|(_, worked, _)| worked).filter(|_| swaps);
    for date in worked.filter(|date| today.is_none_or(|today| *date >= today)) {
        if hours.holidays.iter().any(|holiday| holiday.falls_on(date)) {
            let what = format!("close on {date}, a day that is worked by the calendar in place of another");
            let fix = format!("take the day out, or write what holds into exceptions: date = \"{date}\"");
            table.report_warning("holidays", own_days(table), what, &fix);
        }
    }
}

/// The calendar ends too early, or says only what follows from the law.
fn too_old(table: &TomlTable<'_>, calendar: &Calendar, name: &str, place: Place, today: Date) {
    let next = (today.month() >= NOTICES_FROM).then(|| today.year() + 1);
    for year in [Some(today.year()), next].into_iter().flatten() {
        let what = match calendar.years.get(&year.to_string()).map(|year| year.status) {
            Some(NoticeStatus::Announced) => continue,
            Some(NoticeStatus::Law) => {
                format!("\"{name}\" has no notice of {year} yet, only the days that follow from the law")
            }
            None => format!("\"{name}\" has no list for {year}, only the fixed holidays"),
        };
        let fix = format!(
            "get a newer hoi and publish again once the days off of {year} are announced; until then write those you know into exceptions"
        );
        table.report_warning("calendar", place.clone(), what, &fix);
    }
}

/// A site that keeps Vietnam's holidays by rules of its own would say that it is open on days off that no rule knows.
fn seems_vietnamese(table: &TomlTable<'_>, hours: &Hours, today: Option<Date>) {
    let tet = |holiday: &Holiday| (holiday.lunar, holiday.month, holiday.day) == (true, 1, 1);
    let Some((today, calendar)) = today.zip(Calendar::load_calendar("vn")) else { return };
    if !hours.holidays.iter().any(tet) {
        return;
    }
    let near = |date: &Date| *date >= today && date.year() <= today.year() + 1;
    let open: Vec<Date> = calendar
        .closed_days()
        .map(|day| day.0)
        .filter(|date| near(date) && !hours.opening_on(*date).0.is_empty())
        .collect();
    if open.is_empty() {
        return;
    }
    let named: Vec<String> = open.iter().take(NAMED).map(Date::to_string).collect();
    let more = if open.len() > NAMED { format!(" and {} more", open.len() - NAMED) } else { String::new() };
    let what = format!("leave it open on days off of offices in Vietnam: {}{more}", named.join(", "));
    let fix =
        "write calendar = \"vn\" and keep only days of your own; or calendar = \"none\" if it is open then";
    table.report_warning("holidays", own_days(table), what, fix);
}

#[cfg(test)]
mod tests;
