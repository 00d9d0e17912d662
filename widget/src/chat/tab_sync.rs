//! Several tabs of one browser: one conversation.

use super::{
    connection,
    effect::ChatEffect,
    state::{Chat, saved::SavedConversation},
};
use client::ConnectionState;

/// Another tab keeps this conversation for the site. Who has none yet takes part in it, with what is still to be
/// sent; who is in the middle of another one stays there.
pub fn join_conversation(chat: &mut Chat, kept: SavedConversation) -> Vec<ChatEffect> {
    if kept.conversation == chat.conversation {
        // A ticket is renewed in one tab for all.
        chat.ticket = kept.ticket;
        return Vec::new();
    }
    if chat.timeline.entries.iter().any(|line| line.message.seq > 0) {
        return Vec::new();
    }
    chat.identity.mark_unsent();
    chat.conversation = kept.conversation;
    chat.ticket = kept.ticket;
    chat.timeline.epoch = kept.epoch;
    chat.timeline.base = 0;
    chat.undrawn = 0;
    chat.past = 0;
    chat.kept = true;
    chat.catching_up = true;
    chat.connection.state = ConnectionState::Idle;
    connection::connect(chat)
}
