//! Whether the agency is open, and when it is next.
//!
//! [`opening_state`] decides from the site's `[hours]` and the time; [`status_line`] says it in the site's languages, and [`add_opening_hours`] puts it
//! where a visitor is sent to the agency's people.

mod sentence;
#[cfg(test)]
mod tests;

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::{Offset, TimeZone},
};
use site::{Hours, Settings, Site, Text};
use wire::{Block, Body, Run};

/// How far ahead the next opening is looked for, in days.
const AHEAD: i32 = 400;
/// Who is open on so many days without a break is always open.
const ALWAYS: i32 = 8;

/// Whether it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpeningState<'a> {
    /// It is.
    Open {
        /// Until when; nothing: always.
        until: Option<At>,
    },
    /// It isn't.
    Closed {
        /// When it is again; nothing: not within a year.
        again: Option<At>,
        /// What today's holiday or exception is called.
        why: Option<&'a Text>,
    },
}

/// A time to come, by the agency's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The day.
    pub date: Date,
    /// Minutes since its midnight; 1440 only at its end.
    pub minute: u16,
    /// In how many days that is; 0: today.
    pub days: i32,
    /// Whether it is in another year than today.
    pub other_year: bool,
}

/// Whether the agency is open at `now` (milliseconds since 1970). `None`: the site doesn't say.
pub fn opening_state(settings: &Settings, now: u64) -> Option<OpeningState<'_>> {
    let hours = settings.hours.as_ref()?;
    let clock = time_zone(settings);
    let now = Timestamp::from_millisecond(i64::try_from(now).ok()?).ok()?;
    let today = clock.to_datetime(now);
    let minute = (today.hour() as u16) * 60 + today.minute() as u16;
    let at = |days: i32, minute: u16| -> Option<At> {
        let date = today.date().checked_add(jiff::Span::new().days(days)).ok()?;
        Some(At { date, minute, days, other_year: date.year() != today.year() })
    };
    let (spans, why) = hours.opening_on(today.date());
    if let Some(span) = spans.iter().find(|span| span.from <= minute && minute < span.to) {
        return Some(OpeningState::Open { until: closing_time(hours, &at, span.to) });
    }
    let next = (0..AHEAD).find_map(|days| {
        let at = at(days, 0)?;
        let spans = hours.opening_on(at.date).0;
        let span = spans.iter().find(|span| days > 0 || span.from > minute)?;
        Some(At { minute: span.from, ..at })
    });
    Some(OpeningState::Closed { again: next.map(|next| adjust_for_dst(next, &clock)), why })
}

/// The agency's date.
pub fn today(settings: &Settings, now: u64) -> Date {
    time_zone(settings).to_datetime(to_timestamp(now)).date()
}

/// How far the agency's clock is from UTC at `now`, in minutes, east positive.
pub fn offset_minutes(settings: &Settings, now: u64) -> i32 {
    time_zone(settings).to_offset(to_timestamp(now)).seconds() / 60
}

/// The agency's clock.
pub fn time_zone(settings: &Settings) -> TimeZone {
    let rule = settings.hours.as_ref().and_then(|hours| hours.clock.as_ref());
    let rule = rule.and_then(|rule| TimeZone::posix(rule).ok());
    let fixed = || Offset::from_seconds(settings.utc_offset_minutes * 60).unwrap_or(Offset::UTC);
    rule.unwrap_or_else(|| TimeZone::fixed(fixed()))
}

/// `at`, in milliseconds since 1970; 1970 itself for what lies beyond all calendars.
pub fn to_timestamp(at: u64) -> Timestamp {
    let at = i64::try_from(at).ok().and_then(|at| Timestamp::from_millisecond(at).ok());
    at.unwrap_or_default()
}

/// The last of `count` working days after today: days on which it is open, or Monday to Friday where the site doesn't
/// say. Nothing if there are not so many within [`AHEAD`].
pub fn working_day(settings: &Settings, now: u64, count: u32) -> Option<Date> {
    let today = today(settings, now);
    let works = |date: &Date| match &settings.hours {
        Some(hours) => !hours.opening_on(*date).0.is_empty(),
        None => date.weekday().to_monday_zero_offset() < 5,
    };
    let days = (1..AHEAD).filter_map(|days| today.checked_add(jiff::Span::new().days(days)).ok());
    days.filter(works).nth(usize::try_from(count.max(1)).ok()? - 1)
}

/// The end of what is open now and ends at minute `to` of today: a day that ends at midnight goes on in the next one.
fn closing_time(hours: &Hours, at: &impl Fn(i32, u16) -> Option<At>, mut to: u16) -> Option<At> {
    for days in 0..ALWAYS {
        if to < 1440 {
            return at(days, to);
        }
        let next = at(days + 1, 0)?;
        match hours.opening_on(next.date).0.first() {
            Some(span) if span.from == 0 => to = span.to,
            _ => return at(days, 1440),
        }
    }
    None
}

/// `at` as clocks show it: where the hour is left out in spring, opening is later.
fn adjust_for_dst(at: At, clock: &TimeZone) -> At {
    let time = Time::new((at.minute / 60) as i8, (at.minute % 60) as i8, 0, 0).unwrap_or_default();
    let shown = clock.to_ambiguous_timestamp(DateTime::from_parts(at.date, time)).compatible();
    let shown = shown.map(|shown| clock.to_datetime(shown));
    shown.map_or(at, |shown| At { minute: (shown.hour() as u16) * 60 + shown.minute() as u16, ..at })
}

/// How it is at `now`, in one line; nothing where the site doesn't say.
pub fn status_line(site: &Site, lang: &str, now: u64) -> Option<String> {
    Some(sentence::status_line(&opening_state(&site.settings, now)?, site, lang))
}

/// Puts into `body`, which sends the visitor to the agency's people, when they are there: into its contact card, and as
/// a sentence before it while they are not.
pub fn add_opening_hours(body: &mut Body, site: &Site, lang: &str, now: u64) {
    let Some(state) = opening_state(&site.settings, now) else { return };
    let line = sentence::status_line(&state, site, lang);
    let at = match body.blocks.last_mut() {
        Some(Block::Contact(contact)) => {
            contact.hours.insert(0, line.clone());
            body.blocks.len() - 1
        }
        _ => body.blocks.len(),
    };
    if matches!(state, OpeningState::Closed { .. }) {
        body.blocks.insert(at, Block::Text { runs: vec![Run { text: line, ..Run::default() }] });
    }
}
