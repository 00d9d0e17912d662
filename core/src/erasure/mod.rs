//! One person's data: what is deleted, what stays and why, and what is handed out as a copy. Pure; the shell's side is in
//! `edge/src/objects/conversation/erasure.rs`, `edge/src/objects/site/index.rs` and `edge/src/http/erasure.rs`.
//!
//! A conversation that was erased is no more: a tombstone is left, with the epoch by which whoever comes back sees that,
//! and with the act that proves it. Of a case that was handed in there stays what the look-up needs ([`RetainedData`]), until
//! the case's own time is over.

pub mod export;
mod index;
mod kept;
#[cfg(test)]
mod tests;

pub use index::{IndexEntry, Listing};
pub use kept::RetainedData;

use crate::{
    conversation::{self, ConversationStore, RecordSpace, StoreError},
    crypto::hmac,
};
use serde::{Deserialize, Serialize};
use wire::Id;

/// Bytes of a keyed hash in the index and in the trail.
const TAG_BYTES: usize = 16;
/// Longest reason that is written into the trail, in characters.
pub const MAX_REASON_CHARS: usize = 200;

/// Who is meant, from `hoi erase`, `hoi export` and their routes. Exactly one of the three is given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selector {
    /// This conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<Id>,
    /// All conversations of the visitor whom the host's server signs so (`sub`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visitor: Option<String>,
    /// The conversation in which the case of this number was handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Why, for the trail; at most [`MAX_REASON_CHARS`] characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Whether cases that were handed in are deleted, too: nobody can look them up any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cases: bool,
    /// Of a visitor's conversations only those after this one, in the order of their ids: the rest of a long copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Id>,
}

impl Selector {
    /// Which one it is.
    ///
    /// # Errors
    /// A sentence for the operator, if it is none or several.
    pub fn parse_target(&self) -> Result<Sought<'_>, &'static str> {
        match (self.conversation, &self.visitor, &self.case) {
            (Some(id), None, None) => Ok(Sought::Conversation(id)),
            (None, Some(visitor), None) if !visitor.is_empty() => Ok(Sought::Visitor(visitor)),
            (None, None, Some(case)) => match crate::crypto::code::Code::parse(case) {
                Some(code) => Ok(Sought::Case(code.to_string())),
                None => Err("this is no case's number"),
            },
            _ => Err("name exactly one of conversation, visitor and case"),
        }
    }

    /// Whether it can be obeyed: it says who is meant, and the trail takes its reason as it is.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn check(&self) -> Result<(), &'static str> {
        if self.reason.chars().count() > MAX_REASON_CHARS {
            return Err("the reason is longer than 200 characters");
        }
        self.parse_target().map(drop)
    }
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought<'a> {
    /// A conversation.
    Conversation(Id),
    /// A visitor's name with the host.
    Visitor(&'a str),
    /// A case's number, as it is written.
    Case(String),
}

/// The keyed hash of a visitor's name with the host: nobody can tell the name from it without the edge's secret.
pub fn visitor_tag(secret: &[u8], site: &str, visitor: &str) -> String {
    keyed_tag(secret, site, "visitor", visitor)
}

/// The keyed hash of a case's number.
pub fn case_tag(secret: &[u8], site: &str, number: &str) -> String {
    keyed_tag(secret, site, "case", number)
}

/// The keyed hash of a conversation's id, as the trail and the board name it.
pub fn conversation_tag(secret: &[u8], site: &str, conversation: Id) -> String {
    keyed_tag(secret, site, "conversation", &conversation.to_string())
}

fn keyed_tag(secret: &[u8], site: &str, kind: &str, what: &str) -> String {
    // Neither a site nor a kind has a line break in it.
    hmac::hex_tag(secret, &[format!("hoi person 1\n{site}\n{kind}\n{what}").as_bytes()], TAG_BYTES)
}

/// The tags under which the conversation in `store` is to be found.
pub fn index_tags(
    store: &impl ConversationStore,
    secret: &[u8],
    site: &str,
) -> Result<Vec<String>, StoreError> {
    let owner = store.owner()?.map(|owner| visitor_tag(secret, site, &owner.visitor.id));
    let cases = conversation::list_cases(store)?.into_iter().map(|case| case_tag(secret, site, &case.number));
    Ok(owner.into_iter().chain(cases).collect())
}

/// What was deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Messages of both sides.
    pub messages: u64,
    /// Files, whoever sent them.
    pub files: u64,
    /// Numbers of the cases that can still be looked up.
    #[serde(default)]
    pub cases_kept: Vec<String>,
    /// How many cases can't be looked up any more.
    #[serde(default)]
    pub cases_erased: u64,
}

/// What there is to delete in `store`, if `kept` stays.
pub fn count_removed(store: &impl ConversationStore, kept: &RetainedData) -> Result<Removed, StoreError> {
    let all = store.messages_after(0, usize::MAX)?.len() as u64;
    let files = store.files()?.len() as u64;
    Ok(Removed {
        messages: all.saturating_sub(kept.messages.len() as u64),
        files: files.saturating_sub(kept.files.len() as u64),
        cases_kept: kept.cases.iter().map(|case| case.number.clone()).collect(),
        cases_erased: (store.records(RecordSpace::Cases)?.len() as u64)
            .saturating_sub(kept.cases.len() as u64),
    })
}

/// What the trail says it was about: no words of anybody's but the reason, in which personal data is hidden.
pub fn describe_removal(tag: &str, removed: &Removed, reason: &str, year: u32) -> String {
    let Removed { messages, files, cases_kept, cases_erased } = removed;
    let kept = match cases_kept.len() {
        0 => String::new(),
        n => format!(", {n} cases kept for the look-up"),
    };
    let gone = match cases_erased {
        0 => String::new(),
        n => format!(", {n} cases erased"),
    };
    format!(
        "conversation {tag}: {messages} messages, {files} files{kept}{gone}{}",
        format_reason(reason, year)
    )
}

/// A reason as the trail has it, with what stands before it; nothing if none is given.
pub fn format_reason(reason: &str, year: u32) -> String {
    let reason: String =
        crate::limits::sanitize::clean_text(reason).trim().chars().take(MAX_REASON_CHARS).collect();
    if reason.is_empty() {
        return reason;
    }
    format!("; reason: {}", privacy::hide_all(&reason, &[], year, wire::Kinds::ALL))
}
