//! Building: the widget, the edge, the command line.

mod assets;
mod desk;
pub mod edge;
mod edge_files;
mod freshness;
mod glue;
mod hollow;
mod split;
mod widget;

pub use assets::{compress_gzip, read_manifest};
pub use freshness::{empty_folder, newest_change, own_sources};

use crate::{
    machine::{WasmCompiler, wasm_compiler},
    paths,
    run::{print_step, run_command},
};
use anyhow::Context as _;
use freshness::is_newer;
use std::{path::PathBuf, process::Command};

/// Builds whatever has changed since the last time.
///
/// # Errors
/// The step that failed; what the compiler says has been printed by then.
pub fn build_all() -> anyhow::Result<()> {
    let compiler = wasm_compiler().context("run `cargo xtask setup` first")?;
    build_widget(&compiler)?;
    edge_files::write_edge_files()?;
    build_edge(&compiler)
}

/// Builds the widget, the desk and all files that browsers load.
pub fn build_widget(compiler: &WasmCompiler) -> anyhow::Result<()> {
    let done = paths::build_dir().join("assets/manifest.json");
    let mut sources = own_sources(&["widget", "desk"])?;
    sources.extend(["Trunk.toml", "xtask/src/build"].map(str::to_owned));
    if is_newer(&done, &sources) {
        return Ok(());
    }
    print_step("building the widget");
    let mut parts = widget::build_parts(compiler)?;
    print_step("building the desk");
    parts.on_demand.extend(desk::build_desk(compiler)?);
    assets::write_assets(&parts)
}

/// Builds the worker.
pub fn build_edge(compiler: &WasmCompiler) -> anyhow::Result<()> {
    let done = paths::build_dir().join("worker/index.js");
    let mut sources = own_sources(&["edge"])?;
    sources.push("xtask/src/build".to_owned());
    if is_newer(&done, &sources) {
        return Ok(());
    }
    print_step("building the edge");
    edge::build_edge_wasm(compiler)
}

/// Builds `hoi` and gives its path.
///
/// # Errors
/// If it doesn't compile.
pub fn build_hoi() -> anyhow::Result<PathBuf> {
    run_command(
        "cargo",
        Command::new("cargo").args(["build", "--package", "cli"]).current_dir(paths::repository_root()),
    )?;
    Ok(paths::target_dir().join("debug/hoi"))
}

/// Builds `hoi` as it is shipped, without what only debuggers read, and gives its path.
///
/// # Errors
/// If it doesn't compile.
pub fn hoi_release() -> anyhow::Result<PathBuf> {
    print_step("building hoi");
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--package", "cli"]).current_dir(paths::repository_root());
    run_command("cargo", cargo.env("CARGO_PROFILE_RELEASE_STRIP", "symbols"))?;
    Ok(paths::target_dir().join("release/hoi"))
}
