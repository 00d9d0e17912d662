//! A conversation's store in the object's own SQLite. Tables are made with the first message, so a visitor who only looks
//! leaves no row; on workerd the file itself is there as soon as the object is, empty.

mod error;
mod rows;
pub mod tombstone;

pub use rows::SqlStore;

use crate::rpc::conversation::ConversationKey;
use hoi_core::{
    conversation::{
        ConversationStore, Owner, Pending, Rating, RecordKey, RecordSpace, Side, StoreError, Survey,
        held_until, next_due,
    },
    files::Stored,
    limits::message_budget::MessageBudget,
    metrics::Happened,
};
use std::collections::BTreeMap;
use wire::{AuthorKind, Id, Message, desk::Wondered};
use worker::SqlStorageValue;

/// What stands before the keys of features' own records.
const RECORD: &str = "record:";
/// What stands before the names of what the connector keeps.
const CONNECTOR_STATE: &str = "agency:";

impl SqlStore {
    /// Makes the tables at `now`, in milliseconds since 1970; whether there were none.
    pub fn create_tables(&mut self, whose: &ConversationKey, now: u64) -> Result<bool, StoreError> {
        if self.exists()? {
            return Ok(false);
        }
        for statement in [
            "CREATE TABLE IF NOT EXISTS message (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, json TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY, json TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, json TEXT NOT NULL)",
        ] {
            self.write(statement, Vec::new())?;
        }
        self.set_meta("whose", whose)?;
        self.set_meta("founded", &now)?;
        self.set_meta("epoch", &self.epoch.get())?;
        self.exists.set(true);
        Ok(true)
    }

    /// Which conversation this is, if anything was written.
    pub fn conversation_key(&self) -> Result<Option<ConversationKey>, StoreError> {
        self.read_meta("whose")
    }

    /// Whether this is `whose` conversation, and something was written in it.
    pub fn is_of(&self, whose: &ConversationKey) -> Result<bool, StoreError> {
        Ok(self.conversation_key()?.as_ref() == Some(whose))
    }

    /// When the last message was said, in milliseconds since 1970; 0 if nothing was. A file may come before that.
    pub fn last_at(&self) -> Result<u64, StoreError> {
        let ask = || match self.message(self.last_seq()?)? {
            Some(message) => Ok(message.at),
            None => Ok(self.files()?.iter().map(|file| file.at).max().unwrap_or(0)),
        };
        self.read_cached(|read| &mut read.last_at, ask)
    }

    /// When the tables were made, in milliseconds since 1970. Nothing: an earlier version did not write that down.
    pub fn created_at(&self) -> Result<Option<u64>, StoreError> {
        self.read_meta("founded")
    }

    /// Writes down that the tables were made at `at`, in milliseconds since 1970.
    pub fn set_founded(&mut self, at: u64) -> Result<(), StoreError> {
        self.set_meta("founded", &at)
    }

    /// What happened since the last call.
    pub fn take_happened(&self) -> Vec<Happened> {
        self.happened.take()
    }

    /// What was not answered well since the last call.
    pub fn take_unanswered(&self) -> Vec<Wondered> {
        self.unanswered.take()
    }

    /// Whether anything was written since the last call.
    pub fn take_written(&self) -> bool {
        self.written.take()
    }

    /// Has [`SqlStore::take_written`] say so once more.
    pub fn mark_written(&self) {
        self.written.set(true);
    }

    /// Until when it is kept for its cases' sake, in milliseconds since 1970.
    pub fn held_until(&self) -> Result<u64, StoreError> {
        self.read_cached(|read| &mut read.held_until, || held_until(self))
    }

    /// When the next of the visitor's devices is to be told of news, in milliseconds since 1970.
    pub fn next_due(&self) -> Result<Option<u64>, StoreError> {
        self.read_cached(|read| &mut read.next_due, || next_due(self))
    }
}

impl ConversationStore for SqlStore {
    fn epoch(&self) -> Result<Id, StoreError> {
        self.load()?;
        Ok(self.epoch.get())
    }

    fn last_seq(&self) -> Result<u64, StoreError> {
        self.load()?;
        Ok(self.last.get())
    }

    fn message_by_id(&self, id: Id) -> Result<Option<Message>, StoreError> {
        Ok(self.query_messages("WHERE id = ?", vec![id.to_string().into()])?.pop())
    }

    fn message(&self, seq: u64) -> Result<Option<Message>, StoreError> {
        Ok(self.query_messages("WHERE seq = ?", vec![sql_integer(seq)])?.pop())
    }

    fn messages_after(&self, seq: u64, limit: usize) -> Result<Vec<Message>, StoreError> {
        let bindings = vec![sql_integer(seq), sql_integer(limit as u64)];
        let mut newest = self.query_messages("WHERE seq > ? ORDER BY seq DESC LIMIT ?", bindings)?;
        newest.reverse();
        Ok(newest)
    }

    fn messages_between(&self, from: u64, until: u64) -> Result<Vec<Message>, StoreError> {
        self.query_messages(
            "WHERE seq >= ? AND seq < ? ORDER BY seq",
            vec![sql_integer(from), sql_integer(until)],
        )
    }

    fn newest_message(&self, side: Side, until: u64) -> Result<Option<Message>, StoreError> {
        let which = match side {
            Side::Visitor => {
                "WHERE seq < ? AND json_extract(json, '$.author.kind') = 'visitor' ORDER BY seq DESC LIMIT 1"
            }
            Side::Agency => {
                "WHERE seq < ? AND json_extract(json, '$.author.kind') <> 'visitor' ORDER BY seq DESC LIMIT 1"
            }
        };
        Ok(self.query_messages(which, vec![sql_integer(until)])?.pop())
    }

