//! What a visitor thinks of answers and of the conversation, as it is kept.

use serde::{Deserialize, Serialize};
use wire::Reason;

/// What was said about one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// The answer's place.
    pub seq: u64,
    /// Whether it helped; nothing if that was taken back.
    pub good: Option<bool>,
    /// Why it did not.
    pub reason: Option<Reason>,
    /// The visitor's own words; may be empty.
    pub text: String,
    /// The intent it answered; empty for the agency's answers.
    pub topic: String,
    /// The answer's language.
    pub lang: String,
    /// When this was said, in milliseconds since 1970.
    pub at: u64,
}

/// What was said about the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// From 1, the worst, to 5, the best.
    pub score: u8,
    /// The visitor's own words; may be empty.
    pub text: String,
    /// The language of the last message.
    pub lang: String,
    /// When, in milliseconds since 1970.
    pub at: u64,
}
