//! `cargo xtask gallery`

use crate::{
    paths,
    run::{self, print_step},
    test,
    tools::{ToolScope, install_missing},
};
use anyhow::Context as _;
use std::fs;

/// Make pictures of every state of the chat in every theme, width and language, and a page to leaf through them.
///
/// Look at them whenever the widget has changed: no test sees ugliness. `target/gallery/index.html`, with arrow keys.
#[derive(clap::Args)]
pub struct Args {
    /// Only the page, for the pictures that are there.
    #[arg(long)]
    page_only: bool,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    if !args.page_only {
        install_missing(ToolScope::Test)?;
        print_step("taking pictures");
        run::run_command(
            "cargo test",
            test::whole_test_command()?.args(["--", "--ignored", "--exact", "gallery::gallery"]),
        )?;
    }
    let folder = paths::repository_root().join("target/gallery");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("{} is not there", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".png").map(str::to_owned));
    }
    names.sort();
    let page = folder.join("index.html");
    fs::write(&page, PAGE.replace("__NAMES__", &serde_json::to_string(&names)?))?;
    println!("{} pictures: {}", names.len(), page.display());
    Ok(())
}

/// Four choices, one picture; left and right go through the states, up and down through the widths.
const PAGE: &str = include_str!("../gallery.html");
