//! `hoi backup`

use crate::{
    backup::{
        BackupOptions, BackupSummary, SnapshotRepository, create_snapshot, format_measures, verify_snapshots,
        write_textfile,
    },
    out::say,
};
use anyhow::{Context as _, bail};
use clap::Subcommand;
use jiff::{Timestamp, tz::TimeZone};
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
    /// How many files at once; as many as there are processors unless you say.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
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
        /// How many files at once; as many as there are processors unless you say.
        #[arg(long, value_name = "N")]
        jobs: Option<usize>,
    },
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { what, to, data, keep_days, jobs, textfile } = args;
    match what {
        Some(BackupCommand::List { from }) => list_snapshots(from),
        Some(BackupCommand::Verify { from, newest, jobs }) => {
            verify_repository(from, newest, count_jobs(jobs))
        }
        None => {
            let to = to.context("say where to: --to FOLDER")?;
            if !data.is_dir() {
                bail!(
                    "there is no {}: say with --data or HOI_DATA where the edge keeps its data",
                    data.display()
                );
            }
            let options = BackupOptions { data, jobs: count_jobs(jobs), keep_days };
            let (started, now) = (Instant::now(), Timestamp::now());
            let summary = create_snapshot(&SnapshotRepository::new(to), &options, now)?;
            let seconds = started.elapsed().as_secs_f64();
            say!("{}", summary_sentence(&summary, seconds));
            if let Some(path) = textfile {
                let text = format_measures(&summary, Timestamp::now().as_second(), seconds);
                write_textfile(&path, &text)?;
            }
            if keep_days.is_none() {
                eprintln!("hoi backup: no snapshot is ever deleted; --keep-days says when they go");
            }
            Ok(())
        }
    }
}

/// As many as were asked for, or as there are processors.
pub fn count_jobs(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from))
}

fn summary_sentence(summary: &BackupSummary, seconds: f64) -> String {
    let BackupSummary { files, copied, bytes, removed, .. } = summary;
    let removed = match removed.len() {
        0 => String::new(),
        1 => " 1 older snapshot was deleted.".to_owned(),
        n => format!(" {n} older snapshots were deleted."),
    };
    let megabytes = *bytes as f64 / 1e6;
    format!("{files} files, {copied} of them copied ({megabytes:.1} MB), in {seconds:.1} s.{removed}")
}

fn list_snapshots(from: PathBuf) -> anyhow::Result<()> {
    let repository = SnapshotRepository::new(from);
    for taken in repository.list_snapshots()? {
        let local = taken.to_zoned(TimeZone::system());
        say!("{}  {}", local.strftime("%Y-%m-%d %H:%M:%S %:z"), repository.snapshot_folder(taken).display());
    }
    Ok(())
}

fn verify_repository(from: PathBuf, newest: bool, jobs: usize) -> anyhow::Result<()> {
    let repository = SnapshotRepository::new(from);
    // None may be deleted under it.
    let _lock = repository.lock_folder()?;
    let mut taken = repository.list_snapshots()?;
    if taken.is_empty() {
        bail!("there is no snapshot");
    }
    if newest {
        taken.drain(..taken.len().saturating_sub(1));
    }
    let (files, wrong) = verify_snapshots(&repository, &taken, jobs)?;
    for sentence in &wrong {
        say!("{sentence}");
    }
    match wrong.len() {
        0 => say!("{} snapshots, {files} files: all as they were written.", taken.len()),
        n => bail!("{n} of {files} files are not as they were written; make a backup now"),
    }
    Ok(())
}
