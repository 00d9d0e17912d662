//! The sources of the workspace's packages.

use super::SourceFile;
use anyhow::Context as _;
use std::{fs, path::Path};

/// Reads the Rust files under `src` of every member of the workspace at `root` but for the package `tests`, in the order of
/// their paths.
///
/// # Errors
/// If a file can't be read.
pub fn read_workspace(root: &Path) -> anyhow::Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root)? {
        let folder = entry?.path();
        let Some(package) = folder.file_name().and_then(|name| name.to_str()) else { continue };
        // `fuzz` is a workspace of its own; it has no `src`.
        if package != "tests" && folder.join("Cargo.toml").is_file() {
            collect_files(root, package, &folder.join("src"), &mut files)?;
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn collect_files(
    root: &Path,
    package: &str,
    folder: &Path,
    files: &mut Vec<SourceFile>,
) -> anyhow::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        if file.is_dir() {
            collect_files(root, package, &file, files)?;
        } else if file.extension().is_some_and(|ending| ending == "rs") {
            let text =
                fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?;
            let path = file.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            files.push(SourceFile { package: package.to_owned(), path, text });
        }
    }
    Ok(())
}
