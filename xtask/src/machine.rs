//! Which compiler builds the wasm, and how it is asked to.
//!
//! Both wasm parts are built together with the standard library, for size and for unwinding; that needs the library's
//! sources. Two kinds of machines have them: those where rustup can fetch `rust-src`, and Debian with its own
//! compiler for the web, where only package registries can be reached.

use crate::{paths, run::command_output};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The name under which rustup knows Debian's compiler.
pub const LINKED: &str = "hoi-debian";

/// A compiler that can build the standard library for wasm.
#[derive(Debug, Clone)]
pub struct WasmCompiler {
    /// rustup's name for it; `None`: whatever `cargo` runs by default.
    pub toolchain: Option<&'static str>,
}

/// The compiler at hand, if there is one.
pub fn wasm_compiler() -> Option<WasmCompiler> {
    if find_sysroot(None).is_some_and(|root| has_sources(&root)) {
        return Some(WasmCompiler { toolchain: None });
    }
    let linked = find_sysroot(Some(LINKED)).is_some_and(|root| has_sources(&root));
    linked.then_some(WasmCompiler { toolchain: Some(LINKED) })
}

fn find_sysroot(toolchain: Option<&str>) -> Option<PathBuf> {
    let mut command = Command::new("rustc");
    if let Some(toolchain) = toolchain {
        command.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    command_output(command.args(["--print", "sysroot"])).map(PathBuf::from)
}

/// Whether the standard library's sources are under `sysroot`.
pub fn has_sources(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file()
}

impl WasmCompiler {
    /// Makes `command` build wasm with this compiler: the standard library's `parts` built along, `flags` for the
    /// compiler, everything under its own part of the cache.
    pub fn configure_wasm_build(&self, command: &mut Command, part: &str, parts: &str, flags: &str) {
        if let Some(toolchain) = self.toolchain {
            command.env("RUSTUP_TOOLCHAIN", toolchain);
        }
        // Building the standard library is an unstable feature of a stable compiler.
        command.env("RUSTC_BOOTSTRAP", "1").env("CARGO_UNSTABLE_BUILD_STD", parts).env("RUSTFLAGS", flags);
        command.env("CARGO_TARGET_DIR", paths::cache_dir().join("target").join(part));
        command.env_remove("CARGO").env_remove("RUSTC").env_remove("RUSTDOC");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let tools = paths::cargo_tools().join("bin");
        let both = std::env::join_paths(std::iter::once(tools).chain(std::env::split_paths(&path)));
        command.env("PATH", both.unwrap_or(path));
    }
}
