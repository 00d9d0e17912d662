//! How far the site's audit trail went, kept apart from the trail itself: in the Site object.

use hoi_core::board::TrailEnd;
use serde::Deserialize;
use worker::{Result, SqlStorage};

#[derive(Deserialize)]
struct AuditRow {
    json: String,
}

/// Keeps `end`, unless it is known that the trail went further.
pub fn write(sql: &SqlStorage, end: &TrailEnd) -> Result<()> {
    if read(sql)?.is_none_or(|kept| kept.n < end.n) {
        let row = vec![serde_json::to_string(end)?.into()];
        sql.exec("INSERT OR REPLACE INTO trail_end VALUES (1, ?)", row)?;
    }
    Ok(())
}

/// What is kept.
pub fn read(sql: &SqlStorage) -> Result<Option<TrailEnd>> {
    let table =
        "CREATE TABLE IF NOT EXISTS trail_end (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL)";
    sql.exec(table, None)?;
    let rows: Vec<AuditRow> = sql.exec("SELECT json FROM trail_end", None)?.to_array()?;
    rows.first().map(|row| serde_json::from_str(&row.json)).transpose().map_err(Into::into)
}
