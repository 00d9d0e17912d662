//! Packages of npm's, unpacked without what they say they need: a group names all that is used.

use super::pins::{PINS, PinnedPackage};
use crate::run::run_command;
use anyhow::{Context as _, ensure};
use std::{fs, path::Path, process::Command};

/// Downloads `packages` and unpacks each into its folder in `root/node_modules`. None of their scripts runs.
///
/// # Errors
/// With npm's own words, if one can't be had.
pub fn unpack_npm_packages(packages: &[PinnedPackage], root: &Path) -> anyhow::Result<()> {
    for package in packages {
        let folder = root.join("node_modules").join(&package.name);
        fs::create_dir_all(&folder)?;
        let spec = format!("{}@{}", package.name, package.version);
        let mut pack = Command::new("npm");
        pack.args(["pack", "--silent", &spec]).current_dir(root);
        let packed = pack.output().context("npm can't be started")?;
        ensure!(
            packed.status.success(),
            "{spec}, as {PINS} has it, can't be had: {}",
            String::from_utf8_lossy(&packed.stderr).trim()
        );
        let archive = root.join(String::from_utf8_lossy(&packed.stdout).trim());
        let mut unpack = Command::new("tar");
        unpack
            .arg("-xzf")
            .arg(&archive)
            .args(["--strip-components", "1", "--no-same-owner", "-C"])
            .arg(folder);
        run_command("tar", &mut unpack)?;
        fs::remove_file(archive)?;
    }
    Ok(())
}
