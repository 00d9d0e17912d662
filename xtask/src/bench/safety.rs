//! `cargo xtask bench safety`: what the look for danger costs a message, natively.

use crate::{paths, run::run_command as tell};
use std::process::Command;

/// µs a message of the safety layer, natively, and to read its lexicons.
#[derive(clap::Args)]
pub struct Args {}

pub fn run() -> anyhow::Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--release", "--package", "safety", "--example", "cost"]);
    tell("the safety layer's cost", cargo.current_dir(paths::repository_root()))
}
