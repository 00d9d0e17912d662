//! `cargo xtask bench`: what the chat costs a page, a visitor and a server, in figures that can be taken again.

mod access;
mod budget;
mod cdp;
mod crates;
mod crowd;
mod edge;
mod flood;
mod intent;
mod lab;
mod loads;
mod page;
mod safety;
mod size;
pub mod socket;
mod start;
mod table;
mod visit;
mod widget;

use crate::{
    build, paths,
    run::output,
    tools::{Need, ensure},
};
use anyhow::Context as _;
use clap::Subcommand;
use serde_json::{Value, json};
use std::{fs, path::PathBuf, process::Command};
use table::Table;

pub use size::check as check_sizes;

/// Measure: bytes, what a page loads in a real browser, time per message, time to start.
///
/// Without a name: everything but the widget in use, the crowd and the flood. Times depend on the machine and on what else it does; what holds elsewhere is their
/// ratio to the plain echo measured in the same run. docs/bench.md says what each figure means.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// Also write the figures to this file.
    #[arg(long, global = true, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Subcommand)]
enum What {
    Size(size::Args),
    Page(page::Args),
    Widget(widget::Args),
    Edge(edge::Args),
    Start(start::Args),
    Crowd(crowd::Args),
    Flood(flood::Args),
    Intent(intent::Args),
    Safety(safety::Args),
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    if let Some(What::Intent(_)) = &args.what {
        return intent::run();
    }
    if let Some(What::Safety(_)) = &args.what {
        return safety::run();
    }
    let need = if matches!(args.what, None | Some(What::Page(_) | What::Widget(_))) {
        Need::Test
    } else {
        Need::Build
    };
    ensure(need)?;
    build::all()?;
    let mut checks = Vec::new();
    let tables = match &args.what {
        Some(What::Size(args)) => size::run(args, &mut checks)?,
        Some(What::Page(args)) => page::run(args, &mut checks)?,
        Some(What::Widget(args)) => widget::run(args)?,
        Some(What::Edge(args)) => edge::run(args)?,
        Some(What::Start(args)) => start::run(args)?,
        Some(What::Crowd(args)) => crowd::run(args)?,
        Some(What::Flood(args)) => flood::run(args)?,
        Some(What::Intent(_) | What::Safety(_)) => Vec::new(),
        None => everything(&mut checks)?,
    };
    for table in &tables {
        println!("{table}");
    }
    if let Some(path) = &args.json {
        let text = serde_json::to_string_pretty(&figures(&tables))?;
        fs::write(path, text).with_context(|| format!("{} can't be written", path.display()))?;
    }
    if args.what.is_none() && intent::data().is_some() {
        intent::run()?;
    } else if args.what.is_none() {
        println!(
            "\nThe matcher was left out: set HOI_INTENT_DATA to a folder of test sets, see docs/intent.md."
        );
    }
    budget::settle(&checks)
}

fn everything(checks: &mut Vec<budget::Check>) -> anyhow::Result<Vec<Table>> {
    let mut tables = size::run(&size::Args::default(), checks)?;
    tables.extend(page::run(&page::Args::default(), checks)?);
    tables.extend(edge::run(&edge::Args::default())?);
    tables.extend(start::run(&start::Args::default())?);
    Ok(tables)
}

/// The same figures for programs, with what they depend on.
fn figures(tables: &[Table]) -> Value {
    let git = |arguments: &[&str]| output(Command::new("git").args(arguments).current_dir(paths::root()));
    let about = json!({
        "commit": git(&["rev-parse", "HEAD"]),
        "changed": git(&["status", "--porcelain"]).map(|changes| !changes.is_empty()),
        "cpus": std::thread::available_parallelism().map_or(0, usize::from),
        "platform": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
    });
    let measured = tables.iter().map(|table| (table.name.to_owned(), table.json()));
    json!({ "about": about, "figures": measured.collect::<serde_json::Map<_, _>>() })
}
