//! Files that visitors and agencies send.

use crate::Id;
use serde::{Deserialize, Serialize};

/// A file in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// One that a visitor sent; it is brought by `POST /s/<site>/file/<id>` with the ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// Its name, made safe.
    pub name: String,
    /// Its size in bytes; 0 if nobody said.
    #[serde(default)]
    pub size: u64,
    /// Its media type; empty if nobody said.
    #[serde(default)]
    pub kind: String,
    /// Where an agency's file lies: `https:`, checked by the edge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

/// Which files a site takes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FileRules {
    /// The endings of those it takes, lower case, without a dot.
    pub allow: Vec<String>,
    /// The largest, in bytes.
    pub max_bytes: u64,
}
