//! What is counted and measured of a site, in the text that Prometheus reads. Totals only grow, but for a restart of those that are kept
//! in memory; every name that was ever written stays.

use super::{
    AGENCY_BUCKET, AGENCY_FAILED, AGENCY_MS, EDGE_BUCKET, EDGE_MS, LATENCIES, PUSH_FAILED, is_measure,
};
use std::{collections::BTreeMap, fmt::Write as _};
use wire::desk::Count;

/// What is measured at the moment somebody asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SiteMeasures {
    /// The edge's version.
    pub version: &'static str,
    /// When this instance of the worker was started, in seconds since 1970.
    pub started: u64,
    /// Whether only probes are let through to the agency.
    pub is_breaker_open: bool,
    /// How many conversations wait for a person.
    pub waiting: u64,
    /// How long the first of them has waited, in milliseconds.
    pub longest_wait_ms: u64,
    /// Bytes of the site's and of the board's database.
    pub database_bytes: [(&'static str, u64); 2],
    /// Sockets that are open, by whose they are, as this instance of the worker knows.
    pub open_sockets: [(&'static str, u64); 2],
    /// What was refused since this instance was started because too much came, by limit.
    pub rate_limited: Vec<(&'static str, u64)>,
}

/// Writes one family of metrics after the other.
struct PrometheusText {
    text: String,
    site: String,
}

impl PrometheusText {
    fn begin_family(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a string can't fail, here and below.
        let _infallible = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn add_sample(&mut self, name: &str, labels: &[(&str, &str)], value: std::fmt::Arguments<'_>) {
        let _infallible = write!(self.text, "{name}{{site=\"{}\"", self.site);
        for (label, text) in labels {
            let _infallible = write!(self.text, ",{label}=\"{}\"", escape_label(text));
        }
        let _infallible = writeln!(self.text, "}} {value}");
    }

    fn add_count(&mut self, name: &str, labels: &[(&str, &str)], count: u64) {
        self.add_sample(name, labels, format_args!("{count}"));
    }

    /// Milliseconds, as seconds.
    fn add_seconds(&mut self, name: &str, labels: &[(&str, &str)], ms: u64) {
        self.add_sample(name, labels, format_args!("{}.{:03}", ms / 1000, ms % 1000));
    }

    fn add_gauge(&mut self, name: &str, help: &str, value: u64) {
        self.begin_family(name, "gauge", help);
        self.add_count(name, &[], value);
    }
}

fn escape_label(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

/// Writes the counts of `site` and its measures. Give it the counts of all days, day 0 among them.
pub fn format_prometheus(site: &str, counts: &[Count], measures: &SiteMeasures) -> String {
    let mut totals = BTreeMap::<(&str, &str), u64>::new();
    for count in counts {
        *totals.entry((&count.event, &count.about)).or_default() += count.n;
    }
    let mut text = PrometheusText { text: String::new(), site: escape_label(site) };
    text.begin_family("hoi_events_total", "counter", "What happened in the chat, by event and topic.");
    for ((event, about), n) in totals.iter().filter(|((event, _), _)| !is_measure(event)) {
        text.add_count("hoi_events_total", &[("event", event), ("about", about)], *n);
    }
    add_latencies(&mut text, &totals);
    add_failures(&mut text, &totals, measures);
    add_gauges(&mut text, measures);
    text.text
}

fn add_latencies(text: &mut PrometheusText, totals: &BTreeMap<(&str, &str), u64>) {
    const NAME: &str = "hoi_answer_duration_seconds";
    let help = "Time from a visitor's words to the answer, by who gave it.";
    text.begin_family(NAME, "histogram", help);
    for (source, bucket, total) in [("edge", EDGE_BUCKET, EDGE_MS), ("agency", AGENCY_BUCKET, AGENCY_MS)] {
        let mut count = 0;
        for (_, le) in LATENCIES {
            count += totals.get(&(bucket, *le)).copied().unwrap_or_default();
            text.add_count(&format!("{NAME}_bucket"), &[("source", source), ("le", le)], count);
        }
        let ms = totals.get(&(total, "")).copied().unwrap_or_default();
        text.add_seconds(&format!("{NAME}_sum"), &[("source", source)], ms);
        text.add_count(&format!("{NAME}_count"), &[("source", source)], count);
    }
}

fn add_failures(text: &mut PrometheusText, totals: &BTreeMap<(&str, &str), u64>, measures: &SiteMeasures) {
    let help = "Calls to the agency that came to nothing, by class of reason.";
    text.begin_family("hoi_agency_failures_total", "counter", help);
    for ((_, class), n) in totals.iter().filter(|((event, _), _)| *event == AGENCY_FAILED) {
        text.add_count("hoi_agency_failures_total", &[("class", class)], *n);
    }
    text.begin_family("hoi_push_failures_total", "counter", "Devices that could not be told of news.");
    let pushes = totals.get(&(PUSH_FAILED, "")).copied().unwrap_or_default();
    text.add_count("hoi_push_failures_total", &[], pushes);
    let help = "What was refused because too much came, by limit, since the worker was started.";
    text.begin_family("hoi_rate_limited_total", "counter", help);
    for (limit, n) in &measures.rate_limited {
        text.add_count("hoi_rate_limited_total", &[("limit", limit)], *n);
    }
}

fn add_gauges(text: &mut PrometheusText, measures: &SiteMeasures) {
    let help = "1 while the agency is left alone but for probes, because too many calls failed.";
    text.add_gauge("hoi_agency_breaker_open", help, u64::from(measures.is_breaker_open));
    text.add_gauge("hoi_waiting_conversations", "Conversations that wait for a person.", measures.waiting);
    let help = "How long the first of those that wait for a person has waited.";
    text.begin_family("hoi_longest_wait_seconds", "gauge", help);
    text.add_seconds("hoi_longest_wait_seconds", &[], measures.longest_wait_ms);
    let help = "Sockets that are open, by whose they are, as this instance of the worker knows.";
    text.begin_family("hoi_open_sockets", "gauge", help);
    for (whose, n) in &measures.open_sockets {
        text.add_count("hoi_open_sockets", &[("whose", whose)], *n);
    }
    let help = "Size of the databases of the site and of its board; conversations have their own.";
    text.begin_family("hoi_database_size_bytes", "gauge", help);
    for (object, bytes) in &measures.database_bytes {
        text.add_count("hoi_database_size_bytes", &[("object", object)], *bytes);
    }
    let help = "When this instance of the worker was started, in seconds since 1970.";
    text.add_gauge("hoi_worker_start_time_seconds", help, measures.started);
    text.begin_family("hoi_build_info", "gauge", "1; the label has the edge's version.");
    text.add_count("hoi_build_info", &[("version", measures.version)], 1);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Happened;

    fn count(day: u64, event: &str, about: &str, n: u64) -> Count {
        Count { day, event: event.into(), about: about.into(), n }
    }

    fn counts_of(events: &[Happened]) -> Vec<Count> {
        let entries = events.iter().flat_map(Happened::count_entries);
        entries.map(|each| count(1, each.event, &each.about, u64::from(each.n))).collect()
    }

    #[test]
    fn days_are_summed_for_prometheus() {
        let counts = [count(0, "answered", "khai-sinh", 2), count(2, "answered", "khai-sinh", 3)];
        let text = format_prometheus("ward", &counts, &SiteMeasures::default());
        let line = "hoi_events_total{site=\"ward\",event=\"answered\",about=\"khai-sinh\"} 5\n";
        assert!(text.contains(line), "{text}");
    }

    #[test]
    fn times_become_a_histogram_of_each_source() {
        let told = [Happened::EdgeReplied(20), Happened::EdgeReplied(700), Happened::Replied(200_000)];
        let text = format_prometheus("ward", &counts_of(&told), &SiteMeasures::default());
        for (labels, value) in [
            ("bucket{site=\"ward\",source=\"edge\",le=\"0.1\"}", "1"),
            ("bucket{site=\"ward\",source=\"edge\",le=\"0.5\"}", "1"),
            ("bucket{site=\"ward\",source=\"edge\",le=\"1\"}", "2"),
            ("bucket{site=\"ward\",source=\"edge\",le=\"+Inf\"}", "2"),
            ("sum{site=\"ward\",source=\"edge\"}", "0.720"),
            ("count{site=\"ward\",source=\"edge\"}", "2"),
            ("bucket{site=\"ward\",source=\"agency\",le=\"120\"}", "0"),
            ("bucket{site=\"ward\",source=\"agency\",le=\"+Inf\"}", "1"),
            ("sum{site=\"ward\",source=\"agency\"}", "200.000"),
        ] {
            let line = format!("hoi_answer_duration_seconds_{labels} {value}\n");
            assert!(text.contains(&line), "{line}{text}");
        }
        // What the histogram is made of is no event, and an event that it is made of stays one.
        assert!(!text.contains("reply_bucket") && !text.contains("reply_ms"), "{text}");
        assert!(text.contains("event=\"replied\",about=\"10min\"} 1\n"), "{text}");
    }

    #[test]
    fn measures_have_names_units_and_help() {
        let measures = SiteMeasures {
            version: "0.1.0",
            started: 1_780_000_000,
            is_breaker_open: true,
            waiting: 3,
            longest_wait_ms: 61_500,
            database_bytes: [("site", 8192), ("board", 4096)],
            open_sockets: [("visitor", 7), ("desk", 2)],
            rate_limited: vec![("frames", 5)],
        };
        let counts = counts_of(&[Happened::AgencyFailed("status"), Happened::PushFailed]);
        let text = format_prometheus("ward", &counts, &measures);
        for line in [
            "hoi_agency_failures_total{site=\"ward\",class=\"status\"} 1",
            "hoi_push_failures_total{site=\"ward\"} 1",
            "hoi_rate_limited_total{site=\"ward\",limit=\"frames\"} 5",
            "hoi_agency_breaker_open{site=\"ward\"} 1",
            "hoi_waiting_conversations{site=\"ward\"} 3",
            "hoi_longest_wait_seconds{site=\"ward\"} 61.500",
            "hoi_open_sockets{site=\"ward\",whose=\"visitor\"} 7",
            "hoi_database_size_bytes{site=\"ward\",object=\"board\"} 4096",
            "hoi_worker_start_time_seconds{site=\"ward\"} 1780000000",
            "hoi_build_info{site=\"ward\",version=\"0.1.0\"} 1",
        ] {
            assert!(text.contains(&format!("{line}\n")), "{line}\n{text}");
        }
        // Each family is told of once, before its samples.
        let mut family = "";
        let mut families = Vec::new();
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# TYPE ") {
                family = rest.split(' ').next().unwrap();
                families.push(family);
            } else if !line.starts_with('#') {
                assert!(line.starts_with(family), "{line} under {family}");
            }
        }
        let distinct: std::collections::BTreeSet<_> = families.iter().collect();
        assert_eq!(distinct.len(), families.len());
    }
}
