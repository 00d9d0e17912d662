//! A card: a title, some words and a way on.

use crate::view::{
    block::text::runs,
    link::button_link,
    piece::{Piece, el, with_text},
    texts::Texts,
};
use wire::Card;

/// The card.
pub fn card(card: &Card, texts: &Texts) -> Piece {
    let words = (!card.runs.is_empty()).then(|| runs(el("p", "hoi-text-block"), &card.runs, texts));
    el("section", "hoi-card")
        .child(with_text("h2", "hoi-card-title", &card.title))
        .children(words)
        .children(card.link.as_ref().map(|way| button_link(way, texts)))
}
