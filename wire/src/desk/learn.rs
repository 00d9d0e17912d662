//! What was not answered, and what becomes of it.

use serde::{Deserialize, Serialize};

/// Why a question is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Nothing fitted.
    Unanswered,
    /// Several fitted, and the visitor was asked which.
    AskedBack,
    /// The visitor says that the answer did not help.
    Unhelpful,
    /// A reason this reader doesn't know. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// A question that is listed. Personal data in it is hidden.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wondered {
    /// Its number.
    pub n: u64,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// Its language, as BCP 47.
    pub lang: String,
    /// The words.
    pub text: String,
    /// Why it is here.
    pub why: Why,
    /// The intent that came closest, if any did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
}

/// Questions that are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The one most like the others first.
    pub questions: Vec<Wondered>,
    /// The intent that most of them came closest to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
}

/// What becomes of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupDecision {
    /// They are asked of this intent.
    Intent(String),
    /// They are asked of an intent that is still to be written, with this title.
    New(String),
    /// None of ours: teaches what is out of scope.
    OutOfScope,
    /// Not worth keeping.
    Dismiss,
}
