//! What the browser keeps of a chat.

use crate::chat::message_row::OutgoingMessage;
use client::Transport;
use wire::{
    Id,
    json::{Fields, Record},
};

/// What the browser had kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Saved {
    /// The conversation of the last visit.
    pub kept: Option<SavedConversation>,
    /// What was said and not acknowledged, in any order.
    pub outgoing: Vec<OutgoingMessage>,
    /// What stood in the composer: there now, or else when it was last closed.
    pub draft: String,
    /// The language the visitor chose, or else the one that the page says by hand.
    pub lang: Option<String>,
    /// How the visitor wanted the panel.
    pub display: String,
    /// What was ticked off.
    pub ticks: String,
    /// What was said of answers.
    pub ratings: String,
    /// The way to the edge that worked earlier in this session.
    pub transport: Transport,
}

/// Which conversation is the visitor's, and what opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedConversation {
    /// Its name.
    pub conversation: Id,
    /// Its ticket.
    pub ticket: String,
    /// Its epoch, once known.
    pub epoch: Option<Id>,
}

impl Record for SavedConversation {
    fn record(fields: &mut Fields) -> SavedConversation {
        SavedConversation {
            conversation: fields.get("conversation"),
            ticket: fields.get("ticket"),
            epoch: fields.get("epoch"),
        }
    }
}
