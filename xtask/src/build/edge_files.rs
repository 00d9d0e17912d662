//! Files that only the edge reads, too big for its script: the matcher's table of word meaning and what finds people in danger.

use super::{assets, freshness::is_newer};
use crate::{
    paths,
    run::{print_step, run_command},
};
use anyhow::Context as _;
use serde_json::Value;
use std::{fs, process::Command};

const MEANING: &str = "meaning.bin";
const DANGER: &str = "danger.bin";
/// What they are made of.
const SOURCES: [&str; 4] = ["intent/meaning", "safety/data", "safety/src/data", "safety/build.rs"];

/// Writes whatever is not in the manifest or older than what it is made of.
///
/// # Errors
/// If something is not there, or the safety layer does not compile.
pub fn write_edge_files() -> anyhow::Result<()> {
    let mut manifest = assets::read_manifest()?;
    let files = manifest.get_mut("files").and_then(Value::as_object_mut).context("a list of files")?;
    let sources = SOURCES.map(str::to_owned);
    let is_whole = [MEANING, DANGER].iter().all(|name| {
        let path = files.get(*name).and_then(|file| file.get("path")?.as_str());
        path.is_some_and(|path| {
            is_newer(&paths::build_dir().join("assets").join(path.trim_start_matches('/')), &sources)
        })
    });
    if is_whole {
        return Ok(());
    }
    print_step("packing the edge's data");
    let table = fs::read(paths::repository_root().join("intent/meaning/table.bin"))
        .context("the table of word meaning")?;
    for (name, bytes) in [(MEANING, table), (DANGER, pack_detection_data()?)] {
        // An older one would stay beside it for ever.
        if let Some(path) = files.get(name).and_then(|file| file.get("path")?.as_str()) {
            let _gone = fs::remove_file(paths::build_dir().join("assets").join(path.trim_start_matches('/')));
        }
        files.insert(name.to_owned(), assets::edge_file(name, &bytes)?);
    }
    assets::write_manifest(&manifest)
}

/// The data of the safety layer, as its own build packs it: the worker takes no other.
fn pack_detection_data() -> anyhow::Result<Vec<u8>> {
    let path = paths::target_dir().join("hoi-edge-data").join(DANGER);
    fs::create_dir_all(path.parent().context("a folder")?)?;
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--package", "safety", "--example", "pack", "--"]).arg(&path);
    run_command("cargo", cargo.current_dir(paths::repository_root()))?;
    fs::read(&path).with_context(|| format!("{} can't be read", path.display()))
}