    fn put_message(&mut self, message: &Message) -> Result<(), StoreError> {
        // Nobody reads what is said in a conversation that was erased; only what goes to the agency goes by here.
        if self.is_erased()? && message.author.kind != AuthorKind::Visitor {
            return Ok(());
        }
        let id = message.id.map_or(SqlStorageValue::Null, |id| id.to_string().into());
        let json = StoreError::write_json(&format!("message {}", message.seq), message)?;
        self.write(
            "INSERT OR REPLACE INTO message VALUES (?, ?, ?)",
            vec![sql_integer(message.seq), id, json.into()],
        )?;
        // A number that was not written is still free.
        if message.seq >= self.last.get() {
            self.last.set(message.seq);
            self.read.get_mut().last_at = Some(message.at);
        }
        Ok(())
    }

    fn budget(&self) -> Result<Option<MessageBudget>, StoreError> {
        if !self.exists()? {
            return Ok(self.read.borrow().budget.flatten());
        }
        self.read_cached(|read| &mut read.budget, || self.read_meta("budget"))
    }

    fn set_budget(&mut self, budget: MessageBudget) -> Result<(), StoreError> {
        // Before anything was said nothing is made on the disk; it is kept as long as the object lives.
        if self.exists()? {
            self.set_meta("budget", &budget)?;
        }
        self.read.get_mut().budget = Some(Some(budget));
        Ok(())
    }

    fn pending(&self) -> Result<Vec<Pending>, StoreError> {
        let query = "SELECT 'outbox ' || seq AS record, json FROM outbox ORDER BY seq";
        self.read_cached(|read| &mut read.pending, || self.query_records(query, Vec::new()))
    }

    fn put_pending(&mut self, pending: &Pending) -> Result<(), StoreError> {
        let json = StoreError::write_json(&format!("outbox {}", pending.seq), pending)?;
        self.read.get_mut().pending = None;
        self.write("INSERT OR REPLACE INTO outbox VALUES (?, ?)", vec![sql_integer(pending.seq), json.into()])
    }

    fn remove_pending(&mut self, seq: u64) -> Result<(), StoreError> {
        self.read.get_mut().pending = None;
        self.write("DELETE FROM outbox WHERE seq = ?", vec![sql_integer(seq)])
    }

    fn connector_state(&self) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(self.read_prefix(CONNECTOR_STATE)?.into_iter().collect())
    }

    fn set_connector_state(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.set_meta(&format!("{CONNECTOR_STATE}{name}"), &value)
    }

    fn owner(&self) -> Result<Option<Owner>, StoreError> {
        self.read_cached(|read| &mut read.owner, || self.read_meta("owner"))
    }

    fn set_owner(&mut self, owner: &Owner) -> Result<(), StoreError> {
        self.read.get_mut().owner = None;
        self.set_meta("owner", owner)
    }

    fn ratings(&self) -> Result<Vec<Rating>, StoreError> {
        Ok(self.read_prefix("rating:")?.into_iter().map(|(_, rating)| rating).collect())
    }

    fn put_rating(&mut self, rating: &Rating) -> Result<(), StoreError> {
        self.set_meta(&format!("rating:{}", rating.seq), rating)
    }

    fn survey(&self) -> Result<Option<Survey>, StoreError> {
        self.read_meta("survey")
    }

    fn set_survey(&mut self, survey: &Survey) -> Result<(), StoreError> {
        self.set_meta("survey", survey)
    }

    fn files(&self) -> Result<Vec<Stored>, StoreError> {
        Ok(self.read_prefix("file:")?.into_iter().map(|(_, file)| file).collect())
    }

    fn put_file(&mut self, file: &Stored) -> Result<(), StoreError> {
        self.read.get_mut().last_at = None;
        self.set_meta(&format!("file:{}", file.id), file)
    }

    fn context(&self) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(self.read_meta("context")?.unwrap_or_default())
    }

    fn set_context(&mut self, context: &BTreeMap<String, String>) -> Result<(), StoreError> {
        self.set_meta("context", context)
    }

    fn record(&self, key: &RecordKey<'_>) -> Result<Option<String>, StoreError> {
        self.read_meta(&format!("{RECORD}{key}"))
    }

    fn records(&self, space: RecordSpace) -> Result<Vec<(String, String)>, StoreError> {
        let prefix = space.prefix();
        let records = self.read_prefix::<String>(&format!("{RECORD}{prefix}"))?;
        Ok(records.into_iter().map(|(name, value)| (format!("{prefix}{name}"), value)).collect())
    }

    fn set_record(&mut self, key: &RecordKey<'_>, value: Option<&str>) -> Result<(), StoreError> {
        let read = self.read.get_mut();
        (read.held_until, read.next_due) = (None, None);
        let key = format!("{RECORD}{key}");
        match value {
            Some(value) => self.set_meta(&key, &value),
            None => self.write("DELETE FROM meta WHERE key = ?", vec![key.into()]),
        }
    }

    fn callback_seq(&self, id: &str) -> Result<Option<u64>, StoreError> {
        self.read_meta(&format!("heard:{id}"))
    }

    fn set_callback_seq(&mut self, id: &str, seq: u64) -> Result<(), StoreError> {
        self.set_meta(&format!("heard:{id}"), &seq)
    }

    fn count_event(&mut self, event: Happened) {
        self.happened.get_mut().push(event);
    }

    fn record_unanswered(&mut self, question: Wondered) {
        self.unanswered.get_mut().push(question);
    }
}

/// Sequence numbers and limits stay far below 2^53.
fn sql_integer(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(value as i64)
}
