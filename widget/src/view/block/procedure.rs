//! An administrative procedure: the facts first, then what to bring and what to do.

use super::card::button_link;
use crate::view::{icon::icon, texts::Texts};
use leptos::prelude::*;
use wire::{Procedure, Word};

/// The procedure at a glance. What is empty is not shown.
pub fn procedure(procedure: &Procedure, texts: &Texts) -> AnyView {
    let facts = [
        (Word::Fee, "fee", &procedure.fee),
        (Word::Time, "time", &procedure.time),
        (Word::Place, "place", &procedure.place),
    ];
    let facts: Vec<AnyView> = facts
        .into_iter()
        .filter(|(_, _, text)| !text.is_empty())
        .map(|(word, name, text)| fact(texts.word(word), name, vec![text.clone().into_any()]))
        .collect();
    let facts = (!facts.is_empty()).then(|| view! { <dl class="hoi-facts">{facts}</dl> });
    view! {
        <section class="hoi-card hoi-procedure">
            <h2 class="hoi-card-title">{procedure.title.clone()}</h2>
            {facts}
            {rows(texts.word(Word::Papers), "hoi-papers", &procedure.papers)}
            {steps(texts.word(Word::Steps), &procedure.steps)}
            {rows(texts.word(Word::Legal), "hoi-legal", &procedure.legal)}
            {procedure.link.as_ref().map(|way| button_link(way, texts))}
        </section>
    }
    .into_any()
}

/// A label with its drawing, and what there is to know, one line an item.
pub fn fact(label: String, name: &'static str, lines: Vec<AnyView>) -> AnyView {
    let lines: Vec<_> = lines.into_iter().map(|line| view! { <dd>{line}</dd> }).collect();
    view! { <div class=format!("hoi-fact hoi-fact-{name}")><dt>{icon(name)} {label}</dt> {lines}</div> }
        .into_any()
}

fn rows(label: String, class: &'static str, rows: &[String]) -> Option<AnyView> {
    let items = items(rows)?;
    Some((view! { <h3 class="hoi-part">{label}</h3> }, view! { <ul class=class>{items}</ul> }).into_any())
}

fn steps(label: String, steps: &[String]) -> Option<AnyView> {
    let items = items(steps)?;
    Some(
        (view! { <h3 class="hoi-part">{label}</h3> }, view! { <ol class="hoi-steps">{items}</ol> })
            .into_any(),
    )
}

fn items(rows: &[String]) -> Option<AnyView> {
    let items = || rows.iter().map(|row| view! { <li>{row.clone()}</li> }).collect::<Vec<_>>();
    (!rows.is_empty()).then(|| items().into_any())
}
