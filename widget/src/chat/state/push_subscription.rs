//! How it stands with telling this device of news.

use wire::Id;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PushStatus {
    /// It can't be told, or nobody knows yet: nothing is shown.
    #[default]
    Unknown,
    /// It could be.
    Off,
    /// The browser asks the visitor.
    Asking,
    /// It is told.
    On,
    /// The visitor, or the browser, has just said no.
    Forbidden,
    /// It was to be, and that failed.
    Failed,
}

/// The same, with what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushSubscription {
    /// How it stands.
    pub told: PushStatus,
    /// The edge's words: the offer, that it is on, how to turn it off, that it is forbidden. None: nobody has looked.
    pub words: Vec<String>,
    /// In which language it was looked at last.
    pub lang: String,
    /// For which conversation.
    pub of: Id,
    /// What opens that.
    pub ticket: String,
}

impl PushSubscription {
    /// The one at this place; empty if there is none.
    pub fn text_at(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }
}
