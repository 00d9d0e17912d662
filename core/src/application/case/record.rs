//! A case as it is kept.

use super::{appointment::Appointment, wants::Wants};
use serde::{Deserialize, Serialize};
use wire::{File, Link};

/// How long a case is kept that the agency never ends, in milliseconds: 400 days.
pub const LIFE_MS: u64 = 400 * 86_400_000;

/// A case, as the edge keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Names it; see [`crate::crypto::code::Code`].
    pub number: String,
    /// The procedure's name in the site.
    pub procedure: String,
    /// Its title, as it was then.
    pub title: String,
    /// The language it was handed in in.
    pub lang: String,
    /// The place of the message that handed it in.
    pub seq: u64,
    /// When that was, in milliseconds since 1970.
    pub filed_at: u64,
    /// When the result is promised, `year-month-day`.
    pub promised: Option<String>,
    /// How far it is.
    pub state: CaseState,
    /// Since when, in milliseconds since 1970.
    pub changed_at: u64,
    /// What the agency says about that, in Markdown.
    pub note: String,
    /// What was answered: a [`super::SubmittedCase`], sealed. Empty once the agency has it.
    pub sealed: String,
    /// What the agency wants to have, until it has it.
    #[serde(default)]
    pub wants: Option<Wants>,
    /// When papers were last added, in milliseconds since 1970.
    #[serde(default)]
    pub added_at: Option<u64>,
    /// When and where the agency wants to see the visitor.
    #[serde(default)]
    pub appointment: Option<Appointment>,
    /// Files that the agency has sent; their bytes lie in the conversation.
    #[serde(default)]
    pub files: Vec<File>,
    /// Links that it has sent.
    #[serde(default)]
    pub links: Vec<Link>,
}

impl Case {
    /// Grows whenever the agency reports something: the seconds from handing in to its last word.
    pub fn revision(&self) -> u64 {
        self.changed_at.saturating_sub(self.filed_at) / 1_000
    }
}

/// How far a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// On its way to the agency.
    Sending,
    /// The agency has it.
    Received,
    /// Something is missing.
    NeedsPapers,
    /// There is a result.
    Done,
    /// It was refused.
    Refused,
    /// The agency could not be given it, and won't be.
    Undelivered,
}

impl CaseState {
    /// Whether an agency may report it; the others are the edge's own.
    pub fn is_reported(self) -> bool {
        !matches!(self, CaseState::Sending | CaseState::Undelivered)
    }

    /// Whether nothing more is to come.
    pub fn is_over(self) -> bool {
        matches!(self, CaseState::Done | CaseState::Refused | CaseState::Undelivered)
    }
}
