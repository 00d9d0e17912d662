//! What a backup does to single files and folders.

use super::{
    plan::{DatabaseState, IN_USE_NS},
    sums::{copy_with_sum, sum_file},
};
use anyhow::{Context as _, bail};
use rusqlite::{
    Connection, ErrorCode, OpenFlags,
    backup::{Backup, StepResult},
};
use std::{
    fs::{self, DirBuilder, File, FileTimes, OpenOptions},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use walkdir::WalkDir;

/// How long a database that is being written to is waited for.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);
/// How long until it is tried again.
const BUSY_PAUSE: Duration = Duration::from_millis(50);
/// What SQLite keeps beside a database for as long as something is to be done with it.
const LOG_ENDINGS: &[&str] = &["-wal", "-journal"];

/// Makes `path`, which only its owner may enter, if it is not there.
///
/// # Errors
/// If it can't be made.
pub fn create_private_folder(path: &Path) -> anyhow::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).with_context(|| format!("{} can't be made", path.display()))
}

/// A new file at `path` that only its owner may read.
///
/// # Errors
/// If it is there already, or can't be made.
pub fn create_private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Nanoseconds from 1970 to `time`; 0 for what is before.
pub fn unix_ns(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

/// The file beside the database at `path` whose name ends in `ending`.
pub fn file_beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// What is seen of the database at `path` from outside; `None`: it is not there.
///
/// # Errors
/// If its folder can't be read.
pub fn read_state(path: &Path) -> io::Result<Option<DatabaseState>> {
    let found = |path: &Path| match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    };
    // The log first: should it be brought into the file in between, the file's own time tells.
    let mut log_bytes = 0;
    for ending in LOG_ENDINGS {
        log_bytes += found(&file_beside(path, ending))?.map_or(0, |metadata| metadata.len());
    }
    let Some(metadata) = found(path)? else { return Ok(None) };
    Ok(Some(DatabaseState { size: metadata.len(), modified_ns: unix_ns(metadata.modified()?), log_bytes }))
}

/// Copies a database at rest, with its time; gives sum and bytes.
///
/// # Errors
/// If reading or writing fails.
pub fn copy_bytes(from: &Path, to: &Path) -> io::Result<(String, u64)> {
    let mut source = File::open(from)?;
    let modified = source.metadata()?.modified()?;
    let mut target = create_private_file(to)?;
    let result = copy_with_sum(&mut source, &mut target)?;
    target.set_times(FileTimes::new().set_modified(modified))?;
    Ok(result)
}

/// Copies the database at `from` as it is at one moment, whoever writes to it meanwhile; gives sum and bytes.
///
/// # Errors
/// If it stays busy, can't be read, or the copy can't be written.
pub fn copy_online(from: &Path, to: &Path) -> anyhow::Result<(String, u64)> {
    // So that nobody but its owner can ever open it.
    let file = create_private_file(to)?;
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    source.busy_timeout(BUSY_PAUSE)?;
    let mut target = Connection::open(to)?;
    // The whole snapshot is brought to the disk at its end.
    target.pragma_update(None, "synchronous", "OFF")?;
    let backup = Backup::new(&source, &mut target)?;
    copy_all_pages(&backup, BUSY_TIMEOUT).with_context(|| format!("{} can't be copied", from.display()))?;
    drop(backup);
    target.close().map_err(|(_, error)| error)?;
    let result = sum_file(to)?;
    file.set_times(FileTimes::new().set_modified(UNIX_EPOCH + Duration::from_nanos(IN_USE_NS)))?;
    Ok(result)
}

/// Its own loop: rusqlite's tries for ever where somebody holds the database. All pages in one step: it never has to begin again because
/// somebody wrote, and who writes does not wait for it.
fn copy_all_pages(backup: &Backup<'_, '_>, patience: Duration) -> anyhow::Result<()> {
    let start = Instant::now();
    while backup.step(-1)? != StepResult::Done {
        if start.elapsed() >= patience {
            bail!("somebody has kept it locked for {} s", patience.as_secs());
        }
        thread::sleep(BUSY_PAUSE);
    }
    Ok(())
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
    error.io_error().is_some_and(|error| error.kind() == ErrorKind::NotFound)
}

