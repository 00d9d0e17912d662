//! A person's data in a conversation: erased, or handed out as a copy.

use super::session::ConversationKey;
use hoi_core::erasure::{Removed, export::Export};
use serde::{Deserialize, Serialize};
use wire::{Fault, desk::Act};

/// Who stands in the trail for a visitor.
pub const VISITOR: &str = "visitor";

/// Somebody wants something done with all that is kept in a conversation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DataRequest {
    /// Which conversation.
    pub whose: ConversationKey,
    /// The account's name, [`hoi_core::board::OPERATOR`], or [`VISITOR`].
    pub who: String,
    /// The generation of the visitor's ticket; nothing: it is not the visitor who asks.
    pub generation: Option<u32>,
    /// Why.
    pub reason: String,
    /// Whether cases that were handed in are erased, too.
    pub cases: bool,
    /// Whether the whole site goes: then that is one act, and nobody else is told of this conversation.
    #[serde(default)]
    pub site: bool,
    /// Under which name the visitor's address is counted.
    #[serde(default)]
    pub address: Option<String>,
}

/// Everything is to be erased.
#[derive(Serialize, Deserialize)]
pub struct EraseConversation(pub DataRequest);

/// What came of an erasure.
#[derive(Debug, Serialize, Deserialize)]
pub enum ErasureOutcome {
    /// Nothing was ever written here, or its time was over.
    Nothing,
    /// The ticket opens nothing any more, or it is asked too often: why, and how long to wait, in milliseconds.
    Refused(Fault, Option<u64>),
    /// It is erased, now or before.
    Done {
        /// What was deleted.
        removed: Removed,
        /// The act in the trail.
        act: Option<Box<Act>>,
    },
}

/// Everything is to be handed out.
#[derive(Serialize, Deserialize)]
pub struct ExportConversation(pub DataRequest);

/// A copy, or why there is none.
#[derive(Debug, Serialize, Deserialize)]
pub enum ExportOutcome {
    /// Nothing was ever written here, or its time was over.
    Nothing,
    /// As [`ErasureOutcome::Refused`].
    Refused(Fault, Option<u64>),
    /// The copy, and the act in the trail but for the visitor's own copies.
    Copy(Box<Export>, Option<Act>),
}

/// Gives in figures what there is, for the page that asks whether to erase it.
#[derive(Serialize, Deserialize)]
pub struct ReadDataSummary(pub DataRequest);

/// What there is, in figures.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct DataSummary {
    /// Why the visitor isn't told.
    pub fault: Option<Fault>,
    /// Whether anything is kept at all: a form that was begun counts, too.
    pub any: bool,
    /// How many messages.
    pub messages: usize,
    /// How many files.
    pub files: usize,
    /// How many devices that are told of news.
    pub devices: usize,
    /// Cases that were handed in: their numbers, and what they are called.
    pub cases: Vec<(String, String)>,
    /// Whether a person has the conversation.
    pub with_people: bool,
}
