//! What the edge sends.

use crate::{Author, Block, Fault, Id, Message, Rated};
use serde::{Deserialize, Serialize};

/// A frame from the edge to the widget.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum Down {
    /// Answers `Hello`. What was missed follows, in order.
    Welcome {
        /// Names this run of sequence numbers. Unlike the one in `Hello`: forget everything and start over.
        epoch: Id,
        /// The highest `seq` there is.
        last: u64,
        /// A fresh ticket to keep instead of the one sent, when that one is getting old.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ticket: Option<String>,
    },
    /// What the visitor said is written down and can't be lost any more.
    Ack {
        /// The id from `Say`.
        id: Id,
        /// Its place in the conversation.
        seq: u64,
        /// When it was written, in milliseconds since 1970.
        at: u64,
    },
    /// A message, whole as of now. One with a `seq` already shown replaces it.
    Message(Message),
    /// A growing message has grown: keep its first `keep` blocks, then append `blocks`.
    Grow {
        /// Which message.
        seq: u64,
        /// Counts up by one with every change; a gap means: ask again with `Hello`.
        rev: u32,
        /// How many blocks of the earlier revision stay as they are.
        keep: usize,
        /// What now follows them.
        blocks: Vec<Block>,
    },
    /// Somebody or something is at work on an answer; shown until the next message.
    Working {
        /// Who.
        author: Author,
        /// What there is to say about it: how long it takes until somebody has time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// Nobody is at work any more.
    Quiet,
    /// A person has read what the visitor said, up to here.
    Read {
        /// Which message.
        seq: u64,
    },
    /// The visitor is known now as the one [`crate::Up::Identify`] named.
    Identified {
        /// The ticket from now on, where earlier ones open nothing any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ticket: Option<String>,
    },
    /// Which answers helped: all that was said about that, in place of what was known before.
    Rated(Rated),
    /// A person has closed the conversation: how was it? Answered by [`crate::Up::Survey`], or not at all. Only where the site
    /// asks (`survey` of its look), and until the visitor has read so far.
    Survey,
    /// What the visitor thought of the conversation is written down.
    Surveyed,
    /// Something went wrong, in public terms.
    Fault {
        /// What it was about, if about something said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<Id>,
        /// What.
        code: Fault,
        /// When trying again makes sense, in milliseconds from now. Absent: it doesn't, unchanged.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_ms: Option<u64>,
    },
    /// The conversation was deleted, by the visitor or by the agency: nothing of it is there any more, and no ticket opens it.
    /// The line closes after this.
    Erased,
    /// The edge is about to restart: connect again at once, nothing is lost.
    Going,
    /// A frame of a newer edge. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}
