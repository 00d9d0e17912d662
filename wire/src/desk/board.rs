//! A site's board: who waits, who is there.

use super::{Act, Chat, Count, Group, GroupDecision, Me, Person, Presence, Refusal};
use crate::{FileRules, Id};
use serde::{Deserialize, Serialize};

/// A frame from the desk to the site's board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "s", rename_all = "snake_case")]
pub enum BoardUp {
    /// The first frame.
    Hello {
        /// [`crate::VERSION`] of the sender.
        v: u32,
    },
    /// I take conversations, or don't.
    Presence {
        /// Which.
        presence: Presence,
    },
    /// What was not answered, grouped by likeness. For leads.
    Questions,
    /// What becomes of a group. For leads.
    Decide {
        /// The questions in it, by their numbers.
        questions: Vec<u64>,
        /// What.
        choice: GroupDecision,
    },
    /// What happened since a day, in days since 1970. For leads and auditors.
    Report {
        /// The first day.
        from: u64,
    },
    /// The newest acts before the number `before`; 0: the newest of all. For leads and auditors.
    Audit {
        /// Up to which.
        before: u64,
    },
    /// A frame of a newer desk. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// A frame from the site's board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "s", rename_all = "snake_case")]
pub enum BoardDown {
    /// Answers the first frame.
    Welcome {
        /// Who signed in.
        me: Me,
        /// The site.
        site: Box<SiteInfo>,
    },
    /// All that is listed; sent after the first frame.
    Chats {
        /// In any order.
        chats: Vec<Chat>,
    },
    /// One of them changed, or is new.
    Chat {
        /// It.
        chat: Chat,
    },
    /// One of them is gone.
    Gone {
        /// Which.
        id: Id,
    },
    /// Who is there; sent whenever that changes.
    People {
        /// In order of their names.
        people: Vec<Person>,
    },
    /// Answers [`BoardUp::Questions`], and follows [`BoardUp::Decide`].
    Questions {
        /// Largest first.
        groups: Vec<Group>,
    },
    /// Answers [`BoardUp::Report`].
    Report {
        /// Day by day.
        counts: Vec<Count>,
    },
    /// Answers [`BoardUp::Audit`].
    Audit {
        /// Newest first.
        acts: Vec<Act>,
        /// Whether each still follows from the one before it, all the way back.
        whole: bool,
    },
    /// It was not done.
    Refused {
        /// Why.
        why: Refusal,
        /// The questions of the [`BoardUp::Decide`] that was refused, if it was one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        questions: Vec<u64>,
    },
    /// A frame of a newer edge. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// What a desk knows of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteInfo {
    /// Its id.
    pub site: String,
    /// The agency's name, in the site's first language.
    pub name: String,
    /// What it speaks, as BCP 47; the first one is its own.
    pub languages: Vec<String>,
    /// Its departments.
    pub departments: Vec<Department>,
    /// Its own answers, to be said by a person.
    pub canned: Vec<Canned>,
    /// When it is open, in a line; nothing if it doesn't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// The same in each language that the desk speaks, as BCP 47.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours_in: Vec<(String, String)>,
    /// How far its clock is from UTC now, in minutes, east positive: reports count by its days.
    #[serde(default)]
    pub utc_offset_minutes: i32,
    /// Which files may be sent in its conversations; nothing if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<FileRules>,
}

/// A department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Its id.
    pub id: String,
    /// Its name, in the site's first language.
    pub name: String,
}

/// An answer of the site's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canned {
    /// The intent's id.
    pub intent: String,
    /// Its title, in the site's first language.
    pub title: String,
    /// The answer's words, by language.
    pub text: Vec<(String, String)>,
}
