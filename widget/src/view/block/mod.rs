//! What a message holds, block by block. The same shapes as in `edge/src/document/block.rs`.

mod card;
pub mod contact;
mod file;
pub mod more;
mod procedure;
mod text;

use super::{
    piece::{Piece, el, with_text},
    texts::Texts,
    ticks::Ticks,
};
use wire::{Block, Word};

/// One block. A kind this widget doesn't know is named as such, politely.
pub fn block(block: &Block, texts: &Texts, ticks: Option<&Ticks>) -> Piece {
    match block {
        Block::Text { runs } => text::runs(el("p", "hoi-text-block"), runs, texts),
        Block::Heading { runs } => text::runs(el("h2", "hoi-heading"), runs, texts),
        Block::List { ordered, items } => text::list(*ordered, items, texts),
        Block::Table { head, rows } => more::table(head, rows, texts),
        Block::Image { src, alt } => more::image(src, alt, texts),
        Block::Notice { runs } => more::notice(runs, texts),
        Block::Source(way) => more::source(way, texts),
        Block::Card(each) => card::card(each, texts),
        Block::Procedure(each) => procedure::procedure(each, texts, ticks),
        Block::Contact(each) => contact::contact(each, texts),
        Block::Input(input) => with_text("p", "hoi-asked", &input.label),
        Block::File(each) => file::file(each, texts),
        Block::Unknown => with_text("p", "hoi-state", texts.word(Word::CantShow)),
    }
}
