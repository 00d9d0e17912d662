//! Personal data in what the visitor is about to send: what is searched, found and asked.

use super::opinion::FeedbackSubject;
use privacy::Kinds;
use wire::Id;

/// A text to be searched for personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalDataSearch {
    /// What.
    pub text: String,
    /// The visitor's last messages, oldest first: numbers come in pieces.
    pub earlier: Vec<String>,
    /// The present one.
    pub year: u32,
    /// What is to be hidden of it.
    pub hide: Kinds,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalDataResult {
    /// Everything it holds.
    pub kinds: Kinds,
    /// The text with what was to be hidden.
    pub hidden: String,
}

/// What a search is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::chat) enum SearchPurpose {
    /// To send the text under this id.
    Say { id: Id, at: u64 },
    /// To send it as what is said about this.
    Opinion(FeedbackSubject),
    /// To say what the edge has refused.
    Refused,
}

/// A search that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searching {
    pub(in crate::chat) text: String,
    pub(in crate::chat) reason: SearchPurpose,
}

/// What the visitor is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// What the text seems to hold; nothing if nobody could tell.
    pub kinds: Kinds,
    /// Whether the site doesn't take it at all.
    pub refused: bool,
    /// The text without it, unless nobody could tell.
    pub hidden: Option<String>,
    /// What it is about, if not a message.
    pub(in crate::chat) about: Option<FeedbackSubject>,
    /// Whether the visitor has just tried to send it: then the focus comes to the question.
    pub(in crate::chat) moves_focus: bool,
    pub(in crate::chat) text: String,
}

impl Asking {
    /// What is asked, as a number, for telling one question from another; never 0.
    pub fn question_key(&self) -> u64 {
        u64::from(self.kinds.0) << 3
            | u64::from(self.refused) << 2
            | u64::from(self.hidden.is_some()) << 1
            | 1
    }
}

/// What the visitor answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonalDataDecision {
    /// Hide it and send the rest.
    Hide,
    /// Send it as it is.
    Send,
    /// Write it otherwise.
    Edit,
}
