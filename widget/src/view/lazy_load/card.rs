//! A card: a title, some words and a way on.

use crate::view::{
    block::text::add_runs,
    dom::{ViewNode, el, with_text},
    link::button_link,
    texts::UiTexts,
};
use wire::Card;

/// The card.
pub fn render_card(card: &Card, texts: &UiTexts) -> ViewNode {
    let words = (!card.runs.is_empty()).then(|| add_runs(el("p", "hoi-text-block"), &card.runs, texts));
    el("section", "hoi-card")
        .child(with_text("h2", "hoi-card-title", &card.title))
        .children(words)
        .children(card.link.as_ref().map(|way| button_link(way, texts)))
}
