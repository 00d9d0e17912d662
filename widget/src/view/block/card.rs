//! A card: a title, some words and a way on.

use super::text::runs;
use crate::view::{
    link::link,
    piece::{Piece, el, text, with_text},
    texts::Texts,
};
use wire::{Card, Link};

/// The card.
pub fn card(card: &Card, texts: &Texts) -> Piece {
    let words = (!card.runs.is_empty()).then(|| runs(el("p", "hoi-text-block"), &card.runs, texts));
    el("section", "hoi-card")
        .child(with_text("h2", "hoi-card-title", &card.title))
        .children(words)
        .children(card.link.as_ref().map(|way| button_link(way, texts)))
}

/// A link that looks like the thing to press next.
pub fn button_link(way: &Link, texts: &Texts) -> Piece {
    link(&way.href, "hoi-button", text(&way.label), texts)
}
