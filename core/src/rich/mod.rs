//! What people, agencies and models write, to the blocks that are drawn.
//!
//! Markdown ([`parse_markdown`]) is what software writes: paragraphs, headings, lists within lists, tables, code, quotes (as
//! notices), pictures, strong, emphasis, links. Everything else becomes its words: HTML is shown as it stands, but for
//! `<br>`, which breaks a line; a picture inside of something else becomes its description; a link that may not be followed keeps
//! its address in sight. Whether a picture may be loaded is decided where it is drawn ([`wire::Look::allows_picture`]).
//!
//! What a person types ([`parse_typed`]) is shown as it was typed.
//!
//! In both, addresses that stand in the text become links ([`address`]). What comes of what is written down once for all that
//! draw it, in `tests/fixtures/rich-text.json`.

mod address;
mod block_writer;
mod item_runs;
mod line_break;
mod phone_number;
mod plain_text;
mod source_text;

use crate::limits::sanitize::clean_text;
use block_writer::BlockWriter;
pub use plain_text::{editable_text, plain_text};
use wire::{Block, Run};

/// The blocks of `markdown`.
pub fn parse_markdown(markdown: &str) -> Vec<Block> {
    BlockWriter::write_blocks(&clean_text(markdown))
}

/// What a person typed: every sign and every line as it is, with links where addresses stand.
pub fn parse_typed(text: &str) -> Vec<Block> {
    let text = clean_text(text);
    if text.trim().is_empty() {
        return Vec::new();
    }
    let runs = address::link_addresses(vec![Run { text, ..Run::default() }], |_| true);
    vec![Block::Text { runs }]
}

/// Whether a visitor may safely follow `href`.
pub fn safe_link(href: &str) -> bool {
    let known = ["https://", "mailto:", "tel:"].iter().any(|scheme| {
        href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && href.len() > scheme.len()
    });
    known && !href.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests;
