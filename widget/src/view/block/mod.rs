//! What a message holds, block by block. The same shapes as in `edge/src/document/block.rs`.

mod card;
pub mod contact;
mod procedure;
mod text;

use super::texts::Texts;
use leptos::prelude::*;
use wire::{Block, Word};

/// One block. A kind this widget doesn't know is named as such, politely.
pub fn block(block: &Block, texts: &Texts) -> AnyView {
    match block {
        Block::Text { runs } => view! { <p class="hoi-text-block">{text::runs(runs, texts)}</p> }.into_any(),
        Block::Heading { runs } => {
            view! { <h2 class="hoi-heading">{text::runs(runs, texts)}</h2> }.into_any()
        }
        Block::List { ordered, items } => text::list(*ordered, items, texts),
        Block::Card(each) => card::card(each, texts),
        Block::Procedure(each) => procedure::procedure(each, texts),
        Block::Contact(each) => contact::contact(each, texts),
        Block::Unknown => view! { <p class="hoi-state">{texts.word(Word::CantShow)}</p> }.into_any(),
    }
}
