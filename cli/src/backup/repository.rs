//! The folder with the snapshots: `20261130T021500Z/data/…` and, beside `data`, `SHA256SUMS`.

use super::files::{create_private_folder, sync_folder};
use anyhow::{Context as _, bail};
use jiff::{Timestamp, fmt::strtime, tz::TimeZone};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// How a snapshot is called: when it was begun, in UTC. Names sort as times do.
const NAME_FORMAT: &str = "%Y%m%dT%H%M%SZ";
/// What stands behind the name of one that is not finished.
const UNFINISHED: &str = ".partial";
/// What who adds, deletes or reads snapshots holds.
const LOCK_FILE: &str = "lock";
/// The file in a snapshot with what could not be backed up, if anything could not.
pub const GAPS_FILE: &str = "NOT-BACKED-UP";
/// The file in a snapshot with the sum of every other.
pub const SUMS_FILE: &str = "SHA256SUMS";
/// The folder in a snapshot that is a copy of the edge's.
pub const DATA_FOLDER: &str = "data";

/// A folder with snapshots.
pub struct SnapshotRepository {
    folder: PathBuf,
}

impl SnapshotRepository {
    /// The one at `folder`.
    pub fn new(folder: PathBuf) -> Self {
        SnapshotRepository { folder }
    }

    /// Where it is.
    pub fn folder_path(&self) -> &Path {
        &self.folder
    }

    /// Makes the folder if there is none.
    ///
    /// # Errors
    /// If it can't be made.
    pub fn create_folder(&self) -> anyhow::Result<()> {
        create_private_folder(&self.folder)
    }

    /// Keeps others from adding, deleting and reading snapshots as long as what is returned lives.
    ///
    /// # Errors
    /// If another has it locked, or it can't be written to.
    pub fn lock_for_writing(&self) -> anyhow::Result<File> {
        let path = self.folder.join(LOCK_FILE);
        // On NFS only who may write to a file can lock others out of it.
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let lock = lock.with_context(|| format!("{} can't be written", path.display()))?;
        match lock.try_lock() {
            Ok(()) => Ok(lock),
            Err(TryLockError::WouldBlock) => bail!(
                "{} is in use by another backup, by verify or restore: run this again when that has ended",
                self.folder.display()
            ),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} can't be locked", path.display()))
            }
        }
    }

    /// Keeps others from adding and deleting snapshots as long as what is returned lives; they can be read. Where no backup is made, as in
    /// a copy, there is nothing to lock; nor does it need a disk that can be written to.
    ///
    /// # Errors
    /// If a backup is being made.
    pub fn lock_for_reading(&self) -> anyhow::Result<Option<File>> {
        let path = self.folder.join(LOCK_FILE);
        let lock = match File::open(&path) {
            Ok(lock) => lock,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("{} can't be read", path.display())),
        };
        match lock.try_lock_shared() {
            Ok(()) => Ok(Some(lock)),
            Err(TryLockError::WouldBlock) => {
                bail!("a backup is being made in {}: run this again when it has ended", self.folder.display())
            }
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} can't be locked", path.display()))
            }
        }
    }

    /// When the finished snapshots were begun, oldest first.
    ///
    /// # Errors
    /// If the folder can't be read.
    pub fn list_snapshots(&self) -> anyhow::Result<Vec<Timestamp>> {
        let entries =
            fs::read_dir(&self.folder).with_context(|| format!("{} can't be read", self.folder.display()))?;
        let mut snapshots = Vec::new();
        for entry in entries {
            snapshots.extend(entry?.file_name().to_str().and_then(parse_name));
        }
        snapshots.sort_unstable();
        Ok(snapshots)
    }

    /// The folder of a finished snapshot.
    pub fn snapshot_folder(&self, snapshot: Timestamp) -> PathBuf {
        self.folder.join(format_name(snapshot))
    }

    /// Makes the folder of a new snapshot, which is called by `now` once it is finished. What an earlier run left behind when it was ended goes.
    ///
    /// # Errors
    /// If there is one of the same second already, or the folder can't be made.
    pub fn begin_snapshot(&self, now: Timestamp) -> anyhow::Result<PathBuf> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            // Whatever else lies there is somebody's.
            if is_draft_name(entry.file_name().to_str()) && entry.file_type()?.is_dir() {
                remove_folder(&entry.path())?;
            }
        }
        let name = format_name(now);
        if self.folder.join(&name).exists() {
            bail!("there is a snapshot {name} already");
        }
        let draft = self.folder.join(format!("{name}{UNFINISHED}"));
        create_private_folder(&draft)?;
        Ok(draft)
    }

    /// Gives the snapshot in `draft` its name, once all of it is on the disk.
    ///
    /// # Errors
    /// If it can't be renamed.
    pub fn finish_snapshot(&self, draft: &Path, now: Timestamp) -> anyhow::Result<()> {
        let folder = self.snapshot_folder(now);
        fs::rename(draft, &folder).with_context(|| format!("{} can't be named", draft.display()))?;
        sync_folder(&self.folder)
    }

    /// Deletes a snapshot. What others share with it stays theirs.
    ///
    /// # Errors
    /// If it can't be deleted.
    pub fn remove_snapshot(&self, snapshot: Timestamp) -> anyhow::Result<()> {
        let draft = self.folder.join(format!("{}{UNFINISHED}", format_name(snapshot)));
        // Half a snapshot must not look like one.
        fs::rename(self.snapshot_folder(snapshot), &draft)
            .with_context(|| format!("{} can't be deleted", draft.display()))?;
        remove_folder(&draft)
    }
}

