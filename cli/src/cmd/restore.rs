//! `hoi restore`

use super::backup::{JobsArgs, count_of};
use crate::{
    backup::{RestoreOptions, SnapshotRepository, restore_snapshot},
    moment::{format_local, parse_past_moment},
    out::say,
};
use jiff::Zoned;
use std::path::PathBuf;

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
    /// Restore even if a later snapshot is damaged, so that something erased may come back.
    #[arg(long)]
    ignore_damage: bool,
    #[command(flatten)]
    jobs: JobsArgs,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { from, at, data, ignore_damage, jobs } = args;
    let now = Zoned::now();
    let moment = match &at {
        Some(text) => parse_past_moment(text, &now)?,
        None => now.timestamp(),
    };
    let repository = SnapshotRepository::new(from);
    // None may be deleted under it.
    let _lock = repository.lock_for_reading()?;
    let options = RestoreOptions { data, moment, jobs: jobs.count_jobs(), ignore_damage };
    let summary = restore_snapshot(&repository, &options, now.timestamp())?;
    say!(
        "{} as at {}, in {}.",
        count_of(summary.files, "file"),
        format_local(summary.snapshot),
        summary.data.display()
    );
    if let Some(old) = &summary.old_data {
        say!("What was there before is in {}; delete it when all is well.", old.display());
    }
    for gap in &summary.gaps {
        say!("Not in that snapshot, perhaps in an older one: {gap}");
    }
    for sentence in &summary.unreadable {
        say!("May tell of an erasure and can't be read: {sentence}");
    }
    if !summary.unreadable.is_empty() {
        say!("Go through your receipts: what was erased may be back; `hoi erase` erases it again.");
    }
    say!("Erased since then, and still so: {}.", count_of(summary.erasures.len(), "conversation"));
    if let Some(list) = &summary.erasure_list {
        say!("Start the edge, then: hoi erase --again {}", list.display());
    }
    Ok(())
}
