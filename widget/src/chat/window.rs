//! How much of a long conversation is drawn: the end of it, and more when the visitor asks. All of it is kept.

use super::{effect::ChatEffect, message_row::MessageRow, state::Chat};

/// So many messages are drawn at first. One more screen than anybody looks at at once.
pub const WINDOW: usize = 100;
/// More than these are never drawn while the visitor follows the end.
pub const MOST: usize = 3 * WINDOW;

/// Begins with the newest of `last` messages.
pub fn show_newest(chat: &mut Chat, last: u64) {
    chat.undrawn = last.saturating_sub(WINDOW as u64);
}

/// While the visitor follows the end, what has long left the view is no longer drawn.
pub fn limit_rows(chat: &mut Chat) {
    if chat.following && chat.visible_rows().len() > MOST {
        let first = chat.timeline.entries.len() - WINDOW;
        chat.undrawn =
            chat.timeline.entries.get(first).map_or(chat.undrawn, |line| line.message.seq.saturating_sub(1));
    }
}

/// The visitor wants to see more of what was before.
pub fn show_more(chat: &mut Chat) -> Vec<ChatEffect> {
    chat.undrawn = chat.undrawn.saturating_sub(2 * WINDOW as u64);
    vec![ChatEffect::KeepPlace]
}

impl Chat {
    /// The lines that are drawn.
    pub fn visible_rows(&self) -> &[MessageRow] {
        let hidden = |line: &MessageRow| line.message.seq != 0 && line.message.seq <= self.undrawn;
        self.timeline.entries.get(self.timeline.entries.partition_point(hidden)..).unwrap_or_default()
    }

    /// Whether there are more before them.
    pub fn has_earlier(&self) -> bool {
        self.visible_rows().len() < self.timeline.entries.len()
    }
}
