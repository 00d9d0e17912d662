//! Packages of Debian's, unpacked into a folder of their own: nothing is installed on the machine.

use super::{
    npm::unpack_npm_packages,
    pins::{PINS, PinnedPackage, read_pins},
};
use crate::{paths, run::run_command};
use anyhow::{Context as _, bail, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A group of packages, unpacked.
pub struct InstalledPackages {
    /// What they are: name and version of the first, which is the one that is tried.
    pub version: String,
    root: PathBuf,
    pinned: Vec<PinnedPackage>,
}

impl InstalledPackages {
    /// Those that were put into the folder `root`; the first of them is the one that is tried.
    pub fn from_folder(pinned: Vec<PinnedPackage>, root: PathBuf) -> InstalledPackages {
        let version = pinned.first().map(PinnedPackage::display_text).unwrap_or_default();
        InstalledPackages { version, root, pinned }
    }

    /// A file of theirs, by its path on a system where they are installed, without the first slash.
    pub fn file_path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A file of an npm package of theirs.
    pub fn npm_path(&self, package: &str, path: &str) -> PathBuf {
        self.root.join("node_modules").join(package).join(path)
    }

    /// Name and version of one of them.
    pub fn version_of(&self, name: &str) -> String {
        let found = self.pinned.iter().find(|package| package.name == name);
        found.map_or_else(|| name.to_owned(), PinnedPackage::display_text)
    }

    /// Where they are unpacked: `/` of a system where they are installed.
    pub fn root_folder(&self) -> &Path {
        &self.root
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
    let (debian, npm) = (read_pins("debian", group)?, read_pins("npm", group)?);
    let pinned = [debian.clone(), npm.clone()].concat();
    let first = pinned.first().with_context(|| format!("{PINS} has no group {group:?}"))?;
    let installed =
        InstalledPackages { version: first.display_text(), root: cache.join(group), pinned: pinned.clone() };
    let wanted: Vec<String> = pinned.iter().map(PinnedPackage::spec_text).collect();
    let stamp = installed.root.join("unpacked");
    // Written last, so that what broke off is seen.
    if fs::read_to_string(&stamp).is_ok_and(|there| there == wanted.join("\n")) {
        return Ok(installed);
    }
    eprintln!("  installing {}", wanted.join(" "));
    crate::build::empty_folder(&installed.root)?;
    if !debian.is_empty() {
        unpack_debian_packages(&debian, &installed.root)?;
    }
    unpack_npm_packages(&npm, &installed.root)?;
    fs::write(stamp, wanted.join("\n"))?;
    Ok(installed)
}

fn unpack_debian_packages(packages: &[PinnedPackage], root: &Path) -> anyhow::Result<()> {
    for program in ["apt-get", "dpkg"] {
        ensure!(
            paths::on_path(program).is_some(),
            "{program} is missing: peers need Debian, or a container of it"
        );
    }
    let archives = root.join("archives");
    fs::create_dir_all(&archives)?;
    for package in packages {
        download_package(&package.spec_text(), &archives)?;
    }
    // In their order: one may have a link where another has the folder itself, which then has to come later.
    for package in packages {
        let start = format!("{}_", package.name);
        let mut entries = fs::read_dir(&archives)?.flatten();
        let archive = entries.find(|entry| entry.file_name().to_string_lossy().starts_with(&start));
        let archive = archive.with_context(|| format!("{} was not downloaded", package.name))?;
        run_command("dpkg", Command::new("dpkg").arg("-x").arg(archive.path()).arg(root))?;
    }
    fs::remove_dir_all(&archives)?;
    Ok(())
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
