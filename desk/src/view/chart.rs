//! Bars, drawn; and the same as a table for whoever wants figures.

use super::ui::{DeskUi, use_ui};
use crate::desk::Bar;
use leptos::prelude::*;

/// Bars beside each other from top to bottom, each with its name and its number in words.
#[component]
pub fn BarChart(title: &'static str, head: &'static str, bars: Vec<Bar>) -> impl IntoView {
    let most = bars.iter().map(|bar| bar.n).max().unwrap_or(0).max(1);
    let row = move |bar: &Bar| {
        let width = format!("{:.1}", 100.0 * bar.n as f64 / most as f64);
        view! {
            <div class="desk-bar">
                <dt>{bar.about.clone()}</dt>
                <dd><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width=width height={"10"}/></svg>
                    <span class="desk-figure">{bar.n}</span></dd>
            </div>
        }
    };
    let rows = bars.iter().map(row).collect_view();
    let filled = !bars.is_empty();
    view! { <ChartFigure title head bars>{filled.then(|| view! { <dl class="desk-bars">{rows}</dl> })}</ChartFigure> }
}

/// Bars beside each other from left to right, for days.
#[component]
pub fn ColumnChart(title: &'static str, head: &'static str, bars: Vec<Bar>) -> impl IntoView {
    let most = bars.iter().map(|bar| bar.n).max().unwrap_or(0).max(1);
    let ground = format!("0 0 {} 100", bars.len().max(1) * 10);
    let column = |(place, bar): (usize, &Bar)| {
        let height = 100.0 * bar.n as f64 / most as f64;
        let (x, y, height) =
            (format!("{}", place * 10 + 1), format!("{:.1}", 100.0 - height), format!("{height:.1}"));
        view! { <rect x=x y=y width={"8"} height=height/> }
    };
    let columns = bars.iter().enumerate().map(column).collect_view();
    let ends = bars.first().zip(bars.last()).map(|(first, last)| (first.about.clone(), last.about.clone()));
    let ends = ends.map(
        |(first, last)| view! { <p class="desk-ends desk-small"><span>{first}</span><span>{last}</span></p> },
    );
    view! {
        <ChartFigure title head bars>
            <div class="desk-columns">
                <p class="desk-small">{most}</p>
                <svg viewBox=ground preserveAspectRatio="none" aria-hidden="true">{columns}</svg>
                {ends}
            </div>
        </ChartFigure>
    }
}

#[component]
fn ChartFigure(title: &'static str, head: &'static str, bars: Vec<Bar>, children: Children) -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    if bars.is_empty() {
        return view! { <section class="desk-chart"><h2>{title}</h2><p class="desk-small">{words.nothing_counted}</p></section> }.into_any();
    }
    let rows =
        bars.into_iter().map(|bar| view! { <tr><th scope="row">{bar.about}</th><td>{bar.n}</td></tr> });
    view! {
        <section class="desk-chart">
            <h2>{title}</h2>
            {children()}
            <details>
                <summary>{words.as_table}<span class="hoi-hidden">": "{title}</span></summary>
                <table class="desk-table">
                    <thead><tr><th scope="col">{head}</th><th scope="col">{words.number}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </details>
        </section>
    }
    .into_any()
}
