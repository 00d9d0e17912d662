//! Links in what was said.

use super::texts::Texts;
use leptos::prelude::*;
use wire::Word;

/// A link, if `href` leads where a message may lead; else only what stands in it.
pub fn link(href: &str, class: &'static str, inner: AnyView, texts: &Texts) -> AnyView {
    if !leads_somewhere_safe(href) {
        return inner;
    }
    let href = href.to_owned();
    if !href.starts_with("http") {
        return view! { <a class=class href=href>{inner}</a> }.into_any();
    }
    let note = format!(" {}", texts.word(Word::NewWindow));
    view! {
        <a class=class href=href target="_blank" rel="noopener noreferrer">
            {inner}
            <span class="hoi-hidden">{note}</span>
        </a>
    }
    .into_any()
}

/// The edge has checked links when it read them; a guest checks once more before it shows one.
fn leads_somewhere_safe(href: &str) -> bool {
    ["https://", "http://localhost", "http://127.0.0.1", "mailto:", "tel:"]
        .iter()
        .any(|start| href.starts_with(start))
}
