//! A whole site is forgotten, where that is written down: in the Site object. From the first step on nothing of the site is
//! given out any more; the last one deletes everything here but that it was so.

use crate::{platform::now, rpc::site::Forgetting};
use serde::Deserialize;
use worker::{Result, SqlStorage};

#[derive(Deserialize)]
struct ForgetRow {
    json: String,
}

#[derive(Deserialize)]
struct TableCount {
    n: u64,
}

/// How far it is, if it ever began. Looks before it reads: asking for a site that isn't there must not make one.
pub fn read(sql: &SqlStorage) -> Result<Option<Forgetting>> {
    let query = "SELECT count(*) AS n FROM sqlite_master WHERE name = 'forgotten'";
    let tables: Vec<TableCount> = sql.exec(query, None)?.to_array()?;
    if tables.first().is_none_or(|count| count.n == 0) {
        return Ok(None);
    }
    let rows: Vec<ForgetRow> = sql.exec("SELECT json FROM forgotten", None)?.to_array()?;
    rows.first().map(|row| serde_json::from_str(&row.json)).transpose().map_err(Into::into)
}

/// It is under way: what was erased since the last step is added.
pub fn record_step(sql: &SqlStorage, more: &Forgetting) -> Result<Forgetting> {
    let before = read(sql)?.filter(|before| before.act.is_none());
    let before = before.unwrap_or_else(|| Forgetting { at: now(), ..Forgetting::default() });
    let forgetting = Forgetting {
        conversations: before.conversations + more.conversations,
        messages: before.messages + more.messages,
        files: before.files + more.files,
        ..before
    };
    write(sql, &forgetting)?;
    Ok(forgetting)
}

/// Keeps it as the only thing known of it.
pub fn write(sql: &SqlStorage, forgetting: &Forgetting) -> Result<()> {
    sql.exec(
        "CREATE TABLE IF NOT EXISTS forgotten (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL)",
        None,
    )?;
    let json = serde_json::to_string(forgetting)?;
    sql.exec("INSERT OR REPLACE INTO forgotten VALUES (1, ?)", vec![json.into()]).map(drop)
}

/// Whether it has begun and not ended: nothing may be published meanwhile.
pub fn is_under_way(sql: &SqlStorage) -> Result<bool> {
    Ok(read(sql)?.is_some_and(|forgetting| forgetting.act.is_none()))
}
