//! Puts a snapshot in the place of the data, but for what was erased since.

use super::{
    create::list_databases,
    files::{create_private_file, create_private_folder, file_beside, read_state, sync_everything},
    parallel::map_parallel,
    plan::snapshot_at,
    repository::{DATA_FOLDER, SnapshotRepository, format_name},
    sums::{FileSums, copy_with_sum, read_sums},
    tombstones::{ErasedConversation, candidate_path, copy_tombstone},
};
use anyhow::{Context as _, bail};
use jiff::Timestamp;
use std::{
    collections::BTreeSet,
    fs::{self, File, TryLockError},
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// What is restored, and where to.
pub struct RestoreOptions {
    /// Where the edge keeps its data.
    pub data: PathBuf,
    /// How it was at this moment.
    pub moment: Timestamp,
    /// How many files at once.
    pub jobs: usize,
}

/// What was done.
#[derive(Debug)]
pub struct RestoreSummary {
    /// The snapshot.
    pub taken: Timestamp,
    /// Files in it.
    pub files: usize,
    /// Where the data is that was there before, if any was.
    pub put_aside: Option<PathBuf>,
    /// Conversations that were erased after the snapshot, and stay so.
    pub erased: BTreeSet<ErasedConversation>,
}

/// Restores the newest snapshot that is not younger than the moment; `now` names what is put aside.
///
/// # Errors
/// If the edge runs, there is no such snapshot, or a file in it is not as it was written: then the data stays as it is.
pub fn restore_snapshot(
    repository: &SnapshotRepository,
    options: &RestoreOptions,
    now: Timestamp,
) -> anyhow::Result<RestoreSummary> {
    // With systemd's dynamic users it is a link to where the data lies.
    let data = &fs::canonicalize(&options.data).unwrap_or_else(|_| options.data.clone());
    let snapshots = repository.list_snapshots()?;
    let Some(taken) = snapshot_at(&snapshots, options.moment) else {
        match snapshots.first() {
            Some(oldest) => bail!("the oldest snapshot is of {oldest}"),
            None => bail!("there is no snapshot"),
        }
    };
    let _lock = require_stopped_edge(data)?;
    let new = file_beside(data, &format!(".restoring-{}", format_name(now)));
    let later: Vec<PathBuf> = snapshots
        .iter()
        .filter(|other| **other > taken)
        .map(|other| repository.snapshot_folder(*other))
        .collect();
    let restored = build_data(&repository.snapshot_folder(taken), &later, data, &new, options.jobs);
    let (files, erased) = restored.inspect_err(|_| {
        // What visitors wrote is not left lying about; that it can't be deleted is no more than was known before.
        let _left = fs::remove_dir_all(&new);
    })?;
    let put_aside = data.is_dir().then(|| file_beside(data, &format!(".before-{}", format_name(now))));
    if let Some(aside) = &put_aside {
        fs::rename(data, aside).with_context(|| format!("{} can't be put aside", data.display()))?;
    }
    fs::rename(&new, data).with_context(|| format!("{} can't be named", new.display()))?;
    Ok(RestoreSummary { taken, files, put_aside, erased })
}

/// Makes in `new` what the snapshot in `folder` has, but for what the snapshots in `later` or the data at `data` know to be erased; how many
/// files, and whose.
fn build_data(
    folder: &Path,
    later: &[PathBuf],
    data: &Path,
    new: &Path,
    jobs: usize,
) -> anyhow::Result<(usize, BTreeSet<ErasedConversation>)> {
    let sums = read_sums(folder)?;
    copy_snapshot(folder, &sums, new, jobs)?;
    let mut erased = BTreeSet::new();
    for folder in later {
        let changed = |(name, sum): &(String, String)| sums.get(name) != Some(sum);
        let paths: Vec<PathBuf> =
            read_sums(folder)?.into_iter().filter(changed).map(|(name, _)| PathBuf::from(name)).collect();
        erased.extend(keep_erased(folder, &paths, new, jobs)?);
    }
    if data.is_dir() {
        let paths = changed_databases(data, folder)?;
        erased.extend(keep_erased(data, &paths, new, jobs)?);
    }
    sync_everything(new)?;
    Ok((sums.len(), erased))
}

/// The edge would go on writing into what is put aside, and all of that would be lost.
fn require_stopped_edge(data: &Path) -> anyhow::Result<Option<File>> {
    let lock = match File::open(data.join("lock")) {
        Ok(lock) => lock,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("{} can't be read", data.display())),
    };
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => bail!("the edge is running on {}; end it first", data.display()),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Copies the files of the snapshot in `folder` to `new`; they can be written to there.
fn copy_snapshot(folder: &Path, sums: &FileSums, new: &Path, jobs: usize) -> anyhow::Result<()> {
    create_private_folder(new)?;
    let files: Vec<(&String, &String)> = sums.iter().collect();
    let target = |name: &str| -> anyhow::Result<PathBuf> { Ok(new.join(path_in_data(Path::new(name))?)) };
    for (name, _) in &files {
        if let Some(parent) = target(name)?.parent().filter(|parent| !parent.is_dir()) {
            create_private_folder(parent)?;
        }
    }
    map_parallel("restoring", &files, jobs, |(name, sum)| {
        let copy = || -> anyhow::Result<()> {
            let mut source = File::open(folder.join(name))?;
            let (copied, _) = copy_with_sum(&mut source, &mut create_private_file(&target(name)?)?)?;
            if copied != **sum {
                bail!("it has another sum than when it was written");
            }
            Ok(())
        };
        copy().with_context(|| format!("{name} can't be restored"))
    })?;
    Ok(())
}

/// A snapshot's names lead into its data and nowhere else.
fn path_in_data(name: &Path) -> anyhow::Result<&Path> {
    let inside = name.strip_prefix(DATA_FOLDER).ok();
    let plain = |path: &&Path| path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    inside.filter(plain).with_context(|| format!("{} is no file of a snapshot", name.display()))
}

/// The databases in `data` that are not as the snapshot in `folder` has them, as far as can be seen from outside.
fn changed_databases(data: &Path, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut changed = Vec::new();
    for path in list_databases(data)? {
        let kept = read_state(&folder.join(DATA_FOLDER).join(&path))?;
        if kept.is_none() || read_state(&data.join(&path))? != kept {
            changed.push(path);
        }
    }
    Ok(changed)
}

/// Puts those of the files at `paths` in `folder` that hold a tombstone in the place of what is in `new`; gives whose they are.
fn keep_erased(
    folder: &Path,
    paths: &[PathBuf],
    new: &Path,
    jobs: usize,
) -> anyhow::Result<Vec<ErasedConversation>> {
    let found = map_parallel("looking for what was erased", paths, jobs, |path| {
        let inside = path.strip_prefix(DATA_FOLDER).unwrap_or(path);
        let restored = new.join(inside);
        // One that the snapshot does not have was begun after it: there is nothing to be deleted again but in lists.
        let candidate = candidate_path(&restored);
        if let Some(parent) = candidate.parent() {
            create_private_folder(parent)?;
        }
        let erased = copy_tombstone(&folder.join(path), &candidate)
            .with_context(|| format!("{} can't be read", path.display()))?;
        if erased.is_some() {
            if restored.exists() {
                fs::rename(&candidate, &restored)?;
            } else {
                fs::remove_file(&candidate)?;
            }
        }
        Ok(erased)
    })?;
    Ok(found.into_iter().flatten().collect())
}
