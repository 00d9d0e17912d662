//! The names of all sites that were published, where they are kept: in the one Site object that is no site.

use crate::{
    platform::now,
    rpc::site::{RegisterSite, SiteListing},
};
use hoi_core::site_registry::LegacySiteSearch;
use serde::Deserialize;
use worker::{Result, SqlStorage};

#[derive(Deserialize)]
struct RegistryRow {
    json: String,
}

/// What is known of `name`.
pub fn look_up(sql: &SqlStorage, name: &str) -> Result<SiteListing> {
    create_tables(sql)?;
    let rows: Vec<RegistryRow> =
        sql.exec("SELECT name AS json FROM known WHERE name = ?", vec![name.into()])?.to_array()?;
    if !rows.is_empty() {
        return Ok(SiteListing::Known);
    }
    let mut search = read_search(sql)?;
    let before = search.clone();
    let may = search.may_ask(now());
    // Whoever is refused costs no write.
    if may || before == LegacySiteSearch::default() {
        write_search(sql, &search)?;
    }
    Ok(if may { SiteListing::Ask } else { SiteListing::Absent })
}

/// A site has come to be known.
pub fn register(sql: &SqlStorage, site: RegisterSite) -> Result<()> {
    create_tables(sql)?;
    let RegisterSite { name, how } = site;
    sql.exec("INSERT OR IGNORE INTO known VALUES (?)", vec![name.into()])?;
    let mut search = read_search(sql)?;
    search.record_discovery(how);
    write_search(sql, &search)
}

fn create_tables(sql: &SqlStorage) -> Result<()> {
    for table in [
        "CREATE TABLE IF NOT EXISTS known (name TEXT PRIMARY KEY)",
        "CREATE TABLE IF NOT EXISTS search (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL)",
    ] {
        sql.exec(table, None)?;
    }
    Ok(())
}

fn read_search(sql: &SqlStorage) -> Result<LegacySiteSearch> {
    let rows: Vec<RegistryRow> = sql.exec("SELECT json FROM search", None)?.to_array()?;
    Ok(rows.first().and_then(|row| serde_json::from_str(&row.json).ok()).unwrap_or_default())
}

fn write_search(sql: &SqlStorage, search: &LegacySiteSearch) -> Result<()> {
    sql.exec("INSERT OR REPLACE INTO search VALUES (1, ?)", vec![serde_json::to_string(search)?.into()])?;
    Ok(())
}
