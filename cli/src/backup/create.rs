//! Makes a snapshot.

use super::{
    files::{
        DiskFailure, check_database, copy_bytes, copy_online, create_private_folder, disk_failure,
        list_databases, protect_file, read_state, sync_everything, unix_ns,
    },
    parallel::{clear_step, map_parallel, show_step},
    paths::require_apart,
    plan::{CopyMethod, choose_copy, expired_snapshots, is_data_lost},
    repository::{DATA_FOLDER, GAPS_FILE, SnapshotRepository},
    sums::{FileSums, path_in_data, read_sums, write_sums},
};
use anyhow::{Context as _, bail};
use jiff::Timestamp;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// What a backup is made of, and how.
pub struct BackupOptions {
    /// Where the edge keeps its data.
    pub data: PathBuf,
    /// How many files at once.
    pub jobs: usize,
    /// For how many days snapshots are kept; `None`: for ever.
    pub keep_days: Option<u32>,
    /// Whether nearly all that the snapshot before has may be gone.
    pub allow_loss: bool,
}

/// What was done.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct BackupSummary {
    /// Files in the snapshot.
    pub files: usize,
    /// How many of them were copied; the others are as they were in the snapshot before.
    pub copies: usize,
    /// Bytes that were copied.
    pub bytes: u64,
    /// Bytes that the data takes, with the logs beside it.
    pub data_bytes: u64,
    /// A sentence for each file that could not be backed up.
    pub gaps: Vec<String>,
    /// Snapshots whose time was over.
    pub deletions: Vec<Timestamp>,
}

/// What came of a file.
enum FileOutcome {
    Copy(FileCopy),
    /// It has gone since it was listed.
    Gone,
    /// Why it could not be backed up.
    Gap(String),
}

/// How a file got into the snapshot.
struct FileCopy {
    name: String,
    sum: String,
    source_bytes: u64,
    /// Nothing, if it is shared with the snapshot before.
    copy_bytes: Option<u64>,
}

/// Makes a snapshot that is called by the moment `now`, and then deletes those whose time is over. Where some files can't be backed up the
/// snapshot is without them, and none is deleted: older ones may have the last good copy.
///
/// # Errors
/// If there is no data or it seems to be lost, or no copy can be written: then there is no new snapshot. None is deleted then either, but on a
/// full disk those whose time is over.
pub fn create_snapshot(
    repository: &SnapshotRepository,
    options: &BackupOptions,
    now: Timestamp,
) -> anyhow::Result<BackupSummary> {
    require_apart(&options.data, repository.folder_path())?;
    repository.create_folder()?;
    let _lock = repository.lock_for_writing()?;
    let folder_before =
        repository.list_snapshots()?.last().map(|snapshot| repository.snapshot_folder(*snapshot));
    let sums_before = match &folder_before {
        // Without its sums the one before is of no use to this one; `verify` says so.
        Some(folder) => read_sums(folder).unwrap_or_default(),
        None => FileSums::new(),
    };
    show_step("listing files");
    let paths = list_databases(&options.data)?;
    let names_before = match &folder_before {
        Some(folder) if sums_before.is_empty() => {
            // Of a snapshot that is damaged so much, nothing can be said.
            let paths = list_databases(&folder.join(DATA_FOLDER)).unwrap_or_default();
            paths.iter().filter_map(|path| name_in_snapshot(path).ok()).collect()
        }
        _ => sums_before.keys().cloned().collect(),
    };
    clear_step();
    let names = paths.iter().filter_map(|path| name_in_snapshot(path).ok()).collect();
    require_data(&options.data, &names_before, &names, options.allow_loss)?;
    let draft = repository.begin_snapshot(now)?;
    let source = SnapshotSource {
        data: &options.data,
        draft: &draft,
        folder_before: folder_before.as_deref(),
        sums_before: &sums_before,
    };
    let result = source.fill_snapshot(&paths, options.jobs).and_then(|(mut summary, sums)| {
        let names = sums.into_keys().collect();
        require_data(&options.data, &names_before, &names, options.allow_loss)
            .with_context(|| first_gaps(&summary.gaps))?;
        show_step("waiting for the disk");
        sync_everything(&draft)?;
        repository.finish_snapshot(&draft, now)?;
        if summary.gaps.is_empty() {
            summary.deletions = delete_expired(repository, options.keep_days, now)?;
        }
        Ok(summary)
    });
    clear_step();
    result.or_else(|error| {
        // What visitors wrote is not left lying about. If it can't be deleted the next run does it.
        let _left = fs::remove_dir_all(&draft);
        if disk_failure(&error) != Some(DiskFailure::Full) {
            return Err(error);
        }
        // Or the disk would stay full, and they would get older than they may.
        let hint = match delete_expired(repository, options.keep_days, now)?.len() {
            0 => "the disk is full and no snapshot's time is over: make room, or delete an old snapshot's folder",
            _ => "the disk was full: snapshots whose time was over are deleted now, run this again",
        };
        Err(error.context(format!("{}: {hint}", repository.folder_path().display())))
    })
}

/// Ends where the data is not there, or seems to be lost: a snapshot of nothing would look like a backup, and the real ones would go in time.
fn require_data(
    data: &Path,
    names_before: &BTreeSet<String>,
    names: &BTreeSet<String>,
    allow_loss: bool,
) -> anyhow::Result<()> {
    let data = data.display();
    if names.is_empty() {
        bail!(
            "there is no database to back up in {data}: is the disk mounted? --data says where the edge \
             keeps its data"
        );
    }
    let (before, left) = (names_before.len(), names_before.intersection(names).count());
    if is_data_lost(before, left) && !allow_loss {
        bail!(
            "of {before} files in the newest snapshot only {left} are in {data} now: is the disk mounted, \
             and is it the right --data? If they may be gone, add --allow-loss this once"
        );
    }
    Ok(())
}

