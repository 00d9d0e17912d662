//! Links in what somebody wrote.

use maud::{Markup, html};
use wire::{Word, Words};

/// A link, if `href` leads where a message may lead; else only its text.
pub fn draw_link(href: &str, class: &str, inner: Markup, words: &Words) -> Markup {
    if !leads_somewhere_safe(href) {
        return inner;
    }
    if !href.starts_with("http") {
        return html! { a class=(class) href=(href) { (inner) } };
    }
    html! {
        a class=(class) href=(href) target="_blank" rel="noopener noreferrer" {
            (inner) span.hoi-hidden { " " (words.word_text(Word::NewWindow)) }
        }
    }
}

/// The edge has checked links when it read them; what a page of ours shows is checked once more where it is drawn.
fn leads_somewhere_safe(href: &str) -> bool {
    ["https://", "http://localhost", "http://127.0.0.1", "mailto:", "tel:"]
        .iter()
        .any(|start| href.starts_with(start))
}
