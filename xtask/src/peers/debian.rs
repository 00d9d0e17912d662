//! Packages of Debian's, unpacked into a folder of their own: nothing is installed on the machine.

use crate::{paths, run::run_command};
use anyhow::{Context as _, bail, ensure};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Where the versions are pinned.
const PINS: &str = "xtask/peers/packages.json";

/// A group of packages, unpacked.
pub struct InstalledPackages {
    /// What they are: name and version of the first, which is the one that is tried.
    pub version: String,
    root: PathBuf,
}

impl InstalledPackages {
    /// A file of theirs, by its path on a system where they are installed, without the first slash.
    pub fn file_path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A command that runs a program of theirs with their libraries.
    ///
    /// # Errors
    /// If a library is missing on this machine and among the packages.
    pub fn program_command(&self, path: &str) -> anyhow::Result<Command> {
        let mut command = Command::new(self.file_path(path));
        let libraries = self.library_path();
        let listed =
            Command::new("ldd").arg(self.file_path(path)).env("LD_LIBRARY_PATH", &libraries).output()?;
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        if let Some(line) = listed.lines().find(|line| line.contains("not found")) {
            bail!("{path} lacks a library ({}): add the package that has it to {PINS}", line.trim());
        }
        command.env("LD_LIBRARY_PATH", libraries);
        Ok(command)
    }

    fn library_path(&self) -> String {
        let mut folders = Vec::new();
        // Who needs no more than every Debian has brings none.
        let Ok(entries) = fs::read_dir(self.file_path("usr/lib")) else { return String::new() };
        for entry in entries.flatten() {
            let folder = entry.path();
            if entry.file_name().to_string_lossy().contains("-linux-gnu") {
                folders.push(folder.join("varnish").display().to_string());
                folders.push(folder.display().to_string());
            }
        }
        folders.join(":")
    }
}

/// Downloads and unpacks the packages of `group` into a folder in `cache`, unless they are there.
///
/// # Errors
/// With what to do, if one can't be had in the version that is pinned.
pub fn install_packages(group: &str, cache: &Path) -> anyhow::Result<InstalledPackages> {
    let pinned = read_pins(group)?;
    let (name, version) = pinned.first().with_context(|| format!("{PINS}: {group} names no package"))?;
    let installed = InstalledPackages { version: format!("{name} {version}"), root: cache.join(group) };
    let wanted: Vec<String> = pinned.iter().map(|(name, version)| format!("{name}={version}")).collect();
    let stamp = installed.root.join("unpacked");
    // Written last, so that what broke off is seen.
    if fs::read_to_string(&stamp).is_ok_and(|there| there == wanted.join("\n")) {
        return Ok(installed);
    }
    for program in ["apt-get", "dpkg"] {
        ensure!(
            paths::on_path(program).is_some(),
            "{program} is missing: peers need Debian, or a container of it"
        );
    }
    eprintln!("  installing {}", wanted.join(" "));
    let archives = installed.root.join("archives");
    crate::build::empty_folder(&installed.root)?;
    fs::create_dir_all(&archives)?;
    for package in &wanted {
        download_package(package, &archives)?;
    }
    for archive in fs::read_dir(&archives)?.flatten() {
        run_command("dpkg", Command::new("dpkg").arg("-x").arg(archive.path()).arg(&installed.root))?;
    }
    fs::remove_dir_all(&archives)?;
    fs::write(stamp, wanted.join("\n"))?;
    Ok(installed)
}

/// Name and version of each package, the one that is tried first.
fn read_pins(group: &str) -> anyhow::Result<Vec<(String, String)>> {
    let text = fs::read_to_string(paths::repository_root().join(PINS))?;
    let pins: Value = serde_json::from_str(&text).with_context(|| format!("{PINS} can't be read"))?;
    let packages = pins.get("debian").and_then(|debian| debian.get(group)).and_then(Value::as_array);
    let packages = packages.with_context(|| format!("{PINS} has no group {group:?}"))?;
    let pinned = packages.iter().filter_map(Value::as_str).filter_map(|package| package.split_once('='));
    Ok(pinned.map(|(name, version)| (name.to_owned(), version.to_owned())).collect())
}

fn download_package(package: &str, folder: &Path) -> anyhow::Result<()> {
    let mut command = Command::new("apt-get");
    // As root it would hand the download to a user who may not write here.
    command.args(["-qq", "-o", "APT::Sandbox::User=root", "download", package]).current_dir(folder);
    let output = command.output().context("apt-get can't be started")?;
    let name = package.split('=').next().unwrap_or(package);
    ensure!(
        output.status.success(),
        "{package} can't be had: {}\nRun `apt-get update`. If that does not help, Debian has replaced it: \
         `apt-cache policy {name}` says by what; put that into {PINS}, see that all still works, and write \
         docs/compatibility.md anew",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(())
}
