//! Items in one row of runs.

use super::plain_text;
use wire::{Block, Run};

/// What an item says, for clients that know of one level only; nothing where they don't look.
pub fn join_blocks(blocks: &[Block], nested: bool) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for block in if nested { &[] } else { blocks } {
        let apart = if out.is_empty() { "" } else { "\n" };
        let text = |text: String| Run { text, ..Run::default() };
        match block {
            Block::Text { runs } | Block::Heading { runs } | Block::Notice { runs } => {
                out.extend((!apart.is_empty()).then(|| text(apart.to_owned())));
                out.extend_from_slice(runs);
            }
            other => out.push(text(format!("{apart}{}", plain_text(std::slice::from_ref(other))))),
        }
    }
    out
}
