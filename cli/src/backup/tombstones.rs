//! What was erased since a snapshot: conversations whose file now holds a tombstone.

use super::{
    files::{
        copy_bytes, copy_online, create_private_folder, disk_failure, file_beside, open_resting, read_state,
    },
    parallel::map_parallel,
    sums::sum_bytes,
};
use anyhow::{Context as _, bail};
use memchr::memmem;
use rusqlite::OptionalExtension as _;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
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

/// What is known of erasures since a snapshot.
#[derive(Debug, Default)]
pub struct ErasureSearch {
    /// Conversations that somebody had erased, by their files' paths in the data.
    pub erasures: BTreeMap<PathBuf, ErasedConversation>,
    /// A sentence for each file that may hold a tombstone and can't be read.
    pub unreadable: Vec<String>,
}

/// A file that may hold a tombstone.
pub struct SuspectFile {
    /// Its path in the data.
    pub path: PathBuf,
    /// The sum that it must have, if it is part of a snapshot.
    pub sum: Option<String>,
}

impl ErasureSearch {
    /// Looks for tombstones in `files`, which lie in the folder `data`. Copies those to `new` of which `is_wanted` says so.
    ///
    /// # Errors
    /// If a copy can't be written.
    pub fn search_files(
        &mut self,
        data: &Path,
        files: &[SuspectFile],
        new: &Path,
        is_wanted: impl Fn(&Path) -> bool + Sync,
        jobs: usize,
    ) -> anyhow::Result<()> {
        let outcomes = map_parallel("looking for what was erased", files, jobs, |file| {
            let target = new.join(&file.path);
            let candidate = file_beside(&target, ".candidate");
            let outcome = copy_tombstone(&data.join(&file.path), file.sum.as_deref(), &candidate);
            match &outcome {
                Ok(Some(_)) if is_wanted(&file.path) => fs::rename(&candidate, &target)?,
                // One that the snapshot does not have was begun after it: there is nothing to be deleted again but in lists.
                _ => match fs::remove_file(&candidate) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                    _ => {}
                },
            }
            match outcome {
                Ok(erasure) => Ok(Ok(erasure)),
                Err(error) if disk_failure(&error).is_some() => Err(error),
                Err(error) => Ok(Err(format!("{}: {error:#}", data.join(&file.path).display()))),
            }
        })?;
        for (file, outcome) in files.iter().zip(outcomes) {
            match outcome {
                Ok(Some(erasure)) => {
                    self.erasures.insert(file.path.clone(), erasure);
                }
                Ok(None) => {}
                Err(sentence) => self.unreadable.push(sentence),
            }
        }
        Ok(())
    }
}

/// Looks for a tombstone in the database at `path`, to which nobody writes and which must have the sum, if one is given. If one is there, puts
/// a copy of the database at `copy` and says whose it was. There may be a copy also if there is none.
fn copy_tombstone(path: &Path, sum: Option<&str>, copy: &Path) -> anyhow::Result<Option<ErasedConversation>> {
    let bytes = fs::read(path)?;
    if sum.is_some_and(|sum| sum != sum_bytes(&bytes)) {
        bail!("it has another sum than when it was written");
    }
    let log = match fs::read(file_beside(path, "-wal")) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    if memmem::find(&bytes, MARK).is_none() && memmem::find(&log, MARK).is_none() {
        return Ok(None);
    }
    if let Some(folder) = copy.parent() {
        create_private_folder(folder)?;
    }
    if read_state(path)?.is_some_and(|state| state.log_bytes > 0) {
        copy_online(path, copy)?;
    } else {
        copy_bytes(path, copy)?;
    }
    read_tombstone(copy)
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
