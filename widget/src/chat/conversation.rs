//! Which conversation it is: kept by the browser, replaced by another one, forgotten.

use super::{
    effect::{ChatEffect, StorageKey},
    message_row::RowKey,
    state::Chat,
};
use wire::{Id, json::Writer};

/// Keeps the conversation for the next visit.
pub fn store_conversation(chat: &Chat) -> ChatEffect {
    ChatEffect::Store(StorageKey::Conversation, conversation_json(chat))
}

/// The same for one that has just begun.
pub fn claim_conversation(chat: &Chat) -> ChatEffect {
    ChatEffect::Claim(conversation_json(chat))
}

fn conversation_json(chat: &Chat) -> String {
    let mut kept = Writer::default();
    kept.write_id("conversation", Some(chat.conversation));
    kept.write_text("ticket", &chat.ticket);
    kept.write_id("epoch", chat.timeline.epoch);
    kept.finish_object()
}

/// Another conversation takes the place of this one; it has no past yet.
pub fn replace_conversation(chat: &mut Chat, conversation: Id, ticket: String) -> Vec<ChatEffect> {
    chat.identity.mark_unsent();
    chat.conversation = conversation;
    chat.ticket = ticket;
    chat.timeline.epoch = None;
    chat.opinion = Default::default();
    chat.ticks.clear();
    chat.timeline.base = 0;
    chat.undrawn = 0;
    chat.past = 0;
    chat.working = None;
    chat.announced = false;
    chat.held = false;
    chat.below = false;
    chat.following = true;
    vec![ChatEffect::ScrollToEnd]
}

/// Has the browser forget it, with all that was written in it.
pub fn forget_conversation(chat: &Chat) -> Vec<ChatEffect> {
    let mut keys = Vec::new();
    for line in chat.timeline.entries.iter().filter(|line| !line.delivery.is_sent()) {
        if let RowKey::Id(id) = line.key {
            keys.push(StorageKey::Outgoing(id));
        }
    }
    keys.extend([StorageKey::Conversation, StorageKey::Draft, StorageKey::Ticks, StorageKey::Ratings]);
    keys.into_iter().map(ChatEffect::Forget).collect()
}
