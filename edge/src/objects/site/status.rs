//! A site's notice and switch, where they are kept: in the Site object.

use crate::rpc::site::VersionedStatus;
use hoi_core::site_status::StatusRequest;
use serde::Deserialize;
use worker::{Result, SqlStorage};

#[derive(Deserialize)]
struct StatusRow {
    json: String,
}

/// What is kept.
pub fn read(sql: &SqlStorage) -> Result<VersionedStatus> {
    sql.exec(
        "CREATE TABLE IF NOT EXISTS standing (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL)",
        None,
    )?;
    let rows: Vec<StatusRow> = sql.exec("SELECT json FROM standing", None)?.to_array()?;
    // One that another version of the edge wrote must not keep the site from being shown.
    Ok(rows.first().and_then(|row| serde_json::from_str(&row.json).ok()).unwrap_or_default())
}

/// Changes the status as an operator wants; gives the new one.
pub fn apply_order(sql: &SqlStorage, order: StatusRequest) -> Result<VersionedStatus> {
    let mut kept = read(sql)?;
    kept.standing.apply_request(order);
    kept.stamp += 1;
    sql.exec("INSERT OR REPLACE INTO standing VALUES (1, ?)", vec![serde_json::to_string(&kept)?.into()])?;
    Ok(kept)
}
