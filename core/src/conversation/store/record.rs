//! The keys that features keep their own records under. Stored keys are promises: what was written stays readable.

use std::fmt;
use wire::Id;

/// The key of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKey<'a> {
    /// How the conversation stands with the agency's people.
    Handoff,
    /// The language last spoken.
    Language,
    /// The visitor's devices that are told of news.
    PushDevices,
    /// What the site's index was told of the conversation.
    IndexEntry,
    /// The address of the page on which cases are looked up.
    StatusUrl,
    /// What may still be said of danger.
    DangerBudget,
    /// Which messages tell of danger.
    DangerMarks,
    /// Which questions the agency, or what stands before it, refused.
    RefusedQuestions,
    /// Which messages were taken back.
    Retractions,
    /// The case of this number.
    Case(&'a str),
    /// A note of staff's.
    Note(Id),
    /// An answer that waits for approval, by its number.
    HeldAnswer(u64),
    /// Where an answer that waits for approval was kept up to version 0.1: among the forms.
    LegacyHeldAnswer(u64),
    /// The answers of a form that was begun, sealed: of which procedure, or `case:` and the case's number.
    FormDraft(&'a str),
    /// What was handed in last of a form, sealed.
    FormReceipt(&'a str),
    /// The documents that are brought with the pending question at this place, sealed.
    AddedDocuments(u64),
}

impl fmt::Display for RecordKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordKey::Handoff => f.write_str("people"),
            RecordKey::Language => f.write_str("language"),
            RecordKey::PushDevices => f.write_str("devices"),
            RecordKey::IndexEntry => f.write_str("listed"),
            RecordKey::StatusUrl => f.write_str("status"),
            RecordKey::DangerBudget => f.write_str("danger-budget"),
            RecordKey::DangerMarks => f.write_str("danger-marks"),
            RecordKey::RefusedQuestions => f.write_str("refused-questions"),
            RecordKey::Retractions => f.write_str("retractions"),
            RecordKey::Case(number) => write!(f, "case:{number}"),
            RecordKey::Note(id) => write!(f, "note:{id}"),
            // With zeros before it, so that keys are in the order of numbers.
            RecordKey::HeldAnswer(number) => write!(f, "held:{number:08}"),
            RecordKey::LegacyHeldAnswer(number) => write!(f, "draft:{number:08}"),
            RecordKey::FormDraft(form) => write!(f, "draft:{form}"),
            RecordKey::FormReceipt(form) => write!(f, "sent:{form}"),
            RecordKey::AddedDocuments(seq) => write!(f, "added:{seq}"),
        }
    }
}

/// Records of one kind that are listed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordSpace {
    /// [`RecordKey::Case`].
    Cases,
    /// [`RecordKey::Note`].
    Notes,
    /// [`RecordKey::HeldAnswer`].
    HeldAnswers,
    /// [`RecordKey::FormDraft`], and [`RecordKey::LegacyHeldAnswer`] of old.
    FormDrafts,
}

impl RecordSpace {
    /// What the keys of its records begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            RecordSpace::Cases => "case:",
            RecordSpace::Notes => "note:",
            RecordSpace::HeldAnswers => "held:",
            RecordSpace::FormDrafts => "draft:",
        }
    }
}
