//! What an answer asks for besides words.

use crate::Text;
use serde::{Deserialize, Serialize};
use wire::InputKind;

/// `input` of an intent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntentInput {
    /// Names it towards the agency.
    pub name: String,
    /// What it asks.
    pub label: Text,
    /// What kind of thing.
    pub kind: InputKind,
    /// The first day that may be given.
    #[serde(default)]
    pub min: Option<DateBound>,
    /// The last one.
    #[serde(default)]
    pub max: Option<DateBound>,
    /// What there is to choose from. A key that is an intent's id asks that intent.
    #[serde(default)]
    pub options: Vec<InputOption>,
}

/// One of a few.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputOption {
    /// Names it.
    pub key: String,
    /// What visitors read.
    pub label: Text,
}

/// A day of the agency's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateBound {
    /// Year, month and day.
    On(i16, i8, i8),
    /// So many days after the day of the answer; before it, if negative.
    FromToday(i32),
}
