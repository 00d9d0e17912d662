//! Building: the widget, the edge, the command line.

mod assets;
mod desk;
pub mod edge;
mod glue;
mod hollow;
mod split;
mod widget;

pub use assets::{gzip, manifest};

use crate::{
    machine::{WasmCompiler, wasm_compiler},
    paths,
    run::{run, say},
};
use anyhow::Context as _;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

/// Builds whatever has changed since the last time.
///
/// # Errors
/// The step that failed; what the compiler says has been printed by then.
pub fn all() -> anyhow::Result<()> {
    let compiler = wasm_compiler().context("run `cargo xtask setup` first")?;
    widget(&compiler)?;
    edge(&compiler)
}

/// Builds the widget, the desk and all files that browsers load.
pub fn widget(compiler: &WasmCompiler) -> anyhow::Result<()> {
    let done = paths::built().join("assets/manifest.json");
    if is_newer(
        &done,
        &[
            "widget",
            "desk",
            "privacy",
            "wire",
            "intent/meaning",
            "Cargo.lock",
            "Cargo.toml",
            "Trunk.toml",
            "xtask/src/build",
        ],
    ) {
        return Ok(());
    }
    say("building the widget");
    let mut parts = widget::build(compiler)?;
    say("building the desk");
    parts.on_demand.extend(desk::build(compiler)?);
    assets::write(&parts)
}

/// Builds the worker.
pub fn edge(compiler: &WasmCompiler) -> anyhow::Result<()> {
    let done = paths::built().join("worker/index.js");
    if is_newer(
        &done,
        &["edge", "site", "intent", "privacy", "wire", "Cargo.lock", "Cargo.toml", "xtask/src/build"],
    ) {
        return Ok(());
    }
    say("building the edge");
    edge::build(compiler)
}

/// Builds `hoi` and gives its path.
///
/// # Errors
/// If it doesn't compile.
pub fn hoi() -> anyhow::Result<PathBuf> {
    run("cargo", Command::new("cargo").args(["build", "--package", "cli"]).current_dir(paths::root()))?;
    Ok(paths::target().join("debug/hoi"))
}

/// Builds `hoi` as it is shipped, without what only debuggers read, and gives its path.
///
/// # Errors
/// If it doesn't compile.
pub fn hoi_release() -> anyhow::Result<PathBuf> {
    say("building hoi");
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--package", "cli"]).current_dir(paths::root());
    run("cargo", cargo.env("CARGO_PROFILE_RELEASE_STRIP", "symbols"))?;
    Ok(paths::target().join("release/hoi"))
}

/// Whether `file` is newer than everything under `sources`.
fn is_newer(file: &Path, sources: &[&str]) -> bool {
    let Ok(built) = fs::metadata(file).and_then(|meta| meta.modified()) else { return false };
    sources.iter().all(|source| newest(&paths::root().join(source)) < built)
}

/// When anything under `path` was last changed.
pub fn newest(path: &Path) -> SystemTime {
    let own = fs::metadata(path).and_then(|meta| meta.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let Ok(entries) = fs::read_dir(path) else { return own };
    entries.flatten().map(|entry| newest(&entry.path())).fold(own, SystemTime::max)
}

/// An empty folder at `path`.
pub fn emptied(path: &Path) -> anyhow::Result<()> {
    if path.exists() {
        fs::remove_dir_all(path).with_context(|| format!("{} can't be emptied", path.display()))?;
    }
    fs::create_dir_all(path).with_context(|| format!("{} can't be made", path.display()))
}
