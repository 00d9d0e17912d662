//! What few visitors see, drawn when what comes late is there: see `chat/lazy_state.rs`. The rest may call only what is never inlined
//! here, and only then.

pub mod aids;
pub mod attach;
mod card;
pub mod feedback;
mod file;
pub mod input;
pub mod menu;
mod more;
mod options;
pub mod personal;
pub mod push_subscription;

use super::{
    dom::{ViewNode, new_fragment},
    texts::UiTexts,
};
use wire::Block;

/// A block that [`crate::chat::is_lazy_block`].
#[inline(never)]
pub fn render_block(block: &Block, texts: &UiTexts) -> ViewNode {
    match block {
        Block::Table { head, rows } => more::render_table(head, rows, texts),
        Block::Image { src, alt } => more::render_image(src, alt, texts),
        Block::Card(each) => card::render_card(each, texts),
        Block::Input(input) => super::dom::element_with_text("p", "hoi-asked", &input.label),
        Block::File(each) => file::render_file(each, texts),
        Block::Text { .. }
        | Block::Heading { .. }
        | Block::List { .. }
        | Block::Notice { .. }
        | Block::Source(_)
        | Block::Procedure(_)
        | Block::Contact(_)
        | Block::Unknown => new_fragment([]),
    }
}

/// What is said of a text with `excess` characters too many.
#[inline(never)]
pub fn too_long(texts: &UiTexts, excess: usize) -> String {
    crate::host::lazy_load::excess::too_long(texts.words(), excess)
}
