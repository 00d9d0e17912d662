//! `dist/npm`: the package for pages that are built by a bundler.

use super::{files, notice};
use crate::{build, paths, run::print_step};
use std::{path::Path, process::Command};

/// Packs the folder at `to`, and the same as one file that `npm install` takes.
///
/// # Errors
/// The step that failed; what npm said has been printed by then.
pub fn pack_npm(to: &Path) -> anyhow::Result<()> {
    print_step("packing dist/npm");
    build::empty_folder(to)?;
    let source = paths::repository_root().join("widget/npm");
    for name in ["index.js", "index.d.ts", "README.md"] {
        files::copy_file(&source.join(name), &to.join(name))?;
    }
    files::copy_file(&paths::repository_root().join("LICENSE"), &to.join("LICENSE"))?;
    notice::write_notice(&notice::NPM, to)?;
    let description = std::fs::read_to_string(source.join("package.json"))?;
    std::fs::write(to.join("package.json"), description.replace("@VERSION@", env!("CARGO_PKG_VERSION")))?;
    let mut npm = Command::new("npm");
    npm.args(["pack", "--silent", "--pack-destination", "."]).current_dir(to);
    crate::run::run_command("npm pack", &mut npm)
}
