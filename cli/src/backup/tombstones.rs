//! What was erased since a snapshot: conversations whose file now holds a tombstone.

use super::files::{copy_bytes, copy_online, file_beside, open_resting, read_state};
use anyhow::Context as _;
use memchr::memmem;
use rusqlite::OptionalExtension as _;
use serde::Deserialize;
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use wire::Id;

/// With this begins what a tombstone says of somebody's wish (`Tombstone` in
/// `edge/src/objects/conversation/sql_store/tombstone.rs`); one of a conversation whose time was over does not have it.
const MARK: &[u8] = br#""erased":{"whose""#;

/// A conversation that somebody had erased.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct ErasedConversation {
    /// The site's name.
    pub site: String,
    /// Its id there.
    pub conversation: Id,
}

#[derive(Deserialize)]
struct TombstoneWords {
    erased: Option<ErasureWords>,
}

#[derive(Deserialize)]
struct ErasureWords {
    whose: ErasedConversation,
}

/// Looks for a tombstone in the database at `path`, to which nobody writes. If one is there, puts a copy of the database at `copy` and
/// says whose it was.
///
/// # Errors
/// If the file can't be read or copied.
pub fn copy_tombstone(path: &Path, copy: &Path) -> anyhow::Result<Option<ErasedConversation>> {
    let log = file_beside(path, "-wal");
    if !contains_mark(path)? && !contains_mark(&log)? {
        return Ok(None);
    }
    let has_log = read_state(path)?.is_some_and(|state| state.log_bytes > 0);
    if has_log {
        copy_online(path, copy)?;
    } else {
        copy_bytes(path, copy)?;
    }
    let erased = read_tombstone(copy)?;
    if erased.is_none() {
        fs::remove_file(copy)?;
    }
    Ok(erased)
}

fn contains_mark(path: &Path) -> io::Result<bool> {
    match fs::read(path) {
        Ok(bytes) => Ok(memmem::find(&bytes, MARK).is_some()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn read_tombstone(path: &Path) -> anyhow::Result<Option<ErasedConversation>> {
    let connection = open_resting(path)?;
    let query = "SELECT count(*) FROM sqlite_schema WHERE name = 'tombstone'";
    let tables: i64 = connection.query_row(query, (), |row| row.get(0))?;
    if tables == 0 {
        return Ok(None);
    }
    let json: Option<String> =
        connection.query_row("SELECT json FROM tombstone", (), |row| row.get(0)).optional()?;
    let Some(json) = json else { return Ok(None) };
    let words: TombstoneWords = serde_json::from_str(&json)
        .with_context(|| format!("the tombstone in {} is unreadable", path.display()))?;
    Ok(words.erased.map(|erased| erased.whose))
}

/// Where the copy of a tombstone lies until it is known to be one.
pub fn candidate_path(path: &Path) -> PathBuf {
    file_beside(path, ".candidate")
}
