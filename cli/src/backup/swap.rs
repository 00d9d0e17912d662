//! Puts a new folder in the place of the data, so that one of the two is there whatever goes wrong.

use super::{
    files::{create_private_folder, file_beside, sync_folder},
    repository::{format_name, parse_name, remove_folder},
};
use anyhow::{Context as _, bail};
use jiff::Timestamp;
use std::{
    fs::{self, File, TryLockError},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// What follows the data's name in that of a folder that is to take its place.
const NEW_MARK: &str = ".restoring-";

/// The folder beside the data that is to take its place.
pub struct NewFolder {
    /// Where it is.
    pub path: PathBuf,
    /// Held as long as it is filled, so that no other takes it for one that was left behind.
    _lock: Option<File>,
}

/// Makes a folder beside `data`, which is not there or a folder, to take its place. Those that were left behind by runs that were ended go.
///
/// # Errors
/// If another restore is at work, or `data` can't be replaced by a folder.
pub fn begin_replacement(data: &Path, now: Timestamp) -> anyhow::Result<NewFolder> {
    if data.exists() && !data.is_dir() {
        bail!("{} is no folder: --data says where the edge keeps its data", data.display());
    }
    remove_left_behind(data)?;
    let path = file_beside(data, &format!("{NEW_MARK}{}", format_name(now)));
    require_replaceable(data, &path)?;
    create_private_folder(&path)?;
    let _lock = lock_folder(&path)?;
    Ok(NewFolder { path, _lock })
}

fn remove_left_behind(data: &Path) -> anyhow::Result<()> {
    let (Some(parent), Some(name)) = (data.parent(), data.file_name().and_then(|name| name.to_str())) else {
        bail!("{} can't be replaced: choose a folder in another with --data", data.display());
    };
    let entries = match fs::read_dir(parent) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("{} can't be read", parent.display())),
    };
    for entry in entries {
        let entry = entry?;
        let entry_name = entry.file_name();
        let rest = entry_name.to_str().and_then(|text| text.strip_prefix(name)?.strip_prefix(NEW_MARK));
        if rest.and_then(parse_name).is_some() && entry.file_type()?.is_dir() {
            let _lock = lock_folder(&entry.path())?;
            remove_folder(&entry.path())?;
        }
    }
    Ok(())
}

/// Keeps others from taking the folder for one that was left behind; where folders can't be locked, nothing does.
fn lock_folder(path: &Path) -> anyhow::Result<Option<File>> {
    let Ok(folder) = File::open(path) else { return Ok(None) };
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(TryLockError::WouldBlock) => bail!("another restore is filling {}", path.display()),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// Tries whether `data` can be replaced, before hours of copying: an empty folder put over one with files is refused for just that, but over a
/// mount point for being one.
fn require_replaceable(data: &Path, probe: &Path) -> anyhow::Result<()> {
    if !data.exists() {
        return Ok(());
    }
    create_private_folder(probe)?;
    let refusal = fs::rename(probe, data).err();
    let _replaced = fs::remove_dir(probe);
    match refusal {
        Some(error) if matches!(error.kind(), ErrorKind::ResourceBusy | ErrorKind::CrossesDevices) => bail!(
            "{0} is a mount point and can't be replaced. Make one more backup (for what was erased \
             since), restore to a folder that is not there yet \
             (--data {0}/restored), and move what is in it to where the files in {0} are",
            data.display()
        ),
        // It was empty, or it is not; whatever else is wrong will be said by what fails of it.
        _ => Ok(()),
    }
}

/// Puts `new` in the place of `data`, and what is there to `aside`, if that is given.
///
/// # Errors
/// If one can't be renamed; says where both are then.
pub fn replace_folder(data: &Path, new: &Path, aside: Option<&Path>) -> anyhow::Result<()> {
    if let Some(aside) = aside {
        fs::rename(data, aside).with_context(|| {
            format!(
                "{} can't be moved and is as it was; what was restored is in {}",
                data.display(),
                new.display()
            )
        })?;
    }
    if let Err(error) = fs::rename(new, data) {
        return Err(anyhow::Error::new(error).context(put_back(data, new, aside)));
    }
    match data.parent() {
        Some(parent) => sync_folder(parent),
        None => Ok(()),
    }
}

/// Puts what was there before in its place again; says where everything is.
fn put_back(data: &Path, new: &Path, aside: Option<&Path>) -> String {
    let back: io::Result<()> = aside.map_or(Ok(()), |aside| fs::rename(aside, data));
    let (data, new) = (data.display(), new.display());
    match (aside, back) {
        (Some(aside), Err(_)) => format!(
            "{data} is not there: what was there before is in {}, what was restored in {new}; move one of \
             them to {data}",
            aside.display()
        ),
        _ => format!("{data} is as it was; what was restored is in {new} and can't be moved there"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn the_old_data_is_put_back_if_the_new_can_not_come() {
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("data")).unwrap();
        fs::write(at("data/a.sqlite"), "words").unwrap();
        let refusal = replace_folder(&at("data"), &at("not-there"), Some(&at("data.before"))).unwrap_err();
        assert!(refusal.to_string().contains("is as it was"), "{refusal}");
        assert_eq!(fs::read(at("data/a.sqlite")).unwrap(), b"words");
        assert_eq!(names(folder.path()), ["data"]);
    }

    #[test]
    fn what_earlier_runs_left_goes_and_another_run_is_left_alone() {
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data");
        let now: Timestamp = "2026-11-30T02:15:00Z".parse().unwrap();
        for name in [
            "data",
            "data.restoring-20261129T021500Z",
            "data.restoring-notes",
            "other.restoring-20261129T021500Z",
        ] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        fs::write(data.join("lock"), "").unwrap();
        let new = begin_replacement(&data, now).unwrap();
        assert_eq!(new.path, folder.path().join("data.restoring-20261130T021500Z"));
        let expected = [
            "data",
            "data.restoring-20261130T021500Z",
            "data.restoring-notes",
            "other.restoring-20261129T021500Z",
        ];
        assert_eq!(names(folder.path()), expected);
        assert!(data.join("lock").exists(), "the data is as it was");
        assert!(begin_replacement(&data, now).is_err(), "one at a time");
        drop(new);
        begin_replacement(&data, now).unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        assert!(begin_replacement(&folder.path().join("file"), now).is_err());
    }
}
