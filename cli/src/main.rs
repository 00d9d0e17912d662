//! `hoi`: what an agency's webmaster and developer run. One file per command in `cmd`.

mod cmd;
mod edge;
mod examples;
mod forward;
mod out;
mod scoring;
mod sites;

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
    New(cmd::new::Args),
    Check(cmd::check::Args),
    Ask(cmd::ask::Args),
    Agency(cmd::agency::Args),
    #[command(name = "openapi")]
    OpenApi(cmd::openapi::Args),
    Publish(cmd::publish::Args),
    Rollback(cmd::rollback::Args),
    Notice(cmd::notice::Args),
    Off(cmd::off::Args),
    On(cmd::on::Args),
    Report(cmd::report::Args),
    Pull(cmd::pull::Args),
    Audit(cmd::audit::Args),
    Staff(cmd::staff::Args),
    Export(cmd::export::Args),
    Erase(cmd::erase::Args),
    Forget(cmd::forget::Args),
    Train(cmd::train::Args),
    Match(cmd::match_::Args),
    Score(cmd::score::Args),
    Safety(cmd::safety::Args),
    Explain(cmd::explain::Args),
    Personal(cmd::personal::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::New(args) => cmd::new::run(args),
        Command::Check(args) => cmd::check::run(args),
        Command::Ask(args) => cmd::ask::run(args),
        Command::Agency(args) => cmd::agency::run(args),
        Command::OpenApi(args) => cmd::openapi::run(&args),
        Command::Publish(args) => cmd::publish::run(args),
        Command::Rollback(args) => cmd::rollback::run(args),
        Command::Notice(args) => cmd::notice::run(args),
        Command::Off(args) => cmd::off::run(args),
        Command::On(args) => cmd::on::run(args),
        Command::Report(args) => cmd::report::run(args),
        Command::Pull(args) => cmd::pull::run(args),
        Command::Audit(args) => cmd::audit::run(args),
        Command::Staff(args) => cmd::staff::run(args),
        Command::Export(args) => cmd::export::run(args),
        Command::Erase(args) => cmd::erase::run(args),
        Command::Forget(args) => cmd::forget::run(args),
        Command::Train(args) => cmd::train::run(args),
        Command::Match(args) => cmd::match_::run(args),
        Command::Score(args) => cmd::score::run(args),
        Command::Safety(args) => cmd::safety::run(&args),
        Command::Explain(args) => cmd::explain::run(args),
        Command::Personal(args) => cmd::personal::run(args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hoi: {error:#}");
            ExitCode::FAILURE
        }
    }
}
