//! A person on the other side: who has read what, and who is writing.

use super::{effect::ChatEffect, state::Chat};
use wire::{AuthorKind, Up};

/// Whether a person was the last to speak to the visitor.
fn is_person_present(chat: &Chat) -> bool {
    let mut kinds = chat.timeline.entries.iter().rev().map(|line| line.message.author.kind);
    kinds.find(|kind| *kind != AuthorKind::Visitor) == Some(AuthorKind::Staff)
}

/// The visitor has begun to write, or taken it all back. What is written stays here.
pub fn send_typing(chat: &Chat, on: bool) -> Option<ChatEffect> {
    (chat.connection.is_online() && is_person_present(chat)).then_some(ChatEffect::Send(Up::Typing { on }))
}

/// Tells the person what the visitor has in front of the eyes.
pub fn send_read_receipt(chat: &mut Chat) -> Option<ChatEffect> {
    let seq = chat.timeline.newest_seq();
    // Whoever sees that a person has closed the chat is not asked about it again.
    let wanted = is_person_present(chat) || chat.opinion.closed;
    if !chat.open || seq <= chat.seen || !chat.connection.is_online() || !wanted {
        return None;
    }
    chat.seen = seq;
    Some(ChatEffect::Send(Up::Read { seq }))
}

/// A person has read what the visitor said, up to `seq`.
pub fn on_read(chat: &mut Chat, seq: u64) {
    chat.read = chat.read.max(seq);
}

impl Chat {
    /// Whether the newest message is the visitor's and a person has read it.
    pub fn is_read(&self) -> bool {
        self.timeline.entries.last().is_some_and(|line| {
            let own = line.message.author.kind == AuthorKind::Visitor && line.delivery.is_sent();
            own && line.message.seq <= self.read
        })
    }
}
