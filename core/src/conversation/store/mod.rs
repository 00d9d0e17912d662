//! Where a conversation is written down.
//!
//! [`ConversationStore`] is an SQLite database at the edge and a [`MemoryStore`] in tests and in the command line. Every call
//! may fail, and every failure goes up to whoever acknowledges: nothing is told that was not written, and a record that does not
//! parse is a [`StoreError::Corrupt`], never an absent one.

mod error;
mod memory;
mod record;
#[cfg(test)]
mod tests;

pub use error::StoreError;
pub use memory::MemoryStore;
pub use record::{RecordKey, RecordSpace};

use super::opinion::{Rating, Survey};
use crate::{files::Stored, identity::Visitor, limits::message_budget::MessageBudget, metrics::Happened};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use wire::{Id, Message, desk::Wondered};

/// A question on its way to the agency.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Pending {
    /// The question's place in the conversation.
    pub seq: u64,
    /// How often it was tried.
    pub tries: u32,
    /// When it was first to be sent, in milliseconds since 1970.
    pub since: u64,
    /// What the matcher thought of: intents and probabilities, best first.
    pub candidates: Vec<(String, f32)>,
    /// The reply as far as it has come: its place in the conversation.
    pub reply: Option<u64>,
    /// Set once the visitor was told that the question is kept until the agency is back.
    #[serde(default)]
    pub left: Option<DeferredRetry>,
    /// The number of the case it hands in, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Whether it brings papers to that case.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub papers: bool,
    /// Whether the agency, or what stands before it, refused this very question.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
}

impl Pending {
    /// A question that is to be sent for the first time.
    pub fn new(seq: u64, now: u64, candidates: Vec<(String, f32)>) -> Pending {
        Pending {
            seq,
            tries: 0,
            since: now,
            candidates,
            reply: None,
            left: None,
            case: None,
            papers: false,
            refused: false,
        }
    }

    /// Whether somebody looks on and waits for its answer.
    pub fn is_awaited(&self) -> bool {
        self.reply.is_none() && self.left.is_none()
    }
}

/// A question the agency did not get, or did not answer; it is brought again when the agency is back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DeferredRetry {
    /// When it is next looked after, in milliseconds since 1970.
    pub next: u64,
    /// How often it was looked after since it was left.
    pub times: u32,
}

/// Whose conversation this is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Owner {
    /// Who.
    pub visitor: Visitor,
    /// The conversation's generation; tickets of earlier ones open nothing.
    pub generation: u32,
}

/// Who said a message, as far as looking for one needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The visitor.
    Visitor,
    /// The assistant, the agency, or somebody of its staff.
    Agency,
}

