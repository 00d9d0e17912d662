//! One conversation, seen from the desk.

use super::Stage;
use crate::{Body, Id};
use serde::{Deserialize, Serialize};

/// A frame from the desk about the conversation of its socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "s", rename_all = "snake_case")]
pub enum ChatUp {
    /// The first frame: what is here already, as in [`crate::Up::Hello`].
    Hello {
        /// [`crate::VERSION`] of the sender.
        v: u32,
        /// The epoch last seen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        epoch: Option<Id>,
        /// The highest `seq` up to which everything is here.
        #[serde(default)]
        after: u64,
    },
    /// I take it. Refused if somebody else has it, unless a lead takes it over.
    Take,
    /// I say this to the visitor. The same id with the same words is the same saying.
    Say {
        /// Made by the desk.
        id: Id,
        /// Markdown, at most [`crate::limits::MAX_SAY_CHARS`] characters; may be empty beside files.
        text: String,
        /// What goes with it: files that were brought before by `POST /desk/s/<site>/chat/<id>/file`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<Id>,
    },
    /// For colleagues only.
    Note {
        /// Made by the desk.
        id: Id,
        /// At most [`super::MAX_NOTE_CHARS`] characters.
        text: String,
    },
    /// What it is called from now on, in place of earlier tags.
    Tag {
        /// At most [`super::MAX_TAGS`].
        tags: Vec<String>,
    },
    /// Somebody else is to take it.
    Transfer {
        /// Who.
        to: Target,
    },
    /// The assistant may answer again.
    HandBack,
    /// It is done.
    End {
        /// How it went.
        reason: EndReason,
    },
    /// I am writing, or no longer.
    Typing {
        /// Whether.
        on: bool,
    },
    /// I have read up to this message.
    Read {
        /// Which.
        seq: u64,
    },
    /// What would the assistant answer to the visitor's last words?
    Suggest,
    /// The visitor may see this answer.
    Approve {
        /// Which draft.
        draft: u64,
        /// What it is to say instead, as Markdown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// The visitor must not see this answer; I take the conversation.
    Reject {
        /// Which draft.
        draft: u64,
    },
    /// A frame of a newer desk. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// What somebody at the desk tried to do: a frame, as its refusal names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tried {
    /// [`ChatUp::Take`].
    Take,
    /// [`ChatUp::Say`], under this id.
    Say(Id),
    /// [`ChatUp::Note`], under this id.
    Note(Id),
    /// [`ChatUp::Tag`].
    Tag,
    /// [`ChatUp::Transfer`].
    Transfer,
    /// [`ChatUp::HandBack`].
    HandBack,
    /// [`ChatUp::End`].
    End,
    /// [`ChatUp::Approve`] or [`ChatUp::Reject`], of this draft.
    Draft(u64),
    /// Something that is done by the way: [`ChatUp::Typing`], [`ChatUp::Read`], [`ChatUp::Suggest`]; or something that this reader
    /// doesn't know.
    #[serde(other)]
    Other,
}

impl ChatUp {
    /// What this frame tries to do.
    pub fn attempted_action(&self) -> Tried {
        match self {
            ChatUp::Take => Tried::Take,
            ChatUp::Say { id, .. } => Tried::Say(*id),
            ChatUp::Note { id, .. } => Tried::Note(*id),
            ChatUp::Tag { .. } => Tried::Tag,
            ChatUp::Transfer { .. } => Tried::Transfer,
            ChatUp::HandBack => Tried::HandBack,
            ChatUp::End { .. } => Tried::End,
            ChatUp::Approve { draft, .. } | ChatUp::Reject { draft } => Tried::Draft(*draft),
            ChatUp::Hello { .. }
            | ChatUp::Typing { .. }
            | ChatUp::Read { .. }
            | ChatUp::Suggest
            | ChatUp::Unknown => Tried::Other,
        }
    }
}

/// Where a conversation is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// To this account.
    Person(String),
    /// Into the queue of this department.
    Department(String),
}

/// Why somebody closes a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The visitor has an answer.
    Answered,
    /// The visitor left.
    Left,
    /// It is nothing for us.
    NotOurs,
    /// Abuse or advertising.
    Abuse,
    /// A reason this reader doesn't know. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// A frame from the edge to a desk that has a conversation open, besides [`crate::Down`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "s", rename_all = "snake_case")]
pub enum ChatDown {
    /// How it stands; sent after the first frame, and whenever that changes.
    Stands {
        /// How far it is.
        stage: Stage,
        /// Who has it: the account's name, and as it is shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<(String, String)>,
        /// Which department it is for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        department: Option<String>,
        /// Its tags.
        #[serde(default)]
        tags: Vec<String>,
        /// What the visitor is about, as the page said, and who it is, as the host's server signed.
        #[serde(default)]
        about: Vec<(String, String)>,
    },
    /// All notes, oldest first; sent after the first frame and whenever one is added.
    Notes {
        /// They.
        notes: Vec<Note>,
    },
    /// All answers that wait for approval.
    Drafts {
        /// They.
        drafts: Vec<Draft>,
    },
    /// What I said is written down.
    Ack {
        /// The id from [`ChatUp::Say`].
        id: Id,
        /// Its place.
        seq: u64,
    },
    /// The visitor is writing, or no longer.
    Typing {
        /// Whether.
        on: bool,
    },
    /// The visitor has seen everything up to here.
    Read {
        /// Which message.
        seq: u64,
    },
    /// What the assistant would answer, best first.
    Suggestions {
        /// At most three.
        items: Vec<Suggestion>,
    },
    /// It was not done.
    Refused {
        /// Why.
        why: Refusal,
        /// What; nothing if the frame could not be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tried: Option<Tried>,
    },
    /// A frame of a newer edge. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// Something colleagues tell each other about a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Made by the desk.
    pub id: Id,
    /// Who, as it is shown.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// What.
    pub text: String,
}

/// An answer that the visitor has not seen yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Its number in this conversation.
    pub draft: u64,
    /// The question's place.
    pub about: u64,
    /// When it was made, in milliseconds since 1970.
    pub at: u64,
    /// As the visitor would see it.
    pub body: Body,
    /// Its words, to be changed: what is sent in its place is shown as typed.
    pub text: String,
}

/// An answer of the site's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The intent's id.
    pub intent: String,
    /// Its title.
    pub title: String,
    /// The answer's words in the visitor's language.
    pub text: String,
    /// How likely it is what was meant, 0 to 1.
    pub p: f32,
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Somebody else has it: as it is shown.
    Taken(String),
    /// Take it first.
    NotYours,
    /// Your role doesn't allow that.
    Role,
    /// Longer than allowed, or empty.
    Length,
    /// It was done before, or is not there any more.
    Gone,
    /// The frame could not be read.
    Malformed,
    /// A reason this reader doesn't know. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}
