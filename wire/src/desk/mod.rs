//! What travels between the staff's desk and the edge.
//!
//! A desk has one socket to the site's board ([`BoardUp`], [`BoardDown`]: who waits, who is there, what was not
//! answered) and one to each conversation that is open in it ([`ChatUp`], [`ChatDown`]). What is said in a conversation
//! comes as it comes to the visitor, as [`crate::Down`]: its frames have a `t`, those of [`ChatDown`] an `s`.

mod board;
mod chat;
mod learn;
mod people;
mod report;

pub use board::{BoardDown, BoardUp, Canned, Department, SiteInfo};
pub use chat::{ChatDown, ChatUp, Draft, EndReason, Note, Refusal, Suggestion, Target, Tried};
pub use learn::{Group, GroupDecision, Why, Wondered};
pub use people::{Me, Person, Presence, Role};
pub use report::{Act, Count};

use crate::Id;
use serde::{Deserialize, Serialize};

/// How far a conversation with people is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The visitor waits for somebody.
    Waiting,
    /// Somebody has taken it.
    With,
    /// The assistant answers again.
    Back,
    /// Closed by a person.
    Closed,
    /// A stage this reader doesn't know. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// A conversation as the board lists it. Nothing that was said is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chat {
    /// Which.
    pub id: Id,
    /// Counts up with every change: of two with the same id the higher one holds.
    pub rev: u64,
    /// How far it is.
    pub stage: Stage,
    /// When the visitor first asked for a person, in milliseconds since 1970.
    pub since: u64,
    /// When something was last said, in milliseconds since 1970.
    pub last_at: u64,
    /// Whether the visitor spoke last, so that an answer is awaited.
    pub awaits: bool,
    /// The visitor's language, as BCP 47.
    pub lang: String,
    /// Who has it: the account's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// Which department it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Who is asked to take it: the account's name. Others may, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
    /// How many answers wait for a person's approval.
    #[serde(default)]
    pub drafts: u32,
    /// What staff call it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The visitor's name, where the host's server signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visitor: Option<String>,
    /// What danger the visitor, or somebody near, seems to be in; nothing once a person has closed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger: Option<Danger>,
}

impl Chat {
    /// What comes first among those that wait: danger, then the longest wait.
    pub fn queue_order(&self) -> (bool, u64, Id) {
        (self.danger.is_none(), self.since, self.id)
    }
}

/// A kind of danger that somebody is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    /// Somebody speaks of ending their life.
    SelfHarm,
    /// Violence, threats, abduction, abuse among adults.
    Violence,
    /// Abuse of a child.
    Child,
    /// Fire, smoke, gas.
    Fire,
    /// A life-threatening illness or injury.
    Medical,
    /// Somebody is drowning or swept away.
    Drowning,
    /// Fallen wires, an electric shock.
    Wires,
    /// A scam that is under way.
    Scam,
    /// A kind this reader doesn't know.
    #[serde(other)]
    Other,
}

/// Close code for a session that is over: sign in again.
pub const SIGNED_OUT: u16 = 4403;
/// Close code for a conversation that was erased.
pub const GONE: u16 = 4410;
/// Most chats a board lists; the newest ones of those that are over are left out first.
pub const MAX_LISTED: usize = 500;
/// Longest note, in characters.
pub const MAX_NOTE_CHARS: usize = 2_000;
/// Most tags of a conversation.
pub const MAX_TAGS: usize = 8;
/// Longest tag, in characters.
pub const MAX_TAG_CHARS: usize = 40;