/// Why a disk takes no more, if that is what `error` comes from: then it is not about one file.
pub fn disk_failure(error: &anyhow::Error) -> Option<DiskFailure> {
    error.chain().find_map(|cause| {
        if let Some(error) = cause.downcast_ref::<io::Error>() {
            match error.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some(DiskFailure::Full),
                ErrorKind::ReadOnlyFilesystem => Some(DiskFailure::ReadOnly),
                _ => None,
            }
        } else {
            match cause.downcast_ref::<rusqlite::Error>()?.sqlite_error_code()? {
                ErrorCode::DiskFull => Some(DiskFailure::Full),
                _ => None,
            }
        }
    })
}

/// Why a disk takes no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiskFailure {
    /// There is no room left.
    Full,
    /// It can't be written to.
    ReadOnly,
}

/// Opens a database that nobody writes to, leaving no file beside it.
///
/// # Errors
/// If it is none.
pub fn open_resting(path: &Path) -> anyhow::Result<Connection> {
    let mut address = String::from("file:");
    let name = path.to_str().with_context(|| format!("{} is not UTF-8", path.display()))?;
    for letter in name.chars() {
        match letter {
            '%' => address.push_str("%25"),
            '?' => address.push_str("%3f"),
            '#' => address.push_str("%23"),
            _ => address.push(letter),
        }
    }
    address.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    Ok(Connection::open_with_flags(address, flags)?)
}

/// Has SQLite look through the database at `path`.
///
/// # Errors
/// If it is damaged.
pub fn check_database(path: &Path) -> anyhow::Result<()> {
    let verdict: String = open_resting(path)?.query_row("PRAGMA quick_check(1)", (), |row| row.get(0))?;
    if verdict != "ok" {
        // SQLite's verdict has several lines.
        bail!("it is damaged: {}", verdict.replace('\n', "; "));
    }
    Ok(())
}

/// Makes a finished copy harder to write to by mistake: it may be part of many snapshots.
///
/// # Errors
/// If its owner is somebody else.
pub fn protect_file(path: &Path) -> io::Result<()> {
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions)
}

/// Waits until all that was written to the file system of `folder` is on the disk: far sooner than one wait a file.
///
/// # Errors
/// If something could not be written.
#[cfg(target_os = "linux")]
pub fn sync_everything(folder: &Path) -> anyhow::Result<()> {
    let opened = File::open(folder)?;
    rustix::fs::syncfs(&opened).with_context(|| format!("{} can't be synced", folder.display()))
}

/// Waits until all files in `folder` are on the disk.
///
/// # Errors
/// If one could not be written.
#[cfg(not(target_os = "linux"))]
pub fn sync_everything(folder: &Path) -> anyhow::Result<()> {
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            File::open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}

/// Waits until what a folder lists is on the disk.
///
/// # Errors
/// If it can't be.
pub fn sync_folder(folder: &Path) -> anyhow::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all().with_context(|| format!("{} can't be synced", folder.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn a_database_that_stays_locked_is_given_up() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("a.sqlite");
        let writer = Connection::open(&path).unwrap();
        writer.execute_batch("CREATE TABLE t (x); BEGIN EXCLUSIVE").unwrap();
        let source = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        source.busy_timeout(BUSY_PAUSE).unwrap();
        let mut target = Connection::open_in_memory().unwrap();
        let backup = Backup::new(&source, &mut target).unwrap();
        let refusal = copy_all_pages(&backup, Duration::from_millis(120)).unwrap_err();
        assert!(refusal.to_string().contains("locked"), "{refusal}");
        writer.execute_batch("COMMIT").unwrap();
        copy_all_pages(&backup, Duration::from_secs(5)).unwrap();
    }

    #[test]
    fn a_full_disk_is_told_from_a_damaged_file() {
        let full = anyhow::Error::from(io::Error::from(ErrorKind::StorageFull)).context("a.sqlite");
        assert_eq!(disk_failure(&full), Some(DiskFailure::Full));
        let sqlite =
            |code| anyhow::Error::from(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None));
        assert_eq!(disk_failure(&sqlite(rusqlite::ffi::SQLITE_FULL)), Some(DiskFailure::Full));
        assert_eq!(disk_failure(&sqlite(rusqlite::ffi::SQLITE_CORRUPT)), None);
        assert_eq!(disk_failure(&io::Error::from(ErrorKind::NotFound).into()), None);
    }
}
