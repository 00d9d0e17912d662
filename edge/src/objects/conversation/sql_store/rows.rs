//! What the store knows in memory, and how it asks its database.

use super::{
    error::unavailable_error,
    tombstone::{self, Erasure, Tombstone},
};
use hoi_core::{
    conversation::{Owner, Pending, StoreError},
    limits::message_budget::MessageBudget,
    metrics::Happened,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::cell::{Cell, RefCell};
use wire::{Id, Message, desk::Wondered};
use worker::{SqlStorage, SqlStorageValue};

/// A record: what it is called, and what is in it.
#[derive(Deserialize)]
struct RecordRow {
    record: String,
    json: String,
}

#[derive(Deserialize)]
struct RecordCount {
    n: Option<u64>,
}

/// The store. What memory knows of the disk is read with the first call, and again after a call that failed.
pub struct SqlStore {
    sql: SqlStorage,
    pub(super) epoch: Cell<Id>,
    pub(super) last: Cell<u64>,
    pub(super) exists: Cell<bool>,
    /// Whether memory knows what is on the disk.
    loaded: Cell<bool>,
    /// Whether anything was written since somebody asked.
    pub(super) written: Cell<bool>,
    /// Set if it was erased: what is in the tables then is there for cases' sake only.
    pub(super) erased: RefCell<Option<Tombstone>>,
    pub(super) read: RefCell<RecordCache>,
    pub(super) happened: RefCell<Vec<Happened>>,
    pub(super) unanswered: RefCell<Vec<Wondered>>,
}

/// What was read since the object woke, and holds until it is written: asking SQLite costs more than an answer does.
/// `None`: not read yet.
#[derive(Default)]
pub(super) struct RecordCache {
    pub(super) owner: Option<Option<Owner>>,
    pub(super) budget: Option<Option<MessageBudget>>,
    pub(super) pending: Option<Vec<Pending>>,
    /// When the last message was said.
    pub(super) last_at: Option<u64>,
    /// Until when its cases keep it.
    pub(super) held_until: Option<u64>,
    /// When the next device is to be told.
    pub(super) next_due: Option<Option<u64>>,
}

impl SqlStore {
    /// The store in `sql`. `epoch` is used if there is none yet.
    pub fn new(sql: SqlStorage, epoch: Id) -> SqlStore {
        SqlStore {
            sql,
            epoch: Cell::new(epoch),
            last: Cell::new(0),
            exists: Cell::new(false),
            loaded: Cell::new(false),
            written: Cell::new(false),
            erased: RefCell::default(),
            read: RefCell::default(),
            happened: RefCell::default(),
            unanswered: RefCell::default(),
        }
    }

    /// Whether anything was written here.
    pub fn exists(&self) -> Result<bool, StoreError> {
        self.load()?;
        Ok(self.exists.get())
    }

    /// Writes that everything is gone since `at`, in milliseconds since 1970: because somebody had it erased, or because its
    /// time was over.
    pub fn write_tombstone(&mut self, at: u64, erased: Option<Erasure>) -> Result<(), StoreError> {
        self.load()?;
        let stone = Tombstone { epoch: self.epoch.get(), at, erased };
        tombstone::write(&self.sql, &stone)?;
        self.erased.replace(Some(stone).filter(|stone| stone.erased.is_some()));
        Ok(())
    }

    /// What is known of its erasure, and when that was in milliseconds since 1970, if somebody had it erased.
    pub fn read_erasure(&self) -> Result<Option<(u64, Erasure)>, StoreError> {
        self.load()?;
        Ok(self.erased.borrow().as_ref().and_then(|stone| Some((stone.at, stone.erased.clone()?))))
    }

    /// Whether somebody had it erased. No ticket opens it any more.
    pub fn is_erased(&self) -> Result<bool, StoreError> {
        self.load()?;
        Ok(self.erased.borrow().is_some())
    }

    /// Forgets a file. Its bytes are the file store's.
    pub fn remove_file(&mut self, id: Id) -> Result<(), StoreError> {
        self.write("DELETE FROM meta WHERE key = ?", vec![format!("file:{id}").into()])
    }

    pub(super) fn read_meta<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        let query = "SELECT key AS record, json FROM meta WHERE key = ?";
        Ok(self.query_records(query, vec![key.to_owned().into()])?.pop())
    }

    pub(super) fn set_meta<T: Serialize>(&self, key: &str, value: &T) -> Result<(), StoreError> {
        let json = StoreError::write_json(key, value)?;
        self.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", vec![key.to_owned().into(), json.into()])
    }

    /// All that is kept under keys that begin with `start`, which ends with a colon: what stands behind it in each key, and
    /// what is there, in the order of the keys.
    pub(super) fn read_prefix<T: DeserializeOwned>(
        &self,
        start: &str,
    ) -> Result<Vec<(String, T)>, StoreError> {
        // The character behind the colon is the semicolon.
        let end = start.strip_suffix(':').map_or_else(String::new, |start| format!("{start};"));
        let query = "SELECT key AS record, json FROM meta WHERE key >= ? AND key < ? ORDER BY key";
        let rows = self.raw_rows(query, vec![start.to_owned().into(), end.into()])?;
        let read = |row: &RecordRow| {
            let name = row.record.strip_prefix(start).unwrap_or_default();
            Ok((name.to_owned(), StoreError::parse_record(&row.record, &row.json)?))
        };
        rows.iter().map(read).collect()
    }

    /// The messages that `which` selects.
    pub(super) fn query_messages(
        &self,
        which: &str,
        bindings: Vec<SqlStorageValue>,
    ) -> Result<Vec<Message>, StoreError> {
        self.query_records(
            &format!("SELECT 'message ' || seq AS record, json FROM message {which}"),
            bindings,
        )
    }

    /// What `query` gives, which names each `record` and its `json`; nothing before the tables are made.
    pub(super) fn query_records<T: DeserializeOwned>(
        &self,
        query: &str,
        bindings: Vec<SqlStorageValue>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = self.raw_rows(query, bindings)?;
        rows.iter().map(|row| StoreError::parse_record(&row.record, &row.json)).collect()
    }

    fn raw_rows(&self, query: &str, bindings: Vec<SqlStorageValue>) -> Result<Vec<RecordRow>, StoreError> {
        if self.exists()? { self.query_rows(query, bindings) } else { Ok(Vec::new()) }
    }

    /// The rows that `query` gives.
    pub(super) fn query_rows<T: DeserializeOwned>(
        &self,
        query: &str,
        bindings: Vec<SqlStorageValue>,
    ) -> Result<Vec<T>, StoreError> {
        let cursor = self.sql.exec(query, Some(bindings)).map_err(unavailable_error)?;
        cursor.to_array().map_err(unavailable_error)
    }

    /// What `place` remembers, or else what `ask` finds; remembered from then on.
    pub(super) fn read_cached<T: Clone>(
        &self,
        place: fn(&mut RecordCache) -> &mut Option<T>,
        ask: impl FnOnce() -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.load()?;
        if let Some(known) = place(&mut self.read.borrow_mut()).clone() {
            return Ok(known);
        }
        let found = ask()?;
        *place(&mut self.read.borrow_mut()) = Some(found.clone());
        Ok(found)
    }

    pub(super) fn write(&self, query: &str, bindings: Vec<SqlStorageValue>) -> Result<(), StoreError> {
        self.load()?;
        self.sql.exec(query, Some(bindings)).map_err(unavailable_error)?;
        self.written.set(true);
        Ok(())
    }

    /// Forgets what memory knows of the disk, after something failed: it may not be so any more.
    pub fn invalidate_cache(&self) {
        self.loaded.set(false);
        self.happened.take();
        self.unanswered.take();
    }

    /// Takes from the disk what memory is to know of it, unless it does.
    pub(super) fn load(&self) -> Result<(), StoreError> {
        if self.loaded.get() {
            return Ok(());
        }
        self.read.take();
        let stone = tombstone::read(&self.sql)?;
        self.erased.replace(stone.clone().filter(|stone| stone.erased.is_some()));
        let tables: Vec<RecordCount> = self.query_rows(
            "SELECT count(*) AS n FROM sqlite_master WHERE name IN ('message', 'outbox', 'meta')",
            Vec::new(),
        )?;
        // Made one after the other: the disk may have been full in between.
        self.exists.set(tables.first().is_some_and(|count| count.n == Some(3)));
        self.last.set(0);
        self.loaded.set(true);
        let loaded = self.load_numbers(stone);
        self.loaded.set(loaded.is_ok());
        loaded
    }

    fn load_numbers(&self, stone: Option<Tombstone>) -> Result<(), StoreError> {
        if !self.exists.get() {
            if let Some(stone) = stone {
                self.epoch.set(stone.epoch);
            }
            return Ok(());
        }
        let last: Vec<RecordCount> = self.query_rows("SELECT max(seq) AS n FROM message", Vec::new())?;
        self.last.set(last.first().and_then(|row| row.n).unwrap_or(0));
        match self.read_meta("epoch")? {
            Some(epoch) => self.epoch.set(epoch),
            None => self.exists.set(false),
        }
        Ok(())
    }
}
