//! Puts a snapshot in the place of the data, but for what was erased since.

use super::{
    files::{
        create_private_file, create_private_folder, disk_failure, file_beside, list_databases, read_state,
        sync_everything, sync_folder, unix_ns,
    },
    parallel::{clear_step, map_parallel, show_step},
    paths::{require_apart, resolve_path},
    plan::{IN_USE_NS, snapshot_at},
    repository::{DATA_FOLDER, GAPS_FILE, SnapshotRepository, format_name},
    sums::{FileSums, copy_with_sum, list_unlisted, path_in_data, read_sums},
    swap::{begin_replacement, replace_folder},
    tombstones::{ErasedConversation, ErasureSearch, SuspectFile},
};
use crate::moment::format_local;
use anyhow::{Context as _, bail};
use jiff::Timestamp;
use std::{
    collections::BTreeSet,
    fs::{self, File, FileTimes, OpenOptions, TryLockError},
    io::{ErrorKind, Write as _},
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
    /// Whether it goes on where what was erased since can't all be known.
    pub ignore_damage: bool,
}

/// What was done.
#[derive(Debug)]
pub struct RestoreSummary {
    /// The snapshot.
    pub snapshot: Timestamp,
    /// Files in it.
    pub files: usize,
    /// Where it was restored to.
    pub data: PathBuf,
    /// Where the data is that was there before, if any was.
    pub old_data: Option<PathBuf>,
    /// Conversations that were erased after the snapshot, and stay so.
    pub erasures: BTreeSet<ErasedConversation>,
    /// A file with these, for `hoi erase --again`, if there are any.
    pub erasure_list: Option<PathBuf>,
    /// A sentence for each file that may tell of an erasure and can't be read.
    pub unreadable: Vec<String>,
    /// A sentence for each file that could not be backed up when the snapshot was made.
    pub gaps: Vec<String>,
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
    let data = resolve_path(&options.data)?;
    require_apart(&data, repository.folder_path())?;
    let snapshots = repository.list_snapshots()?;
    let snapshot = choose_snapshot(repository, &snapshots, options.moment)?;
    let _lock = require_stopped_edge(&data)?;
    let new = begin_replacement(&data, now)?;
    let source = RestoreSource {
        folder: repository.snapshot_folder(snapshot),
        later: snapshots
            .iter()
            .filter(|other| **other > snapshot)
            .map(|other| repository.snapshot_folder(*other))
            .collect(),
        data: &data,
        new: &new.path,
        jobs: options.jobs,
    };
    let mut erasure_list = None;
    let result = source.build_data(options.ignore_damage).and_then(|(files, search)| {
        let erasures: BTreeSet<ErasedConversation> = search.erasures.into_values().collect();
        if !erasures.is_empty() {
            // Once the new data is in its place, nothing else tells of them.
            erasure_list = Some(write_erasures(&data, &erasures, now)?);
        }
        Ok((files, erasures, search.unreadable))
    });
    clear_step();
    let (files, erasures, unreadable) = result.inspect_err(|_| {
        // What visitors wrote is not left lying about; that it can't be deleted is no more than was known before.
        let _left = fs::remove_dir_all(&new.path);
    })?;
    let old_data = data.is_dir().then(|| file_beside(&data, &format!(".before-{}", format_name(now))));
    replace_folder(&data, &new.path, old_data.as_deref())?;
    let gaps = fs::read_to_string(source.folder.join(GAPS_FILE)).unwrap_or_default();
    let gaps = gaps.lines().map(str::to_owned).collect();
    Ok(RestoreSummary { snapshot, files, data, old_data, erasures, erasure_list, unreadable, gaps })
}

fn choose_snapshot(
    repository: &SnapshotRepository,
    snapshots: &[Timestamp],
    moment: Timestamp,
) -> anyhow::Result<Timestamp> {
    let folder = repository.folder_path().display();
    match (snapshot_at(snapshots, moment), snapshots.first()) {
        (Some(snapshot), _) => Ok(snapshot),
        (None, Some(oldest)) => bail!(
            "the oldest snapshot in {folder} is of {}: name a later time with --at; `hoi backup list \
             {folder}` shows all",
            format_local(*oldest)
        ),
        (None, None) => {
            bail!("there is no snapshot in {folder}: --from names the folder that `hoi backup --to` has")
        }
    }
}

/// The edge would go on writing into what is put aside, and all of that would be lost.
fn require_stopped_edge(data: &Path) -> anyhow::Result<Option<File>> {
    let path = data.join("lock");
    // On NFS only who may write to a file can lock others out of it.
    let lock = match OpenOptions::new().write(true).open(&path).or_else(|_| File::open(&path)) {
        Ok(lock) => lock,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("{} can't be read", path.display())),
    };
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => bail!("the edge is running on {}; end it first", data.display()),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("{} can't be locked", path.display()))
        }
    }
}

/// Writes the list for `hoi erase --again` beside the data, whole and on the disk; gives its path.
fn write_erasures(
    data: &Path,
    erasures: &BTreeSet<ErasedConversation>,
    now: Timestamp,
) -> anyhow::Result<PathBuf> {
    let path = file_beside(data, &format!(".erased-{}.txt", now.as_second()));
    let write = || -> anyhow::Result<()> {
        let lines: String =
            erasures.iter().map(|erasure| format!("{} {}\n", erasure.site, erasure.conversation)).collect();
        let mut file = create_private_file(&path)?;
        file.write_all(lines.as_bytes())?;
        file.sync_all()?;
        path.parent().map_or(Ok(()), sync_folder)
    };
    write().with_context(|| format!("{} can't be written", path.display()))?;
    Ok(path)
}

