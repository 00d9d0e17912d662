//! The names of all sites that were published, where they are kept: in the one Site object that is no site.

use crate::{
    platform::now,
    rpc::site::{RegisterSite, SiteListing},
};
use hoi_core::site_registry::Search;
use serde::Deserialize;
use worker::{Result, SqlStorage};

#[derive(Deserialize)]
struct Row {
    json: String,
}

/// What is known of `name`.
pub fn look_up(sql: &SqlStorage, name: &str) -> Result<SiteListing> {
    tables(sql)?;
    let rows: Vec<Row> =
        sql.exec("SELECT name AS json FROM known WHERE name = ?", vec![name.into()])?.to_array()?;
    if !rows.is_empty() {
        return Ok(SiteListing::Known);
    }
    let mut search = search(sql)?;
    let before = search.clone();
    let may = search.may_ask(now());
    // Whoever is refused costs no write.
    if may || before == Search::default() {
        keep(sql, &search)?;
    }
    Ok(if may { SiteListing::Ask } else { SiteListing::Absent })
}

/// A site has come to be known.
pub fn register(sql: &SqlStorage, site: RegisterSite) -> Result<()> {
    tables(sql)?;
    let RegisterSite { name, how } = site;
    sql.exec("INSERT OR IGNORE INTO known VALUES (?)", vec![name.into()])?;
    let mut search = search(sql)?;
    search.found(how);
    keep(sql, &search)
}

fn tables(sql: &SqlStorage) -> Result<()> {
    for table in [
        "CREATE TABLE IF NOT EXISTS known (name TEXT PRIMARY KEY)",
        "CREATE TABLE IF NOT EXISTS search (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL)",
    ] {
        sql.exec(table, None)?;
    }
    Ok(())
}

fn search(sql: &SqlStorage) -> Result<Search> {
    let rows: Vec<Row> = sql.exec("SELECT json FROM search", None)?.to_array()?;
    Ok(rows.first().and_then(|row| serde_json::from_str(&row.json).ok()).unwrap_or_default())
}

fn keep(sql: &SqlStorage, search: &Search) -> Result<()> {
    sql.exec("INSERT OR REPLACE INTO search VALUES (1, ?)", vec![serde_json::to_string(search)?.into()])?;
    Ok(())
}