/// Some of what could not be backed up, for a sentence about all of it.
fn first_gaps(gaps: &[String]) -> String {
    match gaps {
        [] => "there is no new snapshot".to_owned(),
        [gap] => format!("{gap}; there is no new snapshot"),
        [gap, ..] => {
            format!("{} files can't be backed up, there is no new snapshot; the first: {gap}", gaps.len())
        }
    }
}

/// Deletes the snapshots whose time is over, and gives them.
fn delete_expired(
    repository: &SnapshotRepository,
    keep_days: Option<u32>,
    now: Timestamp,
) -> anyhow::Result<Vec<Timestamp>> {
    let Some(days) = keep_days else { return Ok(Vec::new()) };
    let expired = expired_snapshots(&repository.list_snapshots()?, now, days);
    for (index, snapshot) in expired.iter().enumerate() {
        show_step(&format!("deleting snapshot {} of {}", index + 1, expired.len()));
        repository.remove_snapshot(*snapshot)?;
    }
    Ok(expired)
}

/// What the database at `path` in the data is called in a snapshot.
fn name_in_snapshot(path: &Path) -> anyhow::Result<String> {
    let name = Path::new(DATA_FOLDER).join(path);
    let name = name.to_str().context("its path is not UTF-8")?;
    path_in_data(name)?;
    Ok(name.to_owned())
}

struct SnapshotSource<'a> {
    data: &'a Path,
    draft: &'a Path,
    folder_before: Option<&'a Path>,
    sums_before: &'a FileSums,
}

impl SnapshotSource<'_> {
    /// Brings the databases at `paths` into the new snapshot, with the list of their sums.
    fn fill_snapshot(&self, paths: &[PathBuf], jobs: usize) -> anyhow::Result<(BackupSummary, FileSums)> {
        create_private_folder(&self.draft.join(DATA_FOLDER))?;
        for folder in paths.iter().filter_map(|path| path.parent()).collect::<BTreeSet<_>>() {
            create_private_folder(&self.draft.join(DATA_FOLDER).join(folder))?;
        }
        let outcomes = map_parallel("backing up", paths, jobs, |path| {
            self.add_file(path).or_else(|error| {
                let error = error.context(format!("{} can't be backed up", path.display()));
                if disk_failure(&error).is_some() {
                    return Err(error);
                }
                let _none = fs::remove_file(self.draft.join(DATA_FOLDER).join(path));
                // A line for each, in the list of them.
                Ok(FileOutcome::Gap(format!("{error:#}").replace('\n', "; ")))
            })
        })?;
        let (mut summary, mut sums) = (BackupSummary::default(), FileSums::new());
        for outcome in outcomes {
            match outcome {
                FileOutcome::Copy(file) => {
                    summary.files += 1;
                    summary.copies += usize::from(file.copy_bytes.is_some());
                    summary.bytes += file.copy_bytes.unwrap_or_default();
                    summary.data_bytes += file.source_bytes;
                    sums.insert(file.name, file.sum);
                }
                FileOutcome::Gone => {}
                FileOutcome::Gap(sentence) => summary.gaps.push(sentence),
            }
        }
        write_sums(self.draft, &sums)?;
        if !summary.gaps.is_empty() {
            fs::write(self.draft.join(GAPS_FILE), summary.gaps.join("\n") + "\n")?;
        }
        Ok((summary, sums))
    }

    /// Brings the database at `path` into the new snapshot.
    fn add_file(&self, path: &Path) -> anyhow::Result<FileOutcome> {
        let name = name_in_snapshot(path)?;
        let (source, target) = (self.data.join(path), self.draft.join(&name));
        let Some(state) = read_state(&source)? else { return Ok(FileOutcome::Gone) };
        let source_bytes = state.size + state.log_bytes;
        let copy_before = match (self.folder_before, self.sums_before.get(&name)) {
            (Some(folder), Some(sum)) => Some((folder.join(&name), sum)),
            _ => None,
        };
        let state_before = match &copy_before {
            Some((path, _)) => read_state(path)?,
            None => None,
        };
        let mut method = choose_copy(&state, state_before.as_ref(), unix_ns(SystemTime::now()));
        if method == CopyMethod::Link
            && let Some((path, sum)) = &copy_before
        {
            // A file system may know no such links, or a file may have as many as it can.
            if fs::hard_link(path, &target).is_ok() {
                let sum = (*sum).clone();
                return Ok(FileOutcome::Copy(FileCopy { name, sum, source_bytes, copy_bytes: None }));
            }
            method = CopyMethod::Bytes;
        }
        let mut copy = None;
        if method == CopyMethod::Bytes {
            copy = copy_bytes(&source, &target).ok();
            // It may have been woken meanwhile.
            if read_state(&source)? != Some(state) {
                copy = None;
            }
        }
        let (sum, bytes) = match copy {
            Some(copy) => copy,
            None => {
                let _none = fs::remove_file(&target);
                if read_state(&source)?.is_none() {
                    return Ok(FileOutcome::Gone);
                }
                copy_online(&source, &target)?
            }
        };
        check_database(&target)?;
        protect_file(&target)?;
        Ok(FileOutcome::Copy(FileCopy { name, sum, source_bytes, copy_bytes: Some(bytes) }))
    }
}
