//! What stays of a conversation whose time was over, or that was erased: that it was, when, and the epoch by which whoever
//! comes back sees that nothing he knows is there any more. Of one that was erased also the act that proves it.

use super::error::unavailable_error;
use crate::rpc::conversation::ConversationKey;
use hoi_core::{board::AuditEvent, conversation::StoreError, erasure::Removed};
use serde::{Deserialize, Serialize};
use wire::{Id, desk::Act};
use worker::SqlStorage;

/// What stays.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tombstone {
    pub epoch: Id,
    /// In milliseconds since 1970.
    pub at: u64,
    /// Set if somebody had it erased; else its time was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<Erasure>,
}

/// That somebody had it erased.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Erasure {
    /// Which conversation it was.
    pub whose: ConversationKey,
    /// What was deleted.
    pub removed: Removed,
    /// What the trail is told; nothing if the whole site goes, which is one act.
    pub done: Option<AuditEvent>,
    /// The act in the trail; nothing as long as the board and the site's index have not heard of it.
    pub act: Option<Act>,
}

impl Erasure {
    /// Whether they have still to hear.
    pub fn is_owed(&self) -> bool {
        self.done.is_some() && self.act.is_none()
    }
}

#[derive(Deserialize)]
struct TombstoneCount {
    n: u64,
}

#[derive(Deserialize)]
struct TombstoneRow {
    json: String,
}

/// Lays it in `sql`, in place of an earlier one.
pub fn write(sql: &SqlStorage, stone: &Tombstone) -> Result<(), StoreError> {
    let json = StoreError::write_json("tombstone", stone)?;
    let lay = || -> worker::Result<()> {
        sql.exec("CREATE TABLE IF NOT EXISTS tombstone (json TEXT NOT NULL)", None)?;
        sql.exec("DELETE FROM tombstone", None)?;
        sql.exec("INSERT INTO tombstone VALUES (?)", vec![json.into()])?;
        Ok(())
    };
    lay().map_err(unavailable_error)
}

/// The one in `sql`, if there is one.
pub fn read(sql: &SqlStorage) -> Result<Option<Tombstone>, StoreError> {
    let rows = || -> worker::Result<Vec<TombstoneRow>> {
        let query = "SELECT count(*) AS n FROM sqlite_master WHERE name = 'tombstone'";
        let tables: Vec<TombstoneCount> = sql.exec(query, None)?.to_array()?;
        if tables.first().is_none_or(|found| found.n == 0) {
            return Ok(Vec::new());
        }
        sql.exec("SELECT json FROM tombstone", None)?.to_array()
    };
    let rows = rows().map_err(unavailable_error)?;
    rows.last().map(|row| StoreError::parse_record("tombstone", &row.json)).transpose()
}
