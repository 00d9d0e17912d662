//! What stays of a conversation whose time was over: that it was, when, and the epoch by which whoever comes back sees that
//! nothing he knows is there any more.

use serde::{Deserialize, Serialize};
use wire::Id;
use worker::{Result, SqlStorage};

#[derive(Debug, Serialize, Deserialize)]
struct Tombstone {
    epoch: Id,
    /// In milliseconds since 1970.
    at: u64,
}

#[derive(Deserialize)]
struct Found {
    n: u64,
}

#[derive(Deserialize)]
struct Row {
    json: String,
}

/// Lays it in `sql`, from which everything else is gone.
pub fn lay(sql: &SqlStorage, epoch: Id, at: u64) -> Result<()> {
    sql.exec("CREATE TABLE IF NOT EXISTS tombstone (json TEXT NOT NULL)", None)?;
    let json = serde_json::to_string(&Tombstone { epoch, at })?;
    sql.exec("INSERT INTO tombstone VALUES (?)", vec![json.into()])?;
    Ok(())
}

/// The epoch on it, if there is one.
pub fn epoch(sql: &SqlStorage) -> Result<Option<Id>> {
    let query = "SELECT count(*) AS n FROM sqlite_master WHERE name = 'tombstone'";
    let tables: Vec<Found> = sql.exec(query, None)?.to_array()?;
    if tables.first().is_none_or(|found| found.n == 0) {
        return Ok(None);
    }
    let rows: Vec<Row> = sql.exec("SELECT json FROM tombstone", None)?.to_array()?;
    let stone = rows.last().map(|row| serde_json::from_str::<Tombstone>(&row.json)).transpose()?;
    Ok(stone.map(|stone| stone.epoch))
}
