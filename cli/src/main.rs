//! `hoi`: what an agency's webmaster and developer run. One file per command in `cmd`.

mod cmd;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Write, check, try and publish the chat of an agency's site.
#[derive(Parser)]
#[command(name = "hoi", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Train(cmd::train::Args),
    Match(cmd::match_::Args),
    Score(cmd::score::Args),
    Explain(cmd::explain::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Train(args) => cmd::train::run(args),
        Command::Match(args) => cmd::match_::run(args),
        Command::Score(args) => cmd::score::run(args),
        Command::Explain(args) => cmd::explain::run(args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hoi: {error:#}");
            ExitCode::FAILURE
        }
    }
}
