//! Papers and steps that the visitor has ticked off: on this device only, for as long as the conversation is kept.

use super::{
    effect::{ChatEffect, StorageKey},
    state::{
        Chat,
        checklist::{Tick, format_ticks},
    },
};

/// The visitor has ticked something off, or has taken that back.
pub fn set_tick(chat: &mut Chat, tick: Tick, on: bool) -> Vec<ChatEffect> {
    chat.ticks.retain(|other| *other != tick);
    if on {
        chat.ticks.push(tick);
    }
    let kept = format_ticks(&chat.ticks, chat.conversation);
    vec![ChatEffect::Store(StorageKey::Ticks, kept)]
}
