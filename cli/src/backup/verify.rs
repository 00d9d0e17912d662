//! Reads snapshots again and holds them against their sums.

use super::{
    files::check_database,
    parallel::map_parallel,
    plan::IN_USE_NS,
    repository::{SnapshotRepository, format_name},
    sums::{read_sums, sum_file},
};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    fs::{File, FileTimes},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

/// Verifies the snapshots begun at `taken`; gives how many files were read and a sentence for each that is not as it was. What
/// several share is read once.
///
/// # Errors
/// If sums can't be read.
pub fn verify_snapshots(
    repository: &SnapshotRepository,
    taken: &[Timestamp],
    jobs: usize,
) -> anyhow::Result<(usize, Vec<String>)> {
    let mut distinct: BTreeMap<(InodeKey, String), (PathBuf, String)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for moment in taken {
        let folder = repository.snapshot_folder(*moment);
        for (name, sum) in read_sums(&folder)? {
            let (path, shown) = (folder.join(&name), format!("{}/{name}", format_name(*moment)));
            match identify_file(&path) {
                Some(identity) => {
                    distinct.insert((identity, sum), (path, shown));
                }
                None => wrong.push(format!("{shown} is missing")),
            }
        }
    }
    let files: Vec<_> = distinct.into_iter().map(|((_, sum), (path, shown))| (sum, path, shown)).collect();
    let damaged = map_parallel("verifying", &files, jobs, |(sum, path, shown)| {
        let verdict = match sum_file(path) {
            Ok((found, _)) if found == *sum => {
                check_database(path).err().map(|error| format!("{shown}: {error:#}"))
            }
            Ok(_) => Some(format!("{shown} has another sum than when it was written")),
            Err(error) => Some(format!("{shown} can't be read: {error}")),
        };
        if verdict.is_some() {
            mark_damaged(path);
        }
        Ok(verdict)
    })?;
    wrong.extend(damaged.into_iter().flatten());
    Ok((files.len(), wrong))
}

/// The next backup copies the file anew instead of sharing what is damaged.
fn mark_damaged(path: &Path) {
    let unlike_any = UNIX_EPOCH + Duration::from_nanos(IN_USE_NS);
    // Where that can't be written either, the disk is what has to be mended.
    let _unmarked =
        File::open(path).and_then(|file| file.set_times(FileTimes::new().set_modified(unlike_any)));
}

/// Which file it is, whatever it is called.
#[cfg(unix)]
type InodeKey = (u64, u64);
#[cfg(not(unix))]
type InodeKey = PathBuf;

#[cfg(unix)]
fn identify_file(path: &Path) -> Option<InodeKey> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = path.metadata().ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identify_file(path: &Path) -> Option<InodeKey> {
    path.is_file().then(|| path.to_owned())
}
