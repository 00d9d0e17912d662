//! How the log asks its database, and what becomes of a refusal.

use super::{
    super::tombstone::{self, Erasure, Tombstone},
    Read, SqlLog, Text,
};
use serde::{Serialize, de::DeserializeOwned};
use wire::Id;
use worker::{Result, SqlStorageValue};

impl SqlLog {
    /// Everything is gone since `at`, in milliseconds since 1970: because somebody had it erased, or because its time was over.
    pub fn bury(&self, at: u64, erased: Option<Erasure>) -> Result<()> {
        let stone = Tombstone { epoch: self.epoch.get(), at, erased };
        tombstone::lay(&self.sql, &stone)?;
        self.erased.replace(Some(stone).filter(|stone| stone.erased.is_some()));
        Ok(())
    }

    /// What is known of its erasure, and when that was in milliseconds since 1970, if somebody had it erased.
    pub fn erased(&self) -> Option<(u64, Erasure)> {
        self.erased.borrow().as_ref().and_then(|stone| Some((stone.at, stone.erased.clone()?)))
    }

    /// Whether somebody had it erased. No ticket opens it any more.
    pub fn is_erased(&self) -> bool {
        self.erased.borrow().is_some()
    }

    pub(super) fn meta<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>> {
        let rows: Vec<Text> =
            self.sql.exec("SELECT json FROM meta WHERE key = ?", vec![key.to_owned().into()])?.to_array()?;
        rows.first().map(|row| serde_json::from_str(&row.json)).transpose().map_err(Into::into)
    }

    pub(super) fn set_meta<T: Serialize>(&self, key: &str, value: &T) -> Result<()> {
        let json = serde_json::to_string(value)?;
        self.sql
            .exec("INSERT OR REPLACE INTO meta VALUES (?, ?)", vec![key.to_owned().into(), json.into()])?;
        Ok(())
    }

    /// Keeps `value` under `key`, or the trouble with that.
    pub(super) fn keep<T: Serialize>(&self, key: &str, value: &T) {
        if let Err(error) = self.set_meta(key, value) {
            self.complain(error);
        }
    }

    /// All that is kept under keys that begin with `start`, which ends with a colon.
    pub(super) fn under<T: DeserializeOwned>(&self, start: &str) -> Vec<T> {
        // The character behind the colon is the semicolon.
        let end = start.replace(':', ";");
        let query = "SELECT json FROM meta WHERE key >= ? AND key < ? ORDER BY key";
        self.rows(query, vec![start.to_owned().into(), end.into()])
    }

    /// Forgets a file. Its bytes are the file store's.
    pub fn drop_file(&self, id: Id) -> Result<()> {
        self.sql.exec("DELETE FROM meta WHERE key = ?", vec![format!("file:{id}").into()])?;
        Ok(())
    }

    pub(super) fn rows<T: DeserializeOwned>(&self, query: &str, bindings: Vec<SqlStorageValue>) -> Vec<T> {
        if !self.exists.get() {
            return Vec::new();
        }
        let read = || -> Result<Vec<T>> {
            let rows: Vec<Text> = self.sql.exec(query, bindings)?.to_array()?;
            rows.iter().map(|row| serde_json::from_str(&row.json).map_err(Into::into)).collect()
        };
        read().unwrap_or_else(|error| {
            self.complain(error);
            Vec::new()
        })
    }

    /// What `place` remembers, or else what `ask` finds; remembered from then on, unless the database is in trouble.
    pub(super) fn once<T: Clone>(
        &self,
        place: fn(&mut Read) -> &mut Option<T>,
        ask: impl FnOnce() -> T,
    ) -> T {
        let known = place(&mut self.read.borrow_mut()).clone();
        known.unwrap_or_else(|| {
            let found = ask();
            if self.trouble.borrow().is_none() {
                *place(&mut self.read.borrow_mut()) = Some(found.clone());
            }
            found
        })
    }

    /// Whether it was written.
    pub(super) fn write(&self, query: &str, bindings: Vec<SqlStorageValue>) -> bool {
        let written = self.sql.exec(query, bindings);
        written.map_err(|error| self.complain(error)).is_ok()
    }

    pub(super) fn json<T: Serialize>(&self, value: &T) -> SqlStorageValue {
        let json = serde_json::to_string(value).unwrap_or_else(|error| {
            self.complain(error.into());
            "null".to_owned()
        });
        json.into()
    }

    pub(super) fn lacks<T>(&self, error: worker::Error) -> Option<T> {
        self.complain(error);
        None
    }

    pub(super) fn complain(&self, error: worker::Error) {
        self.trouble.borrow_mut().get_or_insert(error);
    }
}
