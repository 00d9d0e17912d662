//! `cargo xtask bench`: what the chat costs a page, a visitor and a server, in figures that can be taken again.

mod access;
mod budget;
mod cdp;
mod crates;
mod crowd;
mod edge;
mod flood;
mod intent;
pub mod lab;
mod loads;
mod page;
mod safety;
mod size;
pub mod socket;
mod start;
mod table;
pub mod visit;
mod widget;

use crate::{
    build, paths,
    run::command_output,
    tools::{ToolScope, install_missing},
};
use anyhow::Context as _;
use clap::Subcommand;
use serde_json::{Value, json};
use std::{fs, path::PathBuf, process::Command};
use table::FigureTable;

pub use size::check_sizes;

/// Measure: bytes, what a page loads in a real browser, time per message, time to start.
///
/// Without a name: everything but the widget in use, the crowd and the flood. Times depend on the machine and on what else it does; what holds elsewhere is their
/// ratio to the plain echo measured in the same run. docs/bench.md says what each figure means.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Option<BenchCommand>,
    /// Also write the figures to this file.
    #[arg(long, global = true, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Subcommand)]
enum BenchCommand {
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
    if let Some(BenchCommand::Intent(_)) = &args.what {
        return intent::run();
    }
    if let Some(BenchCommand::Safety(_)) = &args.what {
        return safety::run();
    }
    let need = if matches!(args.what, None | Some(BenchCommand::Page(_) | BenchCommand::Widget(_))) {
        ToolScope::Test
    } else {
        ToolScope::Build
    };
    install_missing(need)?;
    build::build_all()?;
    let mut checks = Vec::new();
    let tables = match &args.what {
        Some(BenchCommand::Size(args)) => size::run(args, &mut checks)?,
        Some(BenchCommand::Page(args)) => page::run(args, &mut checks)?,
        Some(BenchCommand::Widget(args)) => widget::run(args)?,
        Some(BenchCommand::Edge(args)) => edge::run(args)?,
        Some(BenchCommand::Start(args)) => start::run(args)?,
        Some(BenchCommand::Crowd(args)) => crowd::run(args)?,
        Some(BenchCommand::Flood(args)) => flood::run(args)?,
        Some(BenchCommand::Intent(_) | BenchCommand::Safety(_)) => Vec::new(),
        None => measure_everything(&mut checks)?,
    };
    for table in &tables {
        println!("{table}");
    }
    if let Some(path) = &args.json {
        let text = serde_json::to_string_pretty(&tables_to_json(&tables))?;
        fs::write(path, text).with_context(|| format!("{} can't be written", path.display()))?;
    }
    if args.what.is_none() && intent::data_folder().is_some() {
        intent::run()?;
    } else if args.what.is_none() {
        println!(
            "\nThe matcher was left out: set HOI_INTENT_DATA to a folder of test sets, see docs/intent.md."
        );
    }
    budget::require_within_budget(&checks)
}

fn measure_everything(checks: &mut Vec<budget::Check>) -> anyhow::Result<Vec<FigureTable>> {
    let mut tables = size::run(&size::Args::default(), checks)?;
    tables.extend(page::run(&page::Args::default(), checks)?);
    tables.extend(edge::run(&edge::Args::default())?);
    tables.extend(start::run(&start::Args::default())?);
    Ok(tables)
}

/// The same figures for programs, with what they depend on.
fn tables_to_json(tables: &[FigureTable]) -> Value {
    let git = |arguments: &[&str]| {
        command_output(Command::new("git").args(arguments).current_dir(paths::repository_root()))
    };
    let about = json!({
        "commit": git(&["rev-parse", "HEAD"]),
        "changed": git(&["status", "--porcelain"]).map(|changes| !changes.is_empty()),
        "cpus": std::thread::available_parallelism().map_or(0, usize::from),
        "platform": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
    });
    let measured = tables.iter().map(|table| (table.name.to_owned(), table.to_json()));
    json!({ "about": about, "figures": measured.collect::<serde_json::Map<_, _>>() })
}
