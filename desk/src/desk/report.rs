//! What happened, summed up.

use super::{csv::to_csv, effect::DeskEffect, state::Desk, time};
use std::collections::BTreeMap;
use wire::desk::{BoardUp, Count};

/// One bar of a chart: what it is about, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// An intent, a wait, a mark, a state, a day.
    pub about: String,
    /// How often.
    pub n: u64,
}

/// What a period was like.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActivityReport {
    /// What visitors said, day by day, days on which nothing was said included.
    pub volume: Vec<Bar>,
    /// What visitors said.
    pub said: u64,
    /// Answers of the site's own.
    pub answered: u64,
    /// Questions that the agency was asked.
    pub forwarded: u64,
    /// Conversations that went to people.
    pub handed_over: u64,
    /// Questions without an answer.
    pub unanswered: u64,
    /// Visitors who would not wait for a person any longer.
    pub gave_up: u64,
    /// Conversations that people closed.
    pub closed: u64,
    /// What was answered, by intent, most first.
    pub topics: Vec<Bar>,
    /// What was not answered by the site's own answers, or not to the visitor's use, by the intent that came closest.
    pub missed: Vec<Bar>,
    /// How long visitors waited for a person.
    pub taken: Vec<Bar>,
    /// How long they waited for each of a person's answers.
    pub person: Vec<Bar>,
    /// How long they waited for the agency's own system.
    pub replied: Vec<Bar>,
    /// Marks, from 5 down to 1.
    pub marks: Vec<Bar>,
    /// Answers that helped.
    pub helped: u64,
    /// Answers that did not.
    pub did_not_help: u64,
    /// Cases, by state.
    pub cases: Vec<Bar>,
}

/// Most topics that are listed.
const MAX_TOPICS: usize = 12;
/// How waits are called on the wire, shortest first.
const WAITS: &[&str] = &["2s", "10s", "1min", "10min", "1h", "1d", "longer"];
/// How far cases are, in order.
const STATES: &[&str] = &["filed", "received", "needs_papers", "done", "refused", "undelivered"];

/// What `counts` say about the `days` days up to `today`, in the site's days since 1970.
pub fn build_report(counts: &[Count], today: u64, days: u64) -> ActivityReport {
    let first = (today + 1).saturating_sub(days);
    let counts: Vec<&Count> = counts.iter().filter(|count| count.day >= first).collect();
    let sum = |event: &str| counts.iter().filter(|count| count.event == event).map(|count| count.n).sum();
    // Clocks may differ a little: what was counted is shown.
    let last = counts.iter().map(|count| count.day).max().unwrap_or(today).max(today);
    let on = |day: u64| {
        let said = counts.iter().filter(|count| count.day == day && count.event == "said");
        said.map(|count| count.n).sum()
    };
    ActivityReport {
        volume: (first..=last).map(|day| Bar { about: time::format_day(day), n: on(day) }).collect(),
        said: sum("said"),
        answered: sum("answered"),
        forwarded: sum("forwarded"),
        handed_over: sum("handed_over"),
        unanswered: sum("unanswered"),
        gave_up: sum("gave_up_waiting"),
        closed: sum("closed"),
        topics: most_first(sum_by_subject(&counts, &["answered"])),
        missed: most_first(sum_by_subject(&counts, &["unanswered", "forwarded", "did_not_help"])),
        taken: in_order(&sum_by_subject(&counts, &["taken"]), WAITS),
        person: in_order(&sum_by_subject(&counts, &["person_replied"]), WAITS),
        replied: in_order(&sum_by_subject(&counts, &["replied"]), WAITS),
        marks: in_order(&sum_by_subject(&counts, &["survey"]), &["5", "4", "3", "2", "1"]),
        helped: sum("helped"),
        did_not_help: sum("did_not_help"),
        cases: in_order(&sum_by_state(&counts), STATES),
    }
}

/// Sums by what it was about.
fn sum_by_subject(counts: &[&Count], events: &[&str]) -> BTreeMap<String, u64> {
    let mut sums = BTreeMap::new();
    for count in counts.iter().filter(|count| events.contains(&count.event.as_str())) {
        *sums.entry(count.about.clone()).or_default() += count.n;
    }
    sums
}

/// Of cases it says the state and the procedure.
fn sum_by_state(counts: &[&Count]) -> BTreeMap<String, u64> {
    let mut sums = BTreeMap::new();
    for (about, n) in sum_by_subject(counts, &["case"]) {
        let state = about.split(' ').next().unwrap_or_default().to_owned();
        *sums.entry(state).or_default() += n;
    }
    sums
}

fn most_first(sums: BTreeMap<String, u64>) -> Vec<Bar> {
    let mut bars: Vec<Bar> = sums.into_iter().map(|(about, n)| Bar { about, n }).collect();
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.n));
    bars.truncate(MAX_TOPICS);
    bars
}

/// All of `order`, if there is any of it at all: that nobody waited long is worth seeing.
fn in_order(sums: &BTreeMap<String, u64>, order: &[&str]) -> Vec<Bar> {
    if sums.is_empty() {
        return Vec::new();
    }
    let bar = |about: &&str| Bar { about: (*about).to_owned(), n: sums.get(*about).copied().unwrap_or(0) };
    order.iter().map(bar).collect()
}

/// The first day of the period that is shown.
pub fn first_day(desk: &Desk) -> u64 {
    (desk.today() + 1).saturating_sub(desk.days)
}

impl Desk {
    /// Today by the site's clock, in days since 1970: what is counted is counted by its days.
    pub fn today(&self) -> u64 {
        time::day_of(self.now, self.info.as_ref().map_or(0, |info| info.utc_offset_minutes))
    }
}

/// Another period is wanted.
pub fn set_days(desk: &mut Desk, days: u64) -> Vec<DeskEffect> {
    desk.days = days;
    vec![DeskEffect::SendBoard(BoardUp::Report { from: first_day(desk) })]
}

/// The counts as a table for other programs.
pub fn export_csv(desk: &Desk) -> Vec<DeskEffect> {
    let Some(counts) = &desk.counts else { return Vec::new() };
    let first = first_day(desk);
    let head = desk.words().csv_head;
    let rows = counts.iter().filter(|count| count.day >= first).map(|count| {
        [time::format_day(count.day), count.event.clone(), count.about.clone(), count.n.to_string()]
    });
    let text = to_csv(&head, rows);
    let name = format!("{}-{}-{}.csv", desk.site, time::format_day(first), time::format_day(desk.today()));
    vec![DeskEffect::SaveFile { name, text }]
}
