//! Who works at a desk.

use serde::{Deserialize, Serialize};

/// What somebody may do at a site's desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads conversations, reports and the audit trail; says and changes nothing.
    Auditor,
    /// Takes conversations and answers.
    Agent,
    /// Also takes over from others, teaches the assistant, sees reports and the audit trail.
    Lead,
    /// A role this reader doesn't know. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

impl Role {
    /// Whether it takes conversations and answers in them.
    pub fn can_answer(self) -> bool {
        matches!(self, Role::Agent | Role::Lead)
    }
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The account's name: lower-case letters, digits, `.`, `-`.
    pub name: String,
    /// As visitors and colleagues see it.
    pub shown: String,
    /// At this site.
    pub role: Role,
    /// All sites of this account, by id.
    pub sites: Vec<String>,
}

/// Whether somebody can be given a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// At the desk.
    #[default]
    Here,
    /// Signed in, but not taking any.
    Away,
    /// A state this reader doesn't know. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// A colleague at the desk now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The account's name.
    pub name: String,
    /// As colleagues see it.
    pub shown: String,
    /// Whether they take conversations.
    pub presence: Presence,
    /// How many conversations they have.
    pub chats: u32,
}
