//! The folder with the snapshots: `20261130T021500Z/data/…` and, beside `data`, `SHA256SUMS`.

use super::files::{create_private_folder, sync_folder};
use anyhow::{Context as _, bail};
use jiff::{Timestamp, fmt::strtime, tz::TimeZone};
use std::{
    fs::{self, File, TryLockError},
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// How a snapshot is called: when it was begun, in UTC. Names sort as times do.
const NAME_FORMAT: &str = "%Y%m%dT%H%M%SZ";
/// What stands behind the name of one that is not finished.
const UNFINISHED: &str = ".partial";
/// What who adds or deletes snapshots holds.
const LOCK_FILE: &str = "lock";
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

    /// Makes the folder if there is none.
    ///
    /// # Errors
    /// If it can't be made.
    pub fn create_folder(&self) -> anyhow::Result<()> {
        create_private_folder(&self.folder)?;
        let path = self.folder.join(LOCK_FILE);
        File::create(&path).with_context(|| format!("{} can't be written", path.display()))?;
        Ok(())
    }

    /// Keeps others from adding and deleting snapshots as long as what is returned lives. Where no backup is made, as in a copy, there is
    /// nothing to lock; nor does it need a disk that can be written to.
    ///
    /// # Errors
    /// If another has it locked.
    pub fn lock_folder(&self) -> anyhow::Result<Option<File>> {
        let path = self.folder.join(LOCK_FILE);
        let lock = match File::open(&path) {
            Ok(lock) => lock,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("{} can't be read", path.display())),
        };
        match lock.try_lock() {
            Ok(()) => Ok(Some(lock)),
            Err(TryLockError::WouldBlock) => bail!("{} is in use by another backup", self.folder.display()),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} can't be locked", path.display()))
            }
        }
    }

    /// Whether the folder lies in `other`.
    ///
    /// # Errors
    /// If either is not there.
    pub fn is_inside(&self, other: &Path) -> anyhow::Result<bool> {
        let real =
            |path: &Path| fs::canonicalize(path).with_context(|| format!("{} can't be read", path.display()));
        Ok(real(&self.folder)?.starts_with(real(other)?))
    }

    /// When the finished snapshots were begun, oldest first.
    ///
    /// # Errors
    /// If the folder can't be read.
    pub fn list_snapshots(&self) -> anyhow::Result<Vec<Timestamp>> {
        let entries =
            fs::read_dir(&self.folder).with_context(|| format!("{} can't be read", self.folder.display()))?;
        let mut taken = Vec::new();
        for entry in entries {
            taken.extend(entry?.file_name().to_str().and_then(parse_name));
        }
        taken.sort_unstable();
        Ok(taken)
    }

    /// The folder of a finished snapshot.
    pub fn snapshot_folder(&self, taken: Timestamp) -> PathBuf {
        self.folder.join(format_name(taken))
    }

    /// Makes the folder in which a new snapshot grows.
    ///
    /// # Errors
    /// If there is one of the same second already, or the folder can't be made.
    pub fn begin_snapshot(&self, taken: Timestamp) -> anyhow::Result<PathBuf> {
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            // What an earlier run left behind when it was ended.
            if path.to_str().is_some_and(|name| name.ends_with(UNFINISHED)) {
                remove_folder(&path)?;
            }
        }
        let name = format_name(taken);
        if self.folder.join(&name).exists() {
            bail!("there is a snapshot {name} already");
        }
        let growing = self.folder.join(format!("{name}{UNFINISHED}"));
        create_private_folder(&growing)?;
        Ok(growing)
    }

    /// Gives the snapshot in `growing` its name, once all of it is on the disk.
    ///
    /// # Errors
    /// If it can't be renamed.
    pub fn finish_snapshot(&self, growing: &Path, taken: Timestamp) -> anyhow::Result<()> {
        let folder = self.snapshot_folder(taken);
        fs::rename(growing, &folder).with_context(|| format!("{} can't be named", growing.display()))?;
        sync_folder(&self.folder)
    }

    /// Deletes a snapshot. What others share with it stays theirs.
    ///
    /// # Errors
    /// If it can't be deleted.
    pub fn remove_snapshot(&self, taken: Timestamp) -> anyhow::Result<()> {
        let gone = self.folder.join(format!("{}{UNFINISHED}", format_name(taken)));
        // Half a snapshot must not look like one.
        fs::rename(self.snapshot_folder(taken), &gone)
            .with_context(|| format!("{} can't be deleted", gone.display()))?;
        remove_folder(&gone)
    }
}

fn remove_folder(path: &Path) -> anyhow::Result<()> {
    fs::remove_dir_all(path).with_context(|| format!("{} can't be deleted", path.display()))
}

/// How the snapshot begun at `taken` is called.
pub fn format_name(taken: Timestamp) -> String {
    taken.strftime(NAME_FORMAT).to_string()
}

/// When the snapshot of that name was begun, if it is one's name.
pub fn parse_name(name: &str) -> Option<Timestamp> {
    let taken = strtime::parse(NAME_FORMAT, name).ok()?.to_datetime().ok()?;
    let taken = taken.to_zoned(TimeZone::UTC).ok()?.timestamp();
    (format_name(taken) == name).then_some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        let taken: Timestamp = "2026-11-30T02:15:00Z".parse().unwrap();
        assert_eq!(format_name(taken), "20261130T021500Z");
        assert_eq!(parse_name("20261130T021500Z"), Some(taken));
        for other in ["20261130T021500Z.partial", "lock", "2026-11-30", "20261131T021500Z"] {
            assert_eq!(parse_name(other), None, "{other}");
        }
    }
}
