//! What happened, without what was said.

use serde::{Deserialize, Serialize};

/// One count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The agency's day, in days since 1970.
    pub day: u64,
    /// What happened.
    pub event: String,
    /// What it was about: an intent, a procedure, how long.
    pub about: String,
    /// How often.
    pub n: u64,
}

/// Something that staff or an operator did. Each holds the digest of the one before it, so that none can be changed or
/// taken out unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Counts up from 1 without gaps.
    pub n: u64,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// Who: the account's name, or `operator`.
    pub who: String,
    /// What: `take`, `close`, `publish`, …
    pub act: String,
    /// What it was about: a conversation, an account, a version.
    pub about: String,
    /// SHA-256 over the digest before it and the fields above, as hexadecimal digits.
    pub digest: String,
}
