//! What visitors say about answers and conversations.

use serde::{Deserialize, Serialize};

/// Why an answer did not help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It is not true.
    Wrong,
    /// It can't be understood.
    Unclear,
    /// Something is missing.
    Missing,
    /// Another one.
    Other,
    /// A reason this reader doesn't know. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// Which answers helped, and which did not: all the visitor has said about that, by the answers' numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rated {
    /// Those that helped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub good: Vec<u64>,
    /// Those that did not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bad: Vec<u64>,
}

impl Rated {
    /// Whether the answer at `seq` helped; nothing if that was not said.
    pub fn rating_of(&self, seq: u64) -> Option<bool> {
        match (self.good.contains(&seq), self.bad.contains(&seq)) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        }
    }

    /// The answer at `seq` helped, did not help, or nothing is said about it any more.
    pub fn set_rating(&mut self, seq: u64, good: Option<bool>) {
        self.good.retain(|other| *other != seq);
        self.bad.retain(|other| *other != seq);
        match good {
            Some(true) => self.good.push(seq),
            Some(false) => self.bad.push(seq),
            None => {}
        }
    }
}
