//! Makes a snapshot.

use super::{
    files::{
        check_database, copy_bytes, copy_online, create_private_folder, protect_file, read_state,
        sync_everything, unix_ns,
    },
    parallel::map_parallel,
    plan::{CopyMethod, choose_copy, expired_snapshots},
    repository::{DATA_FOLDER, SnapshotRepository},
    sums::{FileSums, read_sums, write_sums},
};
use anyhow::{Context as _, bail};
use jiff::Timestamp;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};
use walkdir::WalkDir;

/// What a backup is made of, and how.
pub struct BackupOptions {
    /// Where the edge keeps its data.
    pub data: PathBuf,
    /// How many files at once.
    pub jobs: usize,
    /// For how many days snapshots are kept; `None`: for ever.
    pub keep_days: Option<u32>,
}

/// What was done.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct BackupSummary {
    /// Files in the snapshot.
    pub files: usize,
    /// How many of them were copied; the others are as they were in the snapshot before.
    pub copied: usize,
    /// Bytes that were copied.
    pub bytes: u64,
    /// Bytes that the data takes, with the logs beside it.
    pub data_bytes: u64,
    /// Snapshots whose time was over.
    pub removed: Vec<Timestamp>,
}

/// How a file got into the snapshot.
struct AddedFile {
    path: String,
    sum: String,
    source_bytes: u64,
    /// Nothing, if it is shared with the snapshot before.
    copied_bytes: Option<u64>,
}

/// Makes a snapshot that is called by the moment `now`, and then deletes those whose time is over.
///
/// # Errors
/// If a file can't be read or copied, or its copy is damaged: then there is no new snapshot, and none is deleted.
pub fn create_snapshot(
    repository: &SnapshotRepository,
    options: &BackupOptions,
    now: Timestamp,
) -> anyhow::Result<BackupSummary> {
    repository.create_folder()?;
    let _lock = repository.lock_folder()?;
    if repository.is_inside(&options.data)? {
        bail!("the snapshots must not lie in {}, of which they are", options.data.display());
    }
    let before = repository.list_snapshots()?.last().map(|taken| repository.snapshot_folder(*taken));
    let kept = match &before {
        // Without its sums the one before is of no use to this one; `verify` says so.
        Some(folder) => read_sums(folder).unwrap_or_default(),
        None => FileSums::new(),
    };
    let growing = repository.begin_snapshot(now)?;
    let paths = list_databases(&options.data)?;
    create_private_folder(&growing.join(DATA_FOLDER))?;
    for folder in paths.iter().filter_map(|path| path.parent()).collect::<BTreeSet<_>>() {
        create_private_folder(&growing.join(DATA_FOLDER).join(folder))?;
    }
    let source =
        SnapshotSource { data: &options.data, growing: &growing, before: before.as_deref(), kept: &kept };
    let added = map_parallel("backing up", &paths, options.jobs, |path| {
        source.add_file(path).with_context(|| format!("{} can't be backed up", path.display()))
    })?;
    let added: Vec<AddedFile> = added.into_iter().flatten().collect();
    let data_bytes = added.iter().map(|file| file.source_bytes).sum();
    let mut summary = BackupSummary { files: added.len(), data_bytes, ..BackupSummary::default() };
    for bytes in added.iter().filter_map(|file| file.copied_bytes) {
        summary.copied += 1;
        summary.bytes += bytes;
    }
    write_sums(&growing, &added.into_iter().map(|file| (file.path, file.sum)).collect())?;
    sync_everything(&growing)?;
    repository.finish_snapshot(&growing, now)?;
    if let Some(days) = options.keep_days {
        for taken in expired_snapshots(&repository.list_snapshots()?, now, days) {
            repository.remove_snapshot(taken)?;
            summary.removed.push(taken);
        }
    }
    Ok(summary)
}

/// The databases in `data`, by their paths in it.
///
/// # Errors
/// If a folder can't be read.
pub fn list_databases(data: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(data) {
        let entry = match entry {
            Ok(entry) => entry,
            // One whose time was over may go at any moment.
            Err(error) if error.depth() > 0 && is_gone(&error) => continue,
            Err(error) => return Err(error.into()),
        };
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|ending| ending == "sqlite") {
            paths.push(entry.path().strip_prefix(data)?.to_owned());
        }
    }
    Ok(paths)
}

fn is_gone(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

struct SnapshotSource<'a> {
    data: &'a Path,
    growing: &'a Path,
    before: Option<&'a Path>,
    kept: &'a FileSums,
}

impl SnapshotSource<'_> {
    /// Brings the database at `path` into the new snapshot; `None`: it has gone since it was listed.
    fn add_file(&self, path: &Path) -> anyhow::Result<Option<AddedFile>> {
        let name = Path::new(DATA_FOLDER).join(path);
        let name = name.to_str().context("its path is not UTF-8")?.to_owned();
        let (source, target) = (self.data.join(path), self.growing.join(&name));
        let Some(state) = read_state(&source)? else { return Ok(None) };
        let source_bytes = state.size + state.log_bytes;
        let kept = match (self.before, self.kept.get(&name)) {
            (Some(before), Some(sum)) => Some((before.join(&name), sum)),
            _ => None,
        };
        let kept_state = match &kept {
            Some((path, _)) => read_state(path)?,
            None => None,
        };
        let mut method = choose_copy(&state, kept_state.as_ref(), unix_ns(SystemTime::now()));
        if method == CopyMethod::Link
            && let Some((path, sum)) = &kept
        {
            // A file system may know no such links, or a file may have as many as it can.
            if fs::hard_link(path, &target).is_ok() {
                return Ok(Some(AddedFile {
                    path: name,
                    sum: (*sum).clone(),
                    source_bytes,
                    copied_bytes: None,
                }));
            }
            method = CopyMethod::Bytes;
        }
        let mut copied = None;
        if method == CopyMethod::Bytes {
            copied = copy_bytes(&source, &target).ok();
            // It may have been woken meanwhile.
            if read_state(&source)? != Some(state) {
                copied = None;
            }
        }
        let (sum, bytes) = match copied {
            Some(copied) => copied,
            None => {
                let _none = fs::remove_file(&target);
                if read_state(&source)?.is_none() {
                    return Ok(None);
                }
                copy_online(&source, &target)?
            }
        };
        check_database(&target)?;
        protect_file(&target)?;
        Ok(Some(AddedFile { path: name, sum, source_bytes, copied_bytes: Some(bytes) }))
    }
}
