//! How a site stands, where it is kept: in the Site object.

use crate::standing::{Order, Standing};
use serde::{Deserialize, Serialize};
use worker::{Result, SqlStorage};

/// A standing and how often it was changed; 0: never.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Stamped {
    /// Counts up with each change.
    pub stamp: u64,
    /// How it stands.
    pub standing: Standing,
}

#[derive(Deserialize)]
struct Row {
    json: String,
}

/// What is kept.
pub fn read(sql: &SqlStorage) -> Result<Stamped> {
    sql.exec(
        "CREATE TABLE IF NOT EXISTS standing (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL)",
        None,
    )?;
    let rows: Vec<Row> = sql.exec("SELECT json FROM standing", None)?.to_array()?;
    // One that another version of the edge wrote must not keep the site from being shown.
    Ok(rows.first().and_then(|row| serde_json::from_str(&row.json).ok()).unwrap_or_default())
}

/// Does what an operator wants; gives how it stands then.
pub fn obey(sql: &SqlStorage, order: Order) -> Result<Stamped> {
    let mut kept = read(sql)?;
    kept.standing.obey(order);
    kept.stamp += 1;
    sql.exec("INSERT OR REPLACE INTO standing VALUES (1, ?)", vec![serde_json::to_string(&kept)?.into()])?;
    Ok(kept)
}
