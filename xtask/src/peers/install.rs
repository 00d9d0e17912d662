//! Packages from wherever they come, each group in a folder of its own: nothing is installed on the machine.

use super::{
    debian::{self, InstalledPackages},
    pins::{PinnedPackage, read_pins},
};
use crate::{build::empty_folder, run::run_command};
use std::{fs, path::Path, process::Command};

/// Where `npm` puts the programs of a group.
pub const NPM_PROGRAMS: &str = "node_modules/.bin";
/// Where `pip` puts those of one.
pub const PYTHON_PROGRAMS: &str = "python/bin";

/// Installs the packages of `group` into a folder in `cache`, unless they are there: with all that they need where they come from PyPI
/// or are listed as a tree of npm's.
///
/// # Errors
/// With what to do, if one can't be had in the version that is pinned.
pub fn install_group(group: &str, cache: &Path) -> anyhow::Result<InstalledPackages> {
    let (npm, pypi) = (read_pins("npm_tree", group)?, read_pins("pypi", group)?);
    if npm.is_empty() && pypi.is_empty() {
        return debian::install_packages(group, cache);
    }
    let root = cache.join(group);
    let pinned = [npm.clone(), pypi.clone()].concat();
    let wanted: Vec<String> = pinned.iter().map(PinnedPackage::spec_text).collect();
    let stamp = root.join("unpacked");
    // Written last, so that what broke off is seen.
    if !fs::read_to_string(&stamp).is_ok_and(|there| there == wanted.join("\n")) {
        eprintln!("  installing {}", wanted.join(" "));
        empty_folder(&root)?;
        install_npm_tree(&npm, &root)?;
        install_pypi(&pypi, &root)?;
        fs::write(stamp, wanted.join("\n"))?;
    }
    Ok(InstalledPackages::from_folder(pinned, root))
}

fn install_npm_tree(packages: &[PinnedPackage], root: &Path) -> anyhow::Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    // Without one, npm looks for a project in the folders above.
    fs::write(root.join("package.json"), "{ \"private\": true }\n")?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    npm.args(packages.iter().map(|package| format!("{}@{}", package.name, package.version)));
    run_command("npm", npm.current_dir(root))
}

fn install_pypi(packages: &[PinnedPackage], root: &Path) -> anyhow::Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let python = root.join("python");
    run_command("python3", Command::new("python3").args(["-m", "venv"]).arg(&python))?;
    let mut pip = Command::new(python.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"]);
    run_command(
        "pip",
        pip.args(packages.iter().map(|package| format!("{}=={}", package.name, package.version))),
    )
}
