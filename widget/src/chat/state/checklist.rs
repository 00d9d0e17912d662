//! Papers and steps that the visitor has ticked off, as they are kept.

use wire::{Id, format_decimal};

/// A box: the message, the block in it, the item in that; the last two from 0.
pub type Tick = [u32; 3];

/// The ticks in `kept`, if they are of `conversation`.
pub fn parse_ticks(kept: &str, conversation: Id) -> Vec<Tick> {
    let mut parts = kept.split(' ');
    if parts.next() != Some(&conversation.to_hex()) {
        return Vec::new();
    }
    parts.filter_map(parse_tick).collect()
}

fn parse_tick(text: &str) -> Option<Tick> {
    let mut parts = text.split('.').map(|part| part.parse().ok());
    let mut next = || parts.next().flatten();
    Some([next()?, next()?, next()?])
}

/// `ticks` as they are kept, with the conversation they are of.
pub fn format_ticks(ticks: &[Tick], conversation: Id) -> String {
    let mut kept = conversation.to_hex();
    for [seq, block, item] in ticks {
        for (mark, number) in [(' ', seq), ('.', block), ('.', item)] {
            kept.push(mark);
            kept.push_str(&format_decimal((*number).into()));
        }
    }
    kept
}
