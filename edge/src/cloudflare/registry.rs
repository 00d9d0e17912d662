//! The names of the sites that were published: in the worker, which asks before it touches a site's object, and in the
//! one object that keeps them.

use super::{platform::now, sites};
use crate::site_registry::{Found, Search};
use serde::{Deserialize, Serialize};
use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
};
use worker::{Env, Result, SqlStorage};

/// The object's name among those of sites. No site has a space in its name.
const OBJECT: &str = "all sites";
/// Most names that are remembered here, of each kind.
const MAX_REMEMBERED: usize = 4_096;
/// How long a name is not asked for again that wasn't there, in milliseconds.
const ABSENT_MS: u64 = 2_000;

thread_local! {
    /// Names that were published. Never taken back: their objects say what there is.
    static KNOWN: RefCell<HashSet<String>> = RefCell::default();
    /// Names that were not, and until when that is believed, in milliseconds since 1970.
    static ABSENT: RefCell<HashMap<String, u64>> = RefCell::default();
}

/// What is known of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It was published.
    Known,
    /// Its object may be asked, in case it is an old one.
    Ask,
    /// It was not.
    Absent,
}

/// A site has come to be known.
#[derive(Debug, Serialize, Deserialize)]
pub struct Registering {
    name: String,
    how: Found,
}

/// What is known of `site`.
pub async fn standing(env: &Env, site: &str) -> Result<Standing> {
    if KNOWN.with_borrow(|known| known.contains(site)) {
        return Ok(Standing::Known);
    }
    if ABSENT.with_borrow(|absent| absent.get(site).is_some_and(|until| *until > now())) {
        return Ok(Standing::Absent);
    }
    let asked = serde_json::to_vec(site)?;
    let standing = sites::ask(env, OBJECT, "standing-of", Some(asked)).await?.json().await?;
    match standing {
        Standing::Known => remember(site),
        Standing::Ask => {}
        Standing::Absent => ABSENT.with_borrow_mut(|absent| {
            if absent.len() >= MAX_REMEMBERED {
                absent.clear();
            }
            absent.insert(site.to_owned(), now() + ABSENT_MS);
        }),
    }
    Ok(standing)
}

/// `site` is there.
pub async fn register(env: &Env, site: &str, how: Found) -> Result<()> {
    if KNOWN.with_borrow(|known| known.contains(site)) {
        return Ok(());
    }
    let registering = Registering { name: site.to_owned(), how };
    sites::ask(env, OBJECT, "register", Some(serde_json::to_vec(&registering)?)).await?;
    remember(site);
    Ok(())
}

fn remember(site: &str) {
    ABSENT.with_borrow_mut(|absent| absent.remove(site));
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= MAX_REMEMBERED {
            known.clear();
        }
        known.insert(site.to_owned());
    });
}

#[derive(Deserialize)]
struct Row {
    json: String,
}

/// In the object: what is known of `name`.
pub fn look(sql: &SqlStorage, name: &str) -> Result<Standing> {
    tables(sql)?;
    let rows: Vec<Row> =
        sql.exec("SELECT name AS json FROM known WHERE name = ?", vec![name.into()])?.to_array()?;
    if !rows.is_empty() {
        return Ok(Standing::Known);
    }
    let mut search = search(sql)?;
    let before = search.clone();
    let may = search.may_ask(now());
    // Whoever is refused costs no write.
    if may || before == Search::default() {
        keep(sql, &search)?;
    }
    Ok(if may { Standing::Ask } else { Standing::Absent })
}

/// In the object: a site has come to be known.
pub fn take(sql: &SqlStorage, registering: Registering) -> Result<()> {
    tables(sql)?;
    let Registering { name, how } = registering;
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
