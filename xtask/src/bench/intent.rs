//! `cargo xtask bench intent`: the matcher's accuracy and speed, measured by the matcher's own crate.

use crate::{paths, run};
use anyhow::bail;
use std::process::Command;

/// Accuracy and speed of the matcher, against its bar.
#[derive(clap::Args)]
pub struct Args {}

/// Whether the sets are at hand that the matcher is measured on; they are not ours to ship.
pub fn is_there() -> bool {
    std::env::var_os("HOI_INTENT_DATA").is_some_and(|folder| !folder.is_empty())
}

pub fn run() -> anyhow::Result<()> {
    if !is_there() {
        bail!(
            "set HOI_INTENT_DATA to the folder that holds the sets, clinc150/, snips/ and massive4-vi/: {}",
            "lines of {\"text\",\"intent\",\"lang\"}, as docs/intent.md describes them"
        );
    }
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--release", "--package", "intent", "--example", "bar"]);
    run::run("the matcher's bar", cargo.current_dir(paths::root()))
}
