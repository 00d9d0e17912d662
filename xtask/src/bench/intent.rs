//! `cargo xtask bench intent`: the matcher's accuracy and speed, measured by the matcher's own crate.

use crate::{paths, run};
use anyhow::bail;
use std::process::Command;

/// Accuracy and speed of the matcher, against its bar.
#[derive(clap::Args)]
pub struct Args {}

/// Whether the matcher has its measurement.
pub fn is_there() -> bool {
    let example = paths::root().join("intent/examples");
    example.join("bar.rs").is_file() || example.join("bar/main.rs").is_file()
}

pub fn run() -> anyhow::Result<()> {
    if !is_there() {
        bail!(
            "there is no intent/examples/bar.rs in this checkout, so there is nothing to measure the matcher with"
        );
    }
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--release", "--package", "intent", "--example", "bar"]);
    run::run("the matcher's bar", cargo.current_dir(paths::root()))
}
