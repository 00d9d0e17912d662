//! Copying files and folders, and saying what is in them.

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Copies the file `from` to `to`, with its permissions; makes the folders it needs.
///
/// # Errors
/// With the name of the file that can't be read or written.
pub fn copy_file(from: &Path, to: &Path) -> anyhow::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} can't be made", folder.display()))?;
    }
    fs::copy(from, to)
        .map(|_| ())
        .with_context(|| format!("{} can't be copied to {}", from.display(), to.display()))
}

/// Copies the folder `from` with everything in it.
///
/// # Errors
/// With the name of the first file that can't be read or written.
pub fn copy_all(from: &Path, to: &Path) -> anyhow::Result<()> {
    for file in list_files(from)? {
        copy_file(&from.join(&file), &to.join(&file))?;
    }
    Ok(())
}

/// Writes the template `from` of `xtask/dist` to `to`, every `(mark, text)` of `marks` filled in.
///
/// # Errors
/// If a file can't be read or written.
pub fn fill_template(from: &str, to: &Path, marks: &[(&str, &str)]) -> anyhow::Result<()> {
    let source = crate::paths::repository_root().join("xtask/dist").join(from);
    let text = fs::read_to_string(&source).with_context(|| format!("{} can't be read", source.display()))?;
    let filled = marks.iter().fold(text, |text, (mark, with)| text.replace(mark, with));
    fs::write(to, filled).with_context(|| format!("{} can't be written", to.display()))
}

/// Every file under `folder`, by its path in it, in order.
///
/// # Errors
/// With the name of the folder that can't be read.
pub fn list_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))?;
    let mut out = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = PathBuf::from(entry.file_name());
        if entry.path().is_dir() {
            out.extend(list_files(&entry.path())?.into_iter().map(|inner| name.join(inner)));
        } else {
            out.push(name);
        }
    }
    out.sort();
    Ok(out)
}

/// Writes `SHA256SUMS` into `folder`, in the form that `sha256sum -c` reads.
///
/// # Errors
/// If a file can't be read or written.
pub fn write_checksums(folder: &Path) -> anyhow::Result<()> {
    let mut text = String::new();
    for file in list_files(folder)? {
        let bytes = fs::read(folder.join(&file))?;
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        text.push_str(&format!("{digest}  {}\n", file.display()));
    }
    fs::write(folder.join("SHA256SUMS"), text)?;
    Ok(())
}

/// How much is in `folder`, for people: "1.2 MB".
///
/// # Errors
/// If it can't be read.
pub fn folder_size(folder: &Path) -> anyhow::Result<String> {
    let mut bytes = 0;
    for file in list_files(folder)? {
        bytes += fs::metadata(folder.join(file))?.len();
    }
    Ok(format!("{:.1} MB", bytes as f64 / 1e6))
}
