//! Several tabs of one browser: one conversation.

use super::{Chat, Connection, Effect, Kept, connection, identity};

/// Another tab keeps this conversation for the site. Who has none yet takes part in it, with what is still to be
/// sent; who is in the middle of another one stays there.
pub fn elsewhere(chat: &mut Chat, kept: Kept) -> Vec<Effect> {
    if kept.conversation == chat.conversation {
        // A ticket is renewed in one tab for all.
        chat.ticket = kept.ticket;
        return Vec::new();
    }
    if chat.lines.iter().any(|line| line.message.seq > 0) {
        return Vec::new();
    }
    identity::forget(chat);
    chat.conversation = kept.conversation;
    chat.ticket = kept.ticket;
    chat.epoch = kept.epoch;
    chat.base = 0;
    chat.undrawn = 0;
    chat.past = 0;
    chat.kept = true;
    chat.catching_up = true;
    chat.connection = Connection::Idle;
    connection::connect(chat)
}
