//! The standard library's sources, to build it for wasm.

use super::tool::Tool;
use crate::{
    machine::{LINKED, has_sources, wasm_compiler},
    paths,
    run::{command_output, run_command},
};
use anyhow::bail;
use std::{path::Path, process::Command};

/// Debian's compiler for the web: compiler, cargo, library sources, lints and the linker that fits.
const DEBIAN: &[&str] =
    &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "rust-web-clippy", "lld-22"];

/// The library's sources, with a compiler of the same version.
pub struct Sources;

impl Tool for Sources {
    fn name(&self) -> String {
        "the standard library's sources, which both wasm parts are built with".into()
    }

    fn is_there(&self) -> bool {
        wasm_compiler().is_some()
    }

    fn install(&self) -> anyhow::Result<()> {
        if paths::on_path("rustup").is_some() {
            let fetched =
                run_command("rustup", Command::new("rustup").args(["component", "add", "rust-src"])).is_ok();
            if fetched && self.is_there() {
                return Ok(());
            }
            eprintln!("  rustup can't fetch them here; trying Debian's packages");
        }
        if paths::on_path("apt-get").is_none() {
            bail!("run `rustup component add rust-src` where the internet can be reached");
        }
        if !has_sources(Path::new("/usr")) {
            apt_install(DEBIAN)?;
        }
        if paths::on_path("rustup").is_some() {
            run_command("rustup", Command::new("rustup").args(["toolchain", "link", LINKED, "/usr"]))?;
        }
        if self.is_there() {
            Ok(())
        } else {
            bail!("Debian's compiler is installed, but its sources are not where they should be")
        }
    }
}

/// Installs Debian packages.
///
/// # Errors
/// With the line to run by hand.
pub fn apt_install(packages: &[&str]) -> anyhow::Result<()> {
    let by_hand = format!("run as root: apt-get install --no-install-recommends {}", packages.join(" "));
    if command_output(Command::new("id").arg("-u")).as_deref() != Some("0") {
        bail!("{by_hand}");
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").arg("-q").args(arguments);
        run_command("apt-get", command.stdout(std::process::Stdio::null()))
    };
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], packages].concat())
        .map_err(|error| error.context(by_hand))
}