/// What a conversation needs of its store. Writes are durable before anything is sent.
///
/// # Errors
/// Every call gives [`StoreError::Unavailable`] if the database refuses it, [`StoreError::Corrupt`] if what it read does
/// not parse, [`StoreError::Unwritable`] if a value has no form to be written in. What was to be acknowledged must not be.
#[expect(clippy::missing_errors_doc, reason = "the trait says it once for all its methods")]
pub trait ConversationStore {
    /// Names this run of sequence numbers.
    fn epoch(&self) -> Result<Id, StoreError>;
    /// The highest sequence number there is; 0 if nothing was said yet.
    fn last_seq(&self) -> Result<u64, StoreError>;
    /// The message that a visitor's side called `id`.
    fn message_by_id(&self, id: Id) -> Result<Option<Message>, StoreError>;
    /// The message at `seq`.
    fn message(&self, seq: u64) -> Result<Option<Message>, StoreError>;
    /// The messages after `seq`, in order; the newest `limit` of them.
    fn messages_after(&self, seq: u64, limit: usize) -> Result<Vec<Message>, StoreError>;
    /// The messages from `from` on and before `until`, in order.
    fn messages_between(&self, from: u64, until: u64) -> Result<Vec<Message>, StoreError>;
    /// The newest message before `until` that `side` said.
    fn newest_message(&self, side: Side, until: u64) -> Result<Option<Message>, StoreError>;
    /// Writes a message; one with the same `seq` is replaced.
    fn put_message(&mut self, message: &Message) -> Result<(), StoreError>;
    /// The visitor's budget, if one was kept.
    fn budget(&self) -> Result<Option<MessageBudget>, StoreError>;
    /// Keeps the visitor's budget.
    fn set_budget(&mut self, budget: MessageBudget) -> Result<(), StoreError>;
    /// The questions on their way to the agency, oldest first.
    fn pending(&self) -> Result<Vec<Pending>, StoreError>;
    /// Keeps a question on its way; one with the same `seq` is replaced.
    fn put_pending(&mut self, pending: &Pending) -> Result<(), StoreError>;
    /// Drops the question `seq`: it has its answer.
    fn remove_pending(&mut self, seq: u64) -> Result<(), StoreError>;
    /// What the connector keeps of this conversation, by name.
    fn connector_state(&self) -> Result<BTreeMap<String, String>, StoreError>;
    /// Keeps something for the connector; an earlier value of the same name is replaced.
    fn set_connector_state(&mut self, name: &str, value: &str) -> Result<(), StoreError>;
    /// Whose conversation this is, once the host has said so.
    fn owner(&self) -> Result<Option<Owner>, StoreError>;
    /// Keeps whose it is.
    fn set_owner(&mut self, owner: &Owner) -> Result<(), StoreError>;
    /// What was said about answers, by their places.
    fn ratings(&self) -> Result<Vec<Rating>, StoreError>;
    /// Keeps what was said about an answer, in place of what was said before.
    fn put_rating(&mut self, rating: &Rating) -> Result<(), StoreError>;
    /// What was said about the conversation.
    fn survey(&self) -> Result<Option<Survey>, StoreError>;
    /// Keeps what was said about the conversation.
    fn set_survey(&mut self, survey: &Survey) -> Result<(), StoreError>;
    /// The files that are kept, in any order.
    fn files(&self) -> Result<Vec<Stored>, StoreError>;
    /// Keeps what there is to know of a file; an earlier one of the same name is replaced.
    fn put_file(&mut self, file: &Stored) -> Result<(), StoreError>;
    /// What the page says the visitor is about.
    fn context(&self) -> Result<BTreeMap<String, String>, StoreError>;
    /// Keeps that instead of what was said before.
    fn set_context(&mut self, context: &BTreeMap<String, String>) -> Result<(), StoreError>;
    /// What is kept under `key`.
    fn record(&self, key: &RecordKey<'_>) -> Result<Option<String>, StoreError>;
    /// All that is kept in `space`, in the order of the keys: each key as it is stored, and the text under it.
    fn records(&self, space: RecordSpace) -> Result<Vec<(String, String)>, StoreError>;
    /// Keeps `value` under `key`, or nothing any more.
    fn set_record(&mut self, key: &RecordKey<'_>, value: Option<&str>) -> Result<(), StoreError>;
    /// The place of the message that the callback `id` became, if it came before.
    fn callback_seq(&self, id: &str) -> Result<Option<u64>, StoreError>;
    /// Notes that the callback `id` became the message at `seq`.
    fn set_callback_seq(&mut self, id: &str, seq: u64) -> Result<(), StoreError>;
    /// Counts an event. Counts may be lost with the memory; nothing depends on them.
    fn count_event(&mut self, event: Happened);
    /// Notes a question that was not answered well. Lost with the memory, as counts are.
    fn record_unanswered(&mut self, question: Wondered);

    /// The question `seq`, if it is on its way to the agency.
    fn find_pending(&self, seq: u64) -> Result<Option<Pending>, StoreError> {
        Ok(self.pending()?.into_iter().find(|pending| pending.seq == seq))
    }

    /// What is kept under `key`, read from JSON.
    fn read_record<T: DeserializeOwned>(&self, key: &RecordKey<'_>) -> Result<Option<T>, StoreError> {
        let json = self.record(key)?;
        json.map(|json| StoreError::parse_record(&key.to_string(), &json)).transpose()
    }

    /// All that is kept in `space`, read from JSON, in the order of the keys.
    fn read_records<T: DeserializeOwned>(&self, space: RecordSpace) -> Result<Vec<T>, StoreError> {
        let records = self.records(space)?;
        records.iter().map(|(key, json)| StoreError::parse_record(key, json)).collect()
    }

    /// Keeps `value` under `key` as JSON.
    fn write_record<T: Serialize>(&mut self, key: &RecordKey<'_>, value: &T) -> Result<(), StoreError> {
        let json = StoreError::write_json(&key.to_string(), value)?;
        self.set_record(key, Some(&json))
    }
}
