//! Reads snapshots again and holds them against their sums.

use super::{
    files::check_database,
    parallel::{clear_step, map_parallel, show_step},
    plan::IN_USE_NS,
    repository::{SUMS_FILE, SnapshotRepository, format_name},
    sums::{list_unlisted, read_sums, sum_file},
};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    fs::{File, FileTimes},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

/// Verifies `snapshots`; gives how many files were read, and a sentence for each fault. What several share is read
/// once.
///
/// # Errors
/// Never for a fault in a snapshot.
pub fn verify_snapshots(
    repository: &SnapshotRepository,
    snapshots: &[Timestamp],
    jobs: usize,
) -> anyhow::Result<(usize, Vec<String>)> {
    let mut distinct: BTreeMap<(InodeKey, String), (PathBuf, String)> = BTreeMap::new();
    let mut faults = Vec::new();
    for snapshot in snapshots {
        let (folder, shown) = (repository.snapshot_folder(*snapshot), format_name(*snapshot));
        show_step(&format!("listing {shown}"));
        let sums = match read_sums(&folder) {
            Ok(sums) => sums,
            Err(error) => {
                faults.push(format!("{shown}: {error:#}"));
                continue;
            }
        };
        match list_unlisted(&folder, &sums) {
            Ok(names) => {
                faults.extend(names.iter().map(|name| format!("{shown}/{name} has no sum in {SUMS_FILE}")))
            }
            Err(error) => faults.push(format!("{shown}: {error:#}")),
        }
        for (name, sum) in sums {
            let (path, shown) = (folder.join(&name), format!("{shown}/{name}"));
            match identify_file(&path) {
                Some(identity) => {
                    distinct.insert((identity, sum), (path, shown));
                }
                None => faults.push(format!("{shown} is missing")),
            }
        }
    }
    clear_step();
    let files: Vec<_> = distinct.into_iter().map(|((_, sum), (path, shown))| (sum, path, shown)).collect();
    let damages = map_parallel("verifying", &files, jobs, |(sum, path, shown)| {
        let verdict = match sum_file(path) {
            Ok((sum_now, _)) if sum_now == *sum => {
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
    faults.extend(damages.into_iter().flatten());
    Ok((files.len(), faults))
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