/// Whether a snapshot that is not finished is called so.
fn is_draft_name(name: Option<&str>) -> bool {
    name.and_then(|name| name.strip_suffix(UNFINISHED)).and_then(parse_name).is_some()
}

/// Deletes `path` with all that is in it.
///
/// # Errors
/// If it can't be deleted.
pub fn remove_folder(path: &Path) -> anyhow::Result<()> {
    fs::remove_dir_all(path).with_context(|| format!("{} can't be deleted", path.display()))
}

/// How the snapshot begun at `moment` is called.
pub fn format_name(moment: Timestamp) -> String {
    moment.strftime(NAME_FORMAT).to_string()
}

/// When the snapshot of that name was begun, if it is one's name.
pub fn parse_name(name: &str) -> Option<Timestamp> {
    let time = strtime::parse(NAME_FORMAT, name).ok()?.to_datetime().ok()?;
    let moment = time.to_zoned(TimeZone::UTC).ok()?.timestamp();
    (format_name(moment) == name).then_some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        let moment: Timestamp = "2026-11-30T02:15:00Z".parse().unwrap();
        assert_eq!(format_name(moment), "20261130T021500Z");
        assert_eq!(parse_name("20261130T021500Z"), Some(moment));
        for other in ["20261130T021500Z.partial", "lock", "2026-11-30", "20261131T021500Z"] {
            assert_eq!(parse_name(other), None, "{other}");
        }
    }

    #[test]
    fn only_what_an_earlier_run_left_goes_and_one_works_there_at_a_time() {
        let folder = tempfile::TempDir::new().unwrap();
        let repository = SnapshotRepository::new(folder.path().to_owned());
        for name in ["20261129T021500Z.partial", "photos.partial", "20261129T021500Z.partial.partial"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        for name in ["film.partial", "20261128T021500Z.partial"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        repository.begin_snapshot("2026-11-30T02:15:00Z".parse().unwrap()).unwrap();
        let entries = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort_unstable();
        let expected = [
            "20261128T021500Z.partial",
            "20261129T021500Z.partial.partial",
            "20261130T021500Z.partial",
            "film.partial",
            "photos.partial",
        ];
        assert_eq!(names, expected);
        assert!(repository.lock_for_reading().unwrap().is_none(), "a copy has nothing to lock");
        let writing = repository.lock_for_writing().unwrap();
        assert!(repository.lock_for_writing().is_err());
        assert!(repository.lock_for_reading().unwrap_err().to_string().contains("a backup is being made"));
        drop(writing);
        let _reading = [repository.lock_for_reading().unwrap(), repository.lock_for_reading().unwrap()];
        assert!(repository.lock_for_writing().unwrap_err().to_string().contains("verify or restore"));
    }
}
