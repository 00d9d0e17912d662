//! Something a message asks for that is not typed: a date, one of a few, a place.

use serde::{Deserialize, Serialize};

/// Asks for one thing. What the visitor gives travels as [`crate::Up::Say`], in words, with a [`Given`] beside them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(description = "Asks for one thing."))]
pub struct Input {
    /// Names it towards whoever asked: lower-case letters, digits and `-`.
    pub name: String,
    /// What it asks, as visitors read it.
    pub label: String,
    /// What kind of thing.
    pub kind: InputKind,
    /// Of a date: the first one that may be given, `2026-01-31`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Of a date: the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// Of a choice: what there is to choose from, at most [`crate::limits::MAX_OPTIONS`].
    #[cfg_attr(
        feature = "schema",
        schemars(description = "Of a choice: what there is to choose from, 20 at most.")
    )]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// A day.
    Date,
    /// One of a few.
    Choice,
    /// A place: where the visitor is, or an address.
    Place,
    /// A kind this reader doesn't know. Never sent.
    #[serde(other, skip_serializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    Unknown,
}

/// One of a few.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choice {
    /// Names it towards whoever asked.
    pub key: String,
    /// What visitors read, and say when they choose it.
    pub label: String,
}

/// What was given, for software to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Given {
    /// The `Input`'s name.
    pub name: String,
    /// A date as `2026-01-31`, the key of a choice, or of a place its coordinates as a `geo:` address (RFC 5870);
    /// a place that was typed is an address in words.
    pub value: String,
}
