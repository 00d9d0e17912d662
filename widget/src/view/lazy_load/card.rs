//! A card: a title, some words and a way on.

use crate::view::{
    block::text::add_runs,
    dom::{ViewNode, element_with_text, new_element},
    link::button_link,
    texts::UiTexts,
};
use wire::Card;

/// The card.
pub fn render_card(card: &Card, texts: &UiTexts) -> ViewNode {
    let words =
        (!card.runs.is_empty()).then(|| add_runs(new_element("p", "hoi-text-block"), &card.runs, texts));
    new_element("section", "hoi-card")
        .with_child(element_with_text("h2", "hoi-card-title", &card.title))
        .with_children(words)
        .with_children(card.link.as_ref().map(|way| button_link(way, texts)))
}
