//! `hoi backup`

use crate::{
    backup::{
        BackupOptions, BackupSummary, SnapshotRepository, create_snapshot, format_measures, verify_snapshots,
        write_textfile,
    },
    moment::format_local,
    out::say,
};
use anyhow::{Context as _, bail};
use clap::Subcommand;
use jiff::Timestamp;
use std::{path::PathBuf, thread, time::Instant};

/// Back up an own server’s data while the edge runs: everything visitors wrote, every published site.
///
/// Run it on that server, as whoever may read the data. Each run adds a snapshot to the folder; what did not change since the one
/// before is shared with it, on one file system. What visitors delete is still in older snapshots: say with --keep-days how long,
/// and run it once a day at least. Snapshots hold what visitors wrote: keep the folder private.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    #[command(subcommand)]
    what: Option<BackupCommand>,
    /// The folder with the snapshots; made if it is not there.
    #[arg(long, value_name = "FOLDER", required = true)]
    to: Option<PathBuf>,
    /// Where the edge keeps its data.
    #[arg(long, env = "HOI_DATA", default_value = "data", value_name = "FOLDER")]
    data: PathBuf,
    /// Delete snapshots before they are so many days old. Visitors are told of the same number.
    #[arg(long, env = "HOI_BACKUP_DAYS", value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..))]
    keep_days: Option<u32>,
    /// Back up even if nearly all that the newest snapshot has is gone from the data.
    #[arg(long)]
    allow_loss: bool,
    #[command(flatten)]
    jobs: JobsArgs,
    /// Also write how it went to this file, for node_exporter's textfile collector (a name that ends in .prom).
    #[arg(long, value_name = "FILE")]
    textfile: Option<PathBuf>,
}

#[derive(Subcommand)]
enum BackupCommand {
    /// List the snapshots.
    List {
        /// The folder with the snapshots.
        from: PathBuf,
    },
    /// Read snapshots again and hold every file against its sum. What is damaged is copied anew by the next backup.
    Verify {
        /// The folder with the snapshots.
        from: PathBuf,
        /// Only the newest.
        #[arg(long)]
        newest: bool,
        #[command(flatten)]
        jobs: JobsArgs,
    },
}

/// How many files are read and written at once.
#[derive(clap::Args)]
pub struct JobsArgs {
    /// How many files at once; as many as there are processors unless you say.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

impl JobsArgs {
    /// As many as were asked for, or as there are processors.
    pub fn count_jobs(&self) -> usize {
        self.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from))
    }
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { what, to, data, keep_days, allow_loss, jobs, textfile } = args;
    match what {
        Some(BackupCommand::List { from }) => list_snapshots(from),
        Some(BackupCommand::Verify { from, newest, jobs }) => {
            verify_repository(from, newest, jobs.count_jobs())
        }
        None => {
            let to = to.context("say where to: --to FOLDER")?;
            if !data.is_dir() {
                bail!(
                    "there is no {}: say with --data or HOI_DATA where the edge keeps its data",
                    data.display()
                );
            }
            let options = BackupOptions { data, jobs: jobs.count_jobs(), keep_days, allow_loss };
            let (started, now) = (Instant::now(), Timestamp::now());
            let summary = create_snapshot(&SnapshotRepository::new(to), &options, now)?;
            let seconds = started.elapsed().as_secs_f64();
            say!("{}", summary_sentence(&summary, seconds));
            if keep_days.is_none() {
                eprintln!("hoi backup: no snapshot is ever deleted; --keep-days says when they go");
            }
            require_no_gaps(&summary)?;
            if let Some(path) = textfile {
                let text = format_measures(&summary, Timestamp::now().as_second(), seconds);
                write_textfile(&path, &text)?;
            }
            Ok(())
        }
    }
}

/// Says what could not be backed up, and what to do about it.
fn require_no_gaps(summary: &BackupSummary) -> anyhow::Result<()> {
    for gap in &summary.gaps {
        eprintln!("hoi backup: {gap}");
    }
    match summary.gaps.len() {
        0 => Ok(()),
        n => bail!(
            "{} could not be backed up, the others are; no older snapshot was deleted, for it may have the \
             last good copy. For each: stop the edge, put the copy of an older snapshot in its place or \
             move it away, start the edge, and run this again",
            count_of(n, "file")
        ),
    }
}

fn summary_sentence(summary: &BackupSummary, seconds: f64) -> String {
    let BackupSummary { files, copies, bytes, deletions, .. } = summary;
    let deletions = match deletions.len() {
        0 => String::new(),
        n => format!(" Deleted {}.", count_of(n, "older snapshot")),
    };
    let (files, megabytes) = (count_of(*files, "file"), *bytes as f64 / 1e6);
    format!("{files}, {copies} of them copied ({megabytes:.1} MB), in {seconds:.1} s.{deletions}")
}

/// So many things of that name.
pub fn count_of(n: usize, name: &str) -> String {
    if n == 1 { format!("1 {name}") } else { format!("{n} {name}s") }
}

fn list_snapshots(from: PathBuf) -> anyhow::Result<()> {
    let repository = SnapshotRepository::new(from);
    let snapshots = repository.list_snapshots()?;
    if snapshots.is_empty() {
        eprintln!("hoi backup: {}", no_snapshot(&repository));
    }
    for snapshot in snapshots {
        say!("{}  {}", format_local(snapshot), repository.snapshot_folder(snapshot).display());
    }
    Ok(())
}

fn no_snapshot(repository: &SnapshotRepository) -> String {
    let folder = repository.folder_path().display();
    format!("there is no snapshot in {folder}; `hoi backup --to {folder}` makes one")
}

fn verify_repository(from: PathBuf, newest: bool, jobs: usize) -> anyhow::Result<()> {
    let repository = SnapshotRepository::new(from);
    // None may be deleted under it.
    let _lock = repository.lock_for_reading()?;
    let mut snapshots = repository.list_snapshots()?;
    if snapshots.is_empty() {
        bail!("{}", no_snapshot(&repository));
    }
    if newest {
        snapshots.drain(..snapshots.len().saturating_sub(1));
    }
    let (files, faults) = verify_snapshots(&repository, &snapshots, jobs)?;
    for sentence in &faults {
        say!("{sentence}");
    }
    let (read, snapshots) = (count_of(files, "file"), count_of(snapshots.len(), "snapshot"));
    let folder = repository.folder_path().display();
    match faults.len() {
        0 => say!("{snapshots}, {read}: all as they were written."),
        n => bail!(
            "{} in {snapshots}, {read} looked at; `hoi backup --to {folder}` copies anew what is damaged, \
             as it is in the data now",
            count_of(n, "fault")
        ),
    }
    Ok(())
}
