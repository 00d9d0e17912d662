//! The worker: cargo builds the wasm with unwinding, wasm-bindgen writes the glue, esbuild makes one module of it.

use super::freshness::empty_folder;
use crate::{machine::WasmCompiler, paths, run::run_command, tools::npm_bin};
use std::{fs, path::Path, process::Command};

pub fn build_edge_wasm(compiler: &WasmCompiler) -> anyhow::Result<()> {
    let mut cargo = Command::new("cargo");
    prepare_edge(compiler, &mut cargo);
    cargo.args(["build", "--package", "edge", "--profile", "edge", "--target", "wasm32-unknown-unknown"]);
    run_command("cargo", cargo.current_dir(paths::repository_root()))?;
    let work = paths::repository_root().join("target/hoi-edge");
    empty_folder(&work)?;
    let compiled = paths::cache_dir().join("target/edge/wasm32-unknown-unknown/edge/edge.wasm");
    let mut bindgen = Command::new(paths::cargo_tools().join("bin/wasm-bindgen"));
    bindgen.args(["--target", "module", "--no-typescript", "--out-name", "index", "--out-dir"]).arg(&work);
    // After a crash that unwinding can't catch, a fresh instance takes over; edge/shim.js knows how.
    bindgen.args(["--experimental-reset-state-function", "--force-enable-abort-handler"]);
    run_command("wasm-bindgen", bindgen.arg(compiled))?;
    let out = paths::build_dir().join("worker");
    empty_folder(&out)?;
    optimise_edge(&work.join("index_bg.wasm"), &out.join("index_bg.wasm"))?;
    for script in ["shim.js", "lobby.js"] {
        fs::copy(paths::repository_root().join("edge").join(script), work.join(script))?;
    }
    let module = work.join("module.js");
    let mut esbuild = Command::new(npm_bin("esbuild"));
    esbuild.arg(work.join("shim.js")).args(["--bundle", "--format=esm", "--minify", "--log-level=warning"]);
    esbuild.args(["--external:cloudflare:workers", "--external:./index_bg.wasm"]);
    run_command("esbuild", esbuild.arg(format!("--outfile={}", module.display())))?;
    // "import source" is newer than the runtime's loader; there a wasm import is a module already.
    let text = fs::read_to_string(module)?.replace("import source ", "import ");
    fs::write(out.join("index.js"), text)?;
    Ok(())
}

/// How the worker is compiled: it unwinds, and `{:?}` writes nothing. Text for people is made by `Display`
/// (`the_worker_formats_nothing_by_debug` in `tests/all/rules.rs`); what is lost is the value in a panic of somebody else's `unwrap`.
const FLAGS: &str = "-Cpanic=unwind -Zfmt-debug=none";

/// Makes `cargo` build wasm for the edge.
pub fn prepare_edge(compiler: &WasmCompiler, cargo: &mut Command) {
    compiler.configure_wasm_build(cargo, "edge", "std,panic_unwind", FLAGS);
    // Named, these take the place of the library's usual ones. A backtrace can't be had in wasm.
    cargo.env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "panic-unwind,optimize_for_size");
}

/// Writes the wasm in `from`, optimised, to `to`.
///
/// # Errors
/// If the optimiser finds something wrong.
pub fn optimise_edge(from: &Path, to: &Path) -> anyhow::Result<()> {
    let mut optimise = Command::new(npm_bin("wasm-opt"));
    // No "--all-features": it would then use what no runtime has yet. It reads in the wasm what the compiler relied on.
    // Compressed, the edge is 9 % smaller where like functions stay what they are and lie side by side: those with like names are
    // alike, and inlined code repeats nothing any more. Uncompressed it is 2 % larger than with inlining.
    optimise.args(["-Oz", "--skip-pass=inlining-optimizing", "--reorder-functions-by-name"]);
    optimise.args(["--strip-debug", "--strip-producers"]);
    run_command("wasm-opt", optimise.arg(from).arg("-o").arg(to))
}
