//! What a visitor's side sends.

use crate::{Given, Id, Reason};
use serde::{Deserialize, Serialize};

/// A frame from the widget to the edge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum Up {
    /// The first frame on every connection: who this is and what it has already.
    Hello {
        /// [`crate::VERSION`] of the sender.
        v: u32,
        /// Proves that this visitor may read and write the conversation. Never put into a URL.
        ticket: String,
        /// The epoch last seen; absent on the first visit. Another epoch means: start over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        epoch: Option<Id>,
        /// The highest `seq` up to which everything is here and complete. 0: nothing yet.
        #[serde(default)]
        after: u64,
        /// The visitor's language, as BCP 47 (`vi`, `en`).
        lang: String,
    },
    /// Something the visitor said. Sent again, unchanged, until it is acknowledged.
    Say {
        /// Made by the widget, 128 random bits. The same id with the same words is the same saying.
        id: Id,
        /// At most [`crate::limits::MAX_SAY_CHARS`] characters.
        text: String,
        /// The visitor's language, as BCP 47.
        lang: String,
        /// The intent a button stood for. The words are still what was said; this says what was meant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pick: Option<String>,
        /// What was given for a [`crate::Block::Input`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<Given>,
        /// Files sent before, at most [`crate::limits::MAX_FILES`]. With one of them there need be no words.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<Id>,
    },
    /// The visitor doesn't need the rest of a reply that is still growing.
    Stop {
        /// Which reply.
        seq: u64,
    },
    /// The page around the widget says who the visitor is.
    Identify {
        /// A JSON Web Token that the host's own server signed.
        token: String,
    },
    /// The page around the widget says what the visitor is about. Nobody has checked it.
    Context {
        /// At most [`crate::limits::MAX_CONTEXT`] of them; they take the place of earlier ones.
        #[serde(with = "pairs")]
        values: Vec<(String, String)>,
    },
    /// Whether an answer helped. The last word about it counts.
    Rate {
        /// Which answer.
        seq: u64,
        /// Whether it did; absent: nothing is said about that any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        good: Option<bool>,
        /// Why it did not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
        /// The same in the visitor's own words, at most [`crate::limits::MAX_OPINION_CHARS`] characters.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        text: String,
    },
    /// What the visitor thinks of the conversation. The last word counts.
    Survey {
        /// From 1, the worst, to 5, the best.
        score: u8,
        /// The visitor's own words, at most [`crate::limits::MAX_OPINION_CHARS`] characters.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        text: String,
    },
    /// The visitor is writing, or no longer; said only while a person is in the conversation. What is being written stays
    /// where it is.
    Typing {
        /// Whether.
        on: bool,
    },
    /// The visitor has seen everything up to here; said only while a person is in the conversation.
    Read {
        /// Which message.
        seq: u64,
    },
    /// A frame of a newer widget. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// Names and values as an object. A map would be most of what the widget does with them.
mod pairs {
    use serde::{Deserialize as _, Deserializer, Serializer};
    use std::collections::BTreeMap;

    pub fn serialize<S: Serializer>(pairs: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(pairs.iter().map(|(name, value)| (name, value)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<(String, String)>, D::Error> {
        Ok(BTreeMap::deserialize(deserializer)?.into_iter().collect())
    }
}
