//! One line of a conversation.

use crate::{Body, Given, Id};
use serde::{Deserialize, Serialize};

/// Something said by somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Its place in the conversation, from 1, without gaps.
    pub seq: u64,
    /// The id that the visitor's side or the desk gave it; absent for everybody else's messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// Who said it.
    pub author: Author,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// Its language, as BCP 47: goes into the element's `lang`.
    pub lang: String,
    /// Whether it is all there.
    #[serde(default)]
    pub state: State,
    /// Which revision of a growing message this is. See [`crate::Down::Grow`].
    #[serde(default)]
    pub rev: u32,
    /// What it answers: the intent's id, or nothing where the agency answers. Absent: it is no answer, but a question
    /// back, a note, or something a person said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// What the visitor gave for a [`crate::Block::Input`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Given>,
    /// Whether there will be news of it some day, when the visitor may be away.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub later: bool,
    /// What was said.
    pub body: Body,
}

/// Who said it, as the visitor is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Author {
    /// What kind of being.
    pub kind: AuthorKind,
    /// Its name, where it has one to show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Visitors must always be able to tell a person from software.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuthorKind {
    /// The person on the page.
    Visitor,
    /// The edge, from the site's own answers.
    Assistant,
    /// The agency's system, or a language model it uses.
    Agency,
    /// A person of the agency's.
    Staff,
    /// A kind this reader doesn't know. Never sent.
    #[serde(other, skip_serializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    Unknown,
}

/// How complete a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// All there; it won't change any more.
    #[default]
    Done,
    /// More is coming.
    Growing,
    /// It stopped before its end: by the visitor, or because the far end fell silent. What came is kept.
    Cut,
    /// A state this reader doesn't know. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}
