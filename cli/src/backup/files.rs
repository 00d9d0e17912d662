//! What a backup does to single files and folders.

use super::{
    plan::{DatabaseState, IN_USE_NS},
    sums::{copy_with_sum, sum_file},
};
use anyhow::{Context as _, bail};
use rusqlite::{Connection, OpenFlags, backup::Backup};
use std::{
    fs::{self, DirBuilder, File, FileTimes, OpenOptions},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// How long a database that is being written to is waited for.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);
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
    let copied = copy_with_sum(&mut source, &mut target)?;
    target.set_times(FileTimes::new().set_modified(modified))?;
    Ok(copied)
}

/// Copies the database at `from` as it is at one moment, whoever writes to it meanwhile; gives sum and bytes.
///
/// # Errors
/// If it stays busy, can't be read, or the copy can't be written.
pub fn copy_online(from: &Path, to: &Path) -> anyhow::Result<(String, u64)> {
    // So that nobody but its owner can ever open it.
    let file = create_private_file(to)?;
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    source.busy_timeout(BUSY_TIMEOUT)?;
    let mut target = Connection::open(to)?;
    // The whole snapshot is brought to the disk at its end.
    target.pragma_update(None, "synchronous", "OFF")?;
    let backup = Backup::new(&source, &mut target)?;
    // All pages in one step: it never has to begin again because somebody wrote, and who writes does not wait for it.
    backup.run_to_completion(i32::MAX, Duration::from_millis(50), None)?;
    drop(backup);
    target.close().map_err(|(_, error)| error)?;
    let copied = sum_file(to)?;
    file.set_times(FileTimes::new().set_modified(UNIX_EPOCH + Duration::from_nanos(IN_USE_NS)))?;
    Ok(copied)
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
        bail!("{} is damaged: {verdict}", path.display());
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
    for entry in walkdir::WalkDir::new(folder) {
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