/// Says what to do where a snapshot can't be restored.
fn advise(error: anyhow::Error) -> anyhow::Error {
    let advice = match disk_failure(&error) {
        Some(_) => "nothing was changed; there must be room for a second copy of the data beside it",
        None => "nothing was changed; choose an earlier snapshot with --at (`hoi backup verify` reads all)",
    };
    error.context(advice)
}

struct RestoreSource<'a> {
    /// The snapshot.
    folder: PathBuf,
    /// Snapshots made after it.
    later: Vec<PathBuf>,
    data: &'a Path,
    new: &'a Path,
    jobs: usize,
}

impl RestoreSource<'_> {
    /// Makes the new data: what the snapshot has, but for what later snapshots or the data know to be erased; gives the number of files.
    fn build_data(&self, ignore_damage: bool) -> anyhow::Result<(usize, ErasureSearch)> {
        let sums = read_sums(&self.folder).map_err(advise)?;
        if let [name, ..] = &list_unlisted(&self.folder, &sums).map_err(advise)?[..] {
            return Err(advise(anyhow::anyhow!("{} has no sum of {name}", self.folder.display())));
        }
        // What was erased first: then nobody's words are copied only to be deleted.
        let search = self.search_erasures(&sums)?;
        if let [first, ..] = &search.unreadable[..]
            && !ignore_damage
        {
            bail!(
                "{} files that may tell of an erasure can't be read, so that something erased might come \
                 back; the first: {first}. Nothing was changed; \
                 --ignore-damage restores all the same, then go through your receipts",
                search.unreadable.len()
            );
        }
        self.copy_snapshot(&sums, &search).map_err(advise)?;
        show_step("waiting for the disk");
        sync_everything(self.new)?;
        Ok((sums.len(), search))
    }

    fn search_erasures(&self, sums: &FileSums) -> anyhow::Result<ErasureSearch> {
        let mut search = ErasureSearch::default();
        let is_wanted = |path: &Path| {
            Path::new(DATA_FOLDER).join(path).to_str().is_some_and(|name| sums.contains_key(name))
        };
        for folder in &self.later {
            let (files, faults) = changed_files(folder, sums);
            search.unreadable.extend(faults);
            search.search_files(&folder.join(DATA_FOLDER), &files, self.new, is_wanted, self.jobs)?;
        }
        if self.data.is_dir() {
            let paths = changed_databases(self.data, &self.folder)?;
            let files: Vec<_> = paths.into_iter().map(|path| SuspectFile { path, sum: None }).collect();
            search.search_files(self.data, &files, self.new, is_wanted, self.jobs)?;
        }
        Ok(search)
    }

    /// Copies the files of the snapshot, but for what was erased; they can be written to then.
    fn copy_snapshot(&self, sums: &FileSums, search: &ErasureSearch) -> anyhow::Result<()> {
        let mut files = Vec::new();
        let mut folders = BTreeSet::new();
        for (name, sum) in sums {
            let path = path_in_data(name)?;
            if !search.erasures.contains_key(path) {
                files.push((path, sum));
                folders.extend(path.parent());
            }
        }
        for folder in folders {
            create_private_folder(&self.new.join(folder))?;
        }
        map_parallel("restoring", &files, self.jobs, |(path, sum)| {
            let source = self.folder.join(DATA_FOLDER).join(path);
            copy_file(&source, &self.new.join(path), sum)
                .with_context(|| format!("{} can't be restored", source.display()))
        })?;
        Ok(())
    }
}

/// Copies a file of a snapshot, which must have the sum, with its time: so the next backup sees that it has it already.
fn copy_file(from: &Path, to: &Path, sum: &str) -> anyhow::Result<()> {
    let mut source = File::open(from)?;
    let modified = source.metadata()?.modified()?;
    let mut target = create_private_file(to)?;
    let (copy_sum, _) = copy_with_sum(&mut source, &mut target)?;
    if copy_sum != sum {
        bail!("it has another sum than when it was written");
    }
    // That time stands for one that nobody knows.
    if unix_ns(modified) != IN_USE_NS {
        target.set_times(FileTimes::new().set_modified(modified))?;
    }
    Ok(())
}

/// The files of the later snapshot in `folder` that `sums` has otherwise or does not have, and a sentence for each fault. Where its list of sums
/// is damaged, what lies there is taken as it is.
fn changed_files(folder: &Path, sums: &FileSums) -> (Vec<SuspectFile>, Vec<String>) {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    let later_sums = read_sums(folder).unwrap_or_else(|error| {
        faults.push(format!("{error:#}"));
        FileSums::new()
    });
    match list_unlisted(folder, &later_sums) {
        Ok(names) => {
            for name in names {
                if !later_sums.is_empty() {
                    faults.push(format!("{} has no sum of {name}", folder.display()));
                }
                if let Ok(path) = path_in_data(&name) {
                    files.push(SuspectFile { path: path.to_owned(), sum: None });
                }
            }
        }
        Err(error) => faults.push(format!("{error:#}")),
    }
    for (name, sum) in later_sums {
        if sums.get(&name) != Some(&sum)
            && let Ok(path) = path_in_data(&name)
        {
            files.push(SuspectFile { path: path.to_owned(), sum: Some(sum) });
        }
    }
    (files, faults)
}

/// The databases in `data` that are not as the snapshot in `folder` has them, as far as can be seen from outside.
fn changed_databases(data: &Path, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for path in list_databases(data)? {
        let state = read_state(&folder.join(DATA_FOLDER).join(&path))?;
        if state.is_none() || read_state(&data.join(&path))? != state {
            paths.push(path);
        }
    }
    Ok(paths)
}
