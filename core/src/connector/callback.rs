//! What the agency says of its own accord: answers that come hours or days after the question.

use super::{Enclosed, Reply};
use crate::{
    application::case::{Appointment, CaseState, Wants},
    time::Seconds,
};
use wire::{Block, Id};

/// Longest callback that is read, in bytes: a reply and its files, with their escapes and framing.
pub const MAX_CALLBACK_BYTES: usize = 2 * wire::limits::MAX_REPLY_BYTES + MAX_ENCLOSED_BYTES * 4 / 3;
/// Most bytes of files in one callback.
pub const MAX_ENCLOSED_BYTES: usize = 4 * 1024 * 1024;
/// Longest name of a callback, in bytes.
pub const MAX_ID_BYTES: usize = 256;

/// Something that was posted to `/s/<site>/callback`.
pub struct Incoming<'a> {
    /// Looks up a header by its lower-case name.
    pub header: &'a dyn Fn(&str) -> Option<String>,
    /// The body, exactly as it came.
    pub body: &'a [u8],
    /// The site it was posted to.
    pub site: &'a str,
    /// When it came.
    pub now: Seconds,
}

impl Incoming<'_> {
    /// The header `name`, or nothing.
    pub fn header_value(&self, name: &str) -> String {
        (self.header)(name).unwrap_or_default()
    }
}

/// A genuine answer of the agency's.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Callback {
    /// Names it: however often it comes, it is one message.
    pub id: String,
    /// The conversation it belongs to.
    pub conversation: Id,
    /// The place of the question it answers, if the agency says so.
    pub about: Option<u64>,
    /// What it reports of a case, if it is no answer.
    #[serde(default)]
    pub case: Option<CaseReport>,
    /// What is said; may be nothing where it reports on a case.
    pub reply: Reply,
    /// Files that came along, not yet kept.
    #[serde(default)]
    pub enclosed: Vec<Enclosed>,
    /// What is shown under the words. A connector makes it, safe, of what is no Markdown: nobody outside writes blocks.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Whether the message of this name is taken back, and nothing new is said.
    #[serde(default)]
    pub retracts: bool,
}

/// How far a case is.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct CaseReport {
    /// The case's number.
    pub number: String,
    /// How far it is.
    pub state: CaseState,
    /// What the agency wants to have, where that is why it waits.
    pub wants: Option<Wants>,
    /// When and where it wants to see the visitor.
    pub appointment: Option<Appointment>,
}

/// A file of a visitor's that the agency wants to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileRequest {
    /// The conversation it was sent in.
    pub conversation: Id,
    /// Which.
    pub file: Id,
}

/// Why something posted is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallbackError {
    /// This protocol has no callbacks.
    #[error("this site's connector takes no callbacks")]
    Unsupported,
    /// The site's secret is missing or malformed.
    #[error("the agency's secret is missing or can't be used")]
    BadSecret,
    /// No signature, a wrong one, or one of another time.
    #[error("the signature is missing, wrong or of another time")]
    BadSignature,
    /// Genuine, but not what the protocol says.
    #[error("the body can't be read: {0}")]
    Malformed(&'static str),
    /// Genuine and well formed, but of a kind that can't be shown to a visitor as it was meant: whoever sent it has to learn that.
    #[error("a visitor can't be shown that: {0}")]
    NoCounterpart(&'static str),
}
