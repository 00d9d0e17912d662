//! What happened, for leads and auditors.

use super::{
    chart::{BarChart, ColumnChart},
    ui::{DeskUi, desk_memo, use_ui},
};
use crate::{
    desk::{ActivityReport, Bar, DeskEvent, build_report},
    host::{clock, dispatch},
    words::Words,
};
use leptos::prelude::*;

/// The periods there are, in days.
const PERIODS: [u64; 3] = [7, 30, 90];

/// The page.
#[component]
pub fn ReportsPage() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let shown = desk_memo(|desk| {
        let titled = |bar: Bar| Bar { about: desk.intent_title(&bar.about).to_owned(), ..bar };
        let mut report = build_report(desk.counts.as_ref()?, desk.today(), desk.days);
        report.topics = report.topics.into_iter().map(titled).collect();
        report.missed = report.missed.into_iter().map(titled).collect();
        Some(report)
    });
    let body = move || match shown.get() {
        None => view! { <p class="desk-empty">{words.loading}</p> }.into_any(),
        Some(report) => view! { <ReportTotals report=report.clone()/><ReportCharts report/> }.into_any(),
    };
    view! {
        <section class="desk-page" aria-labelledby="desk-heading">
            <h1 id="desk-heading" tabindex="-1">{words.reports}</h1>
            <div class="desk-report-tools">
                <PeriodSwitch/>
                <button type="button" class="desk-button" on:click=move |_| dispatch(DeskEvent::Export)>{words.download}</button>
            </div>
            {body}
        </section>
    }
}

#[component]
fn PeriodSwitch() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let now = desk_memo(|desk| desk.days);
    let button = move |days: u64| {
        view! {
            <button type="button" aria-pressed=move || if now.get() == days { "true" } else { "false" }
                on:click=move |_| dispatch(DeskEvent::Days(days))>{words.last_days.fill(days)}</button>
        }
    };
    view! { <div class="desk-modes" role="group" aria-label=words.period>{PERIODS.map(button).into_iter().collect_view()}</div> }
}

#[component]
fn ReportTotals(report: ActivityReport) -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let sums = [
        (words.said, report.said),
        (words.answered, report.answered),
        (words.forwarded, report.forwarded),
        (words.handed_over, report.handed_over),
        (words.unanswered, report.unanswered),
        (words.gave_up, report.gave_up),
        (words.closed, report.closed),
        (words.helped, report.helped),
        (words.did_not_help, report.did_not_help),
    ];
    let sums = sums.map(|(name, n)| view! { <div class="desk-sum"><dt>{name}</dt><dd>{n}</dd></div> });
    view! { <dl class="desk-sums">{sums.into_iter().collect_view()}</dl> }
}

#[component]
fn ReportCharts(report: ActivityReport) -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let named = |bars: Vec<Bar>, name: fn(&str, &'static Words) -> String| {
        bars.into_iter().map(|bar| Bar { about: name(&bar.about, words), ..bar }).collect::<Vec<_>>()
    };
    let ActivityReport { volume, topics, missed, taken, person, replied, marks, cases, .. } = report;
    view! {
        <div class="desk-charts">
            <ColumnChart title=words.volume head=words.day bars=named(volume, date_label)/>
            <BarChart title=words.topics head=words.topic bars=topics/>
            <BarChart title=words.missed head=words.topic bars=named(missed, topic_label)/>
            <BarChart title=words.first_answer head=words.time bars=named(taken, wait_label)/>
            <BarChart title=words.person_answer head=words.time bars=named(person, wait_label)/>
            <BarChart title=words.agency_answer head=words.time bars=named(replied, wait_label)/>
            <BarChart title=words.satisfaction head=words.topic bars=named(marks, mark_label)/>
            <BarChart title=words.cases head=words.topic bars=named(cases, case_label)/>
        </div>
    }
}

fn date_label(about: &str, words: &'static Words) -> String {
    clock::format_day(about, words.lang.tag())
}

fn topic_label(about: &str, words: &'static Words) -> String {
    if about.is_empty() { words.no_topic.to_owned() } else { about.to_owned() }
}

fn wait_label(about: &str, words: &'static Words) -> String {
    let text = match about {
        "2s" => words.up_to_2s,
        "10s" => words.up_to_10s,
        "1min" => words.up_to_1min,
        "10min" => words.up_to_10min,
        "1h" => words.up_to_1h,
        "1d" => words.up_to_1d,
        _ => words.longer,
    };
    text.to_owned()
}

fn mark_label(about: &str, words: &'static Words) -> String {
    words.mark.fill(about)
}

fn case_label(about: &str, words: &'static Words) -> String {
    let text = match about {
        "filed" => words.case_filed,
        "received" => words.case_received,
        "needs_papers" => words.case_needs_papers,
        "done" => words.case_done,
        "refused" => words.case_refused,
        "undelivered" => words.case_undelivered,
        other => return other.to_owned(),
    };
    text.to_owned()
}
