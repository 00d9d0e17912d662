//! `hoi report`

use crate::{edge::Edge, out::say};
use jiff::{Zoned, civil::Date};
use std::collections::BTreeMap;
use wire::desk::Count;

/// Show what happened on a site: how much was asked, what answered it, how long people waited.
///
/// Counts only: no words, and nothing that leads to a visitor. `--csv` gives one line a day, event and topic, for a
/// spreadsheet.
#[derive(clap::Args)]
pub struct Args {
    /// The site's name, as in its tag.
    site: String,
    /// How many days back, today included.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=400))]
    days: u32,
    /// Comma-separated values instead of a summary.
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    edge: Edge,
}

/// Most topics in the summary.
const TOPICS: usize = 10;

pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { site, days, csv, edge } = args;
    let today = since_1970(Zoned::now().date());
    let from = (today + 1).saturating_sub(u64::from(days));
    let counts: Vec<Count> = edge.get_json(&format!("/admin/sites/{site}/report?from={from}"))?;
    if csv {
        say!("day,event,about,count");
        for Count { day, event, about, n } in &counts {
            say!("{},{event},{about},{n}", date_of_day(*day));
        }
        return Ok(());
    }
    say!("{}", counts_summary(&site, days, &counts));
    Ok(())
}

/// The counts in a few lines.
fn counts_summary(site: &str, days: u32, counts: &[Count]) -> String {
    let mut events = BTreeMap::<&str, BTreeMap<&str, u64>>::new();
    for count in counts {
        *events.entry(&count.event).or_default().entry(&count.about).or_default() += count.n;
    }
    let all = |event: &str| events.get(event).map_or(0, |about| about.values().sum::<u64>());
    let said = all("said");
    let share = |n: u64| {
        if said == 0 { String::new() } else { format!(" ({:.0} %)", 100.0 * n as f64 / said as f64) }
    };
    let mut lines = vec![format!("{site}, the last {days} days: {said} messages")];
    for (event, label) in [
        ("answered", "answered by the site itself"),
        ("asked_back", "asked which was meant"),
        ("forwarded", "brought to the agency"),
        ("unanswered", "without an answer or an agency"),
    ] {
        lines.push(format!("  {:>7} {label}{}", all(event), share(all(event))));
    }
    for (event, label) in [
        ("replied", "answers of the agency's"),
        ("kept", "questions kept while it was away"),
        ("failed", "questions it never answered"),
        ("helped", "answers that helped, as visitors say"),
        ("did_not_help", "answers that did not"),
        ("survey", "marks at the end of a chat"),
        ("handed_over", "visitors who asked for a person"),
        ("taken", "of them taken by one"),
        ("gave_up_waiting", "of them tired of waiting"),
        ("case", "steps of cases"),
    ] {
        lines.push(format!("  {:>7} {label}", all(event)));
    }
    for (event, label) in [
        ("answered", "asked most"),
        ("forwarded", "brought to the agency most, by the nearest intent"),
        ("replied", "waited for the agency"),
        ("taken", "waited for a person"),
        ("person_replied", "waited for a person's words"),
        ("did_not_help", "did not help most"),
        ("why_not", "why not"),
        ("survey", "marks, 5 the best"),
        ("case", "cases"),
    ] {
        let Some(about) = events.get(event).filter(|about| !about.is_empty()) else { continue };
        let mut about: Vec<(&&str, &u64)> = about.iter().collect();
        about.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), **name));
        lines.push(format!("{label}:"));
        let topic = |(name, n): &(&&str, &u64)| {
            format!("  {n:>7} {}", if name.is_empty() { "(none near)" } else { name })
        };
        lines.extend(about.iter().take(TOPICS).map(topic));
    }
    lines.join("\n")
}

fn since_1970(date: Date) -> u64 {
    u64::try_from(date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24).unwrap_or_default()
}

fn date_of_day(day: u64) -> Date {
    let days = i64::try_from(day).unwrap_or_default();
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_says_the_shares() {
        let count =
            |event: &str, about: &str, n| Count { day: 20_000, event: event.into(), about: about.into(), n };
        let counts = [
            count("said", "", 4),
            count("answered", "khai-sinh", 3),
            count("forwarded", "", 1),
            count("replied", "2s", 1),
        ];
        let text = counts_summary("ward", 30, &counts);
        for line in
            ["4 messages", "3 answered by the site itself (75 %)", "3 khai-sinh", "1 (none near)", "1 2s"]
        {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert_eq!(date_of_day(since_1970(Date::constant(2026, 11, 24))), Date::constant(2026, 11, 24));
    }
}
