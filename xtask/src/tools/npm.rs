//! Tools that come as npm packages, pinned in `xtask/npm/package-lock.json`.

use super::tool::Tool;
use crate::{paths, run::run_command};
use anyhow::{Context as _, bail};
use std::{fs, path::PathBuf, process::Command};

/// The packages.
pub struct Packages;

/// A program of one of the packages.
pub fn npm_program(name: &str) -> PathBuf {
    paths::npm_tools().join("node_modules/.bin").join(name)
}

/// The runtime's own file, which runs without Node.js; npm keeps one a platform.
///
/// # Errors
/// If it isn't installed.
pub fn npm_native(name: &str) -> anyhow::Result<PathBuf> {
    let scope = paths::npm_tools().join("node_modules/@cloudflare");
    let folders = fs::read_dir(&scope).with_context(|| format!("{} can't be read", scope.display()))?;
    let mut files = folders.flatten().map(|entry| entry.path().join("bin").join(name));
    files.find(|file| file.is_file()).with_context(|| {
        format!("{name} is not in {0}; remove that folder and run `cargo xtask setup`", scope.display())
    })
}

/// The version of an installed package.
///
/// # Errors
/// If it isn't installed.
pub fn npm_version(package: &str) -> anyhow::Result<String> {
    let path = paths::npm_tools().join("node_modules").join(package).join("package.json");
    let text = fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
    let read: serde_json::Value = serde_json::from_str(&text)?;
    let version = read.get("version").and_then(serde_json::Value::as_str);
    Ok(version.with_context(|| format!("{} names no version", path.display()))?.to_owned())
}

impl Tool for Packages {
    fn name(&self) -> String {
        "workerd (the runtime), esbuild, wasm-opt, axe-core and wrangler, from npm".into()
    }

    fn is_there(&self) -> bool {
        let read = |path: PathBuf| fs::read_to_string(path).ok();
        let wanted = read(paths::repository_root().join("xtask/npm/package-lock.json"));
        // Written last, so an installation that broke off is seen.
        wanted.is_some() && wanted == read(paths::npm_tools().join("installed-lock.json"))
    }

    fn install(&self) -> anyhow::Result<()> {
        if paths::on_path("npm").is_none() {
            bail!("install Node.js 20 or newer, which brings npm, and run this again");
        }
        let (from, to) = (paths::repository_root().join("xtask/npm"), paths::npm_tools());
        fs::create_dir_all(&to).with_context(|| format!("{} can't be made", to.display()))?;
        for file in ["package.json", "package-lock.json"] {
            fs::copy(from.join(file), to.join(file))
                .with_context(|| format!("xtask/npm/{file} can't be copied"))?;
        }
        let mut command = Command::new("npm");
        run_command(
            "npm",
            command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&to),
        )?;
        fs::copy(to.join("package-lock.json"), to.join("installed-lock.json"))?;
        Ok(())
    }
}
