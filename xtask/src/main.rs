//! `cargo xtask`: everything that is done to the project as a whole. One file per command, one per concern.

mod bench;
mod build;
mod chaos;
mod dev;
mod dist;
mod edge;
mod gallery;
mod hosts;
mod machine;
mod metrics;
mod paths;
mod peers;
mod run;
mod test;
mod tools;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Set up, build, try, test, measure and pack Hoi.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Setup(tools::Args),
    Dev(dev::Args),
    Test(test::Args),
    Chaos(chaos::Args),
    Dist(dist::Args),
    Gallery(gallery::Args),
    Bench(bench::Args),
    Metrics(metrics::Args),
    Peers(peers::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Setup(args) => tools::run(&args),
        Command::Dev(args) => dev::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Chaos(args) => chaos::run(&args),
        Command::Gallery(args) => gallery::run(&args),
        Command::Dist(args) => dist::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Metrics(args) => metrics::run(&args),
        Command::Peers(args) => peers::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
