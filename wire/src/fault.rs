//! What can go wrong, in the terms a visitor's side may know.

use serde::{Deserialize, Serialize};

/// A public error code. The widget has a sentence for each; the reason behind it stays in the edge's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The frame or the request could not be read.
    Malformed,
    /// Longer than [`crate::limits`] allow.
    TooLong,
    /// Too much in too short a time; wait for `retry_ms`.
    TooFast,
    /// The ticket is missing, wrong or expired: get a new one.
    Ticket,
    /// This web address is not on the site's list.
    Origin,
    /// There is no such site.
    NoSite,
    /// The same id was used for other words.
    IdReused,
    /// It holds personal data that this site doesn't take: hide it and send it under another id.
    Personal,
    /// The widget is too old for this edge: load the page again.
    Version,
    /// Who the visitor is could not be believed.
    Identity,
    /// The conversation is another visitor's: begin one of your own.
    Stranger,
    /// A file of a kind that this site doesn't take.
    FileKind,
    /// No more files fit into the conversation.
    FilesFull,
    /// Ours to mend. Trying again later may help.
    Internal,
    /// A code this reader doesn't know. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// The body of every HTTP answer that is an error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublicError {
    /// What.
    pub error: Fault,
    /// When trying again makes sense, in milliseconds from now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_ms: Option<u64>,
}
