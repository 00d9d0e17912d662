//! What a message holds, block by block: paragraphs, headings and lists here, the others in files of their own. The same shapes as in `pages/src/document/block.rs`.

pub mod contact;
pub mod more;
mod procedure;
pub mod text;

use super::{
    checklist::Ticks,
    dom::{ViewNode, element_with_text, new_element},
    lazy_load,
    texts::UiTexts,
};
use wire::{Block, Word, format_decimal};

/// One block; of those that come late ([`crate::chat::is_lazy_block`]) only when they are there. A kind this widget doesn't know is named as such, politely.
pub fn render_block(block: &Block, texts: &UiTexts, ticks: Option<&Ticks>) -> ViewNode {
    match block {
        Block::Text { runs } => text::add_runs(new_element("p", "hoi-text-block"), runs, texts),
        Block::Heading { runs } => text::add_runs(new_element("h2", "hoi-heading"), runs, texts),
        Block::List { ordered, start, items, contents } => {
            let items = items.iter().enumerate().map(|(at, item)| match contents.get(at) {
                Some(inner) if !inner.is_empty() => new_element("li", "")
                    .with_children(inner.iter().map(|each| render_block(each, texts, None))),
                _ => text::add_runs(new_element("li", ""), item, texts),
            });
            let list = new_element(if *ordered { "ol" } else { "ul" }, "hoi-list").with_children(items);
            match start {
                Some(start) => list.with_attribute("start", &format_decimal((*start).into())),
                None => list,
            }
        }
        Block::Notice { runs } => more::render_notice(runs, texts),
        Block::Source(way) => more::render_source(way, texts),
        Block::Procedure(each) => procedure::render_procedure(each, texts, ticks),
        Block::Contact(each) => contact::render_contact(each, texts),
        Block::Table { .. } | Block::Image { .. } | Block::Card(_) | Block::Input(_) | Block::File(_) => {
            lazy_load::render_block(block, texts)
        }
        Block::Unknown => element_with_text("p", "hoi-state", texts.word_text(Word::CantShow)),
    }
}
