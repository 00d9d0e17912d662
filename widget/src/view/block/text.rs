//! Paragraphs, headings, lists.

use crate::view::{link::link, texts::Texts};
use leptos::prelude::*;
use wire::Run;

/// Runs of text; a line break in them is drawn by the style sheet.
pub fn runs(runs: &[Run], texts: &Texts) -> Vec<AnyView> {
    runs.iter().map(|each| run(each, texts)).collect()
}

fn run(run: &Run, texts: &Texts) -> AnyView {
    let mut view = run.text.clone().into_any();
    if run.code {
        view = view! { <code>{view}</code> }.into_any();
    }
    if run.em {
        view = view! { <em>{view}</em> }.into_any();
    }
    if run.strong {
        view = view! { <strong>{view}</strong> }.into_any();
    }
    match &run.href {
        Some(href) => link(href, "hoi-link", view, texts),
        None => view,
    }
}

/// A list, one level deep.
pub fn list(ordered: bool, items: &[Vec<Run>], texts: &Texts) -> AnyView {
    let items: Vec<_> = items.iter().map(|item| view! { <li>{runs(item, texts)}</li> }).collect();
    if ordered {
        view! { <ol class="hoi-list">{items}</ol> }.into_any()
    } else {
        view! { <ul class="hoi-list">{items}</ul> }.into_any()
    }
}
