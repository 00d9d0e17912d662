//! `hoi restore`

use super::backup::count_jobs;
use crate::{
    backup::{RestoreOptions, SnapshotRepository, restore_snapshot},
    moment::parse_moment,
    out::say,
};
use anyhow::Context as _;
use jiff::{Timestamp, Zoned};
use std::{fmt::Write as _, fs, path::PathBuf};

/// Put an own server’s data back as a backup has it, but for what was erased since.
///
/// End the edge first. What was there before is kept beside it until you delete it. Conversations of which the data or a later
/// snapshot says that somebody had them erased stay erased; start the edge and run the `hoi erase --again` that this prints, so
/// that the board and the audit trail know, too. Whoever had something erased after the last of all these was made is in your
/// receipts only.
#[derive(clap::Args)]
pub struct Args {
    /// The folder with the snapshots.
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,
    /// As it was then: "2026-08-01 17:00" by this machine's clock, "2026-08-01T17:00+07:00" or "2h ago"; now unless you say.
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
    /// Where the edge keeps its data.
    #[arg(long, env = "HOI_DATA", default_value = "data", value_name = "FOLDER")]
    data: PathBuf,
    /// How many files at once; as many as there are processors unless you say.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { from, at, data, jobs } = args;
    let now = Timestamp::now();
    let moment = match &at {
        Some(text) => parse_moment(text, &Zoned::now())?,
        None => now,
    };
    let repository = SnapshotRepository::new(from);
    // None may be deleted under it.
    let _lock = repository.lock_folder()?;
    let options = RestoreOptions { data, moment, jobs: count_jobs(jobs) };
    let summary = restore_snapshot(&repository, &options, now)?;
    say!("{} files as they were at {}.", summary.files, summary.taken);
    if let Some(aside) = &summary.put_aside {
        say!("What was there before is in {}; delete it when all is well.", aside.display());
    }
    say!("{} conversations erased since then stay erased.", summary.erased.len());
    if !summary.erased.is_empty() {
        let mut lines = String::new();
        for erased in &summary.erased {
            writeln!(lines, "{} {}", erased.site, erased.conversation)?;
        }
        let mut list = options.data.clone().into_os_string();
        list.push(format!(".erased-{}.txt", now.as_second()));
        fs::write(&list, lines).with_context(|| format!("{} can't be written", list.display()))?;
        say!("Start the edge, then: hoi erase --again {}", list.display());
    }
    Ok(())
}
