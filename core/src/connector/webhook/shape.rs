//! What goes over the line, as JSON. The description for agencies' developers is made of these types
//! (`crate::openapi`).

use crate::{
    application::case::{Appointment, CaseState, RequestedDocument},
    connector::attachments::Along,
    files::Paper,
    identity::Visitor,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use wire::{AuthorKind, Given, Id};

/// A question.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Question<'a> {
    /// `question`.
    pub r#type: &'static str,
    /// The site's id.
    pub site: &'a str,
    /// The conversation, to be named in callbacks.
    pub conversation: Id,
    /// The question's own name.
    pub id: Id,
    /// Its place in the conversation, to be named in callbacks.
    pub seq: u64,
    /// The language it was asked in.
    pub lang: &'a str,
    /// What was asked. Empty where only files were sent.
    pub text: &'a str,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// What was said before, oldest first.
    pub history: Vec<HistoryEntry<'a>>,
    /// The site's intents that came closest, best first.
    pub candidates: Vec<Candidate<'a>>,
    /// The `pick` of your button that was pressed or chosen in words, if you gave it one; `text` is its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pick: Option<&'a str>,
    /// What was given for an input, checked against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'a Given>,
    /// Files that were sent with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Paper>,
    /// Who asks, where the host's server has signed that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visitor: Option<&'a Visitor>,
    /// What the page says the visitor is about. Nobody has checked it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub context: &'a BTreeMap<String, String>,
}

/// A case, or papers to one, instead of a question.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubmissionBody<'a, T> {
    /// `case` or `case_papers`.
    pub r#type: &'static str,
    /// The site's id.
    pub site: &'a str,
    /// The conversation, to be named in callbacks.
    pub conversation: Id,
    /// Its place in the conversation.
    pub seq: u64,
    /// The language it was written in.
    pub lang: &'a str,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// What is handed in.
    #[serde(flatten)]
    pub handed: &'a T,
    /// Who hands it in, where the host's server has signed that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visitor: Option<&'a Visitor>,
    /// What the page says the visitor is about. Nobody has checked it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub context: &'a BTreeMap<String, String>,
}

/// Something said earlier.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Said"))]
pub struct HistoryEntry<'a> {
    /// Who said it.
    pub author: AuthorKind,
    /// Its words.
    pub text: &'a str,
}

/// An intent that came close.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Candidate<'a> {
    /// Its name in the site.
    pub intent: &'a str,
    /// How likely it is, 0 to 1.
    pub p: f32,
}

/// An answer in one piece.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Answer {
    /// Markdown.
    pub text: String,
    /// What goes along.
    #[serde(flatten)]
    pub along: Along,
}

/// One event of an answer that comes as a stream.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Delta {
    /// More of the text.
    #[serde(default)]
    pub delta: String,
    /// Whether the answer is complete with this.
    #[serde(default)]
    pub done: bool,
    /// The whole text, in place of what came before.
    #[serde(default)]
    pub text: Option<String>,
    /// What goes along.
    #[serde(flatten)]
    pub along: Along,
}

/// A wish for a file.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FileRequestBody {
    /// `file`.
    pub r#type: String,
    /// The conversation it was sent in.
    pub conversation: Id,
    /// Which.
    pub file: Id,
}

/// A callback.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Later {
    /// An answer, or something said without a question.
    Answer {
        /// The conversation.
        conversation: Id,
        /// The question's place, if it answers one.
        #[serde(default)]
        seq: Option<u64>,
        /// Markdown; not empty.
        text: String,
        /// What goes along.
        #[serde(flatten)]
        along: Along,
    },
    /// How far a case is.
    Case {
        /// The case's conversation.
        conversation: Id,
        /// The case's number.
        number: String,
        /// How far it is.
        state: Reported,
        /// What the visitor is told, in Markdown; a refusal needs its reason.
        #[serde(default)]
        text: String,
        /// Which papers are wanted, where the state is `needs_papers`; none: the visitor may send any.
        #[serde(default)]
        papers: Vec<RequestedDocument>,
        /// The last day for them, `year-month-day`.
        #[serde(default)]
        until: Option<String>,
        /// When and where the visitor should come.
        #[serde(default)]
        appointment: Option<Appointment>,
        /// What goes along.
        #[serde(flatten)]
        along: Along,
    },
}

/// How far a case is, as agencies report it.
#[derive(Deserialize, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reported {
    /// The agency has it, and looks at it.
    Received,
    /// Something is missing.
    NeedsPapers,
    /// There is a result.
    Done,
    /// It is refused.
    Refused,
}

impl From<Reported> for CaseState {
    fn from(state: Reported) -> CaseState {
        match state {
            Reported::Received => CaseState::Received,
            Reported::NeedsPapers => CaseState::NeedsPapers,
            Reported::Done => CaseState::Done,
            Reported::Refused => CaseState::Refused,
        }
    }
}
