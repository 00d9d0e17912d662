//! What a message holds, block by block. The same shapes as in `pages/src/document/block.rs`.

pub mod contact;
pub mod more;
mod procedure;
pub mod text;

use super::{
    checklist::Ticks,
    lazy_load,
    piece::{Piece, el, with_text},
    texts::Texts,
};
use wire::{Block, Word};

/// One block; of those that come late ([`crate::chat::is_lazy_block`]) only when they are there. A kind this widget doesn't know is named as such, politely.
pub fn block(block: &Block, texts: &Texts, ticks: Option<&Ticks>) -> Piece {
    match block {
        Block::Text { runs } => text::runs(el("p", "hoi-text-block"), runs, texts),
        Block::Heading { runs } => text::runs(el("h2", "hoi-heading"), runs, texts),
        Block::List { ordered, items } => text::list(*ordered, items, texts),
        Block::Notice { runs } => more::notice(runs, texts),
        Block::Source(way) => more::source(way, texts),
        Block::Procedure(each) => procedure::procedure(each, texts, ticks),
        Block::Contact(each) => contact::contact(each, texts),
        Block::Table { .. } | Block::Image { .. } | Block::Card(_) | Block::Input(_) | Block::File(_) => {
            lazy_load::block(block, texts)
        }
        Block::Unknown => with_text("p", "hoi-state", texts.word(Word::CantShow)),
    }
}
