//! Papers and steps that the visitor has ticked off: on this device only, for as long as the conversation is kept.

use super::{Chat, ChatEffect, StorageKey};
use wire::Id;

/// A box: the message, the block in it, the item in that; the last two from 0.
pub type Tick = [u32; 3];

/// The ticks in `kept`, if they are of `conversation`.
pub fn parse(kept: &str, conversation: Id) -> Vec<Tick> {
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

/// The visitor has ticked something off, or has taken that back.
pub fn set_tick(chat: &mut Chat, tick: Tick, on: bool) -> Vec<ChatEffect> {
    chat.ticks.retain(|other| *other != tick);
    if on {
        chat.ticks.push(tick);
    }
    let mut kept = chat.conversation.to_hex();
    for [seq, block, item] in &chat.ticks {
        for (mark, number) in [(' ', seq), ('.', block), ('.', item)] {
            kept.push(mark);
            kept.push_str(&number.to_string());
        }
    }
    vec![ChatEffect::Store(StorageKey::Ticks, kept)]
}
