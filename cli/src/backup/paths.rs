//! Where data and snapshots lie: paths are made whole before anything is put into them or beside them.

use anyhow::{Context as _, bail};
use std::{
    fs,
    io::ErrorKind,
    path::{Component, Path, PathBuf},
};

/// `path` from the root on, without links, dots and a slash at its end; what of it is not there yet is taken as it is written.
///
/// # Errors
/// If part of it can't be read, or can't be made out before it is there.
pub fn resolve_path(path: &Path) -> anyhow::Result<PathBuf> {
    let whole = std::path::absolute(path).with_context(|| format!("{:?} is no path", path.display()))?;
    for ancestor in whole.ancestors() {
        match fs::canonicalize(ancestor) {
            Ok(real) => {
                let rest = whole.strip_prefix(ancestor)?;
                if rest.components().any(|part| part == Component::ParentDir) {
                    bail!("{} leads through a folder that is not there", path.display());
                }
                // Joined with nothing, a path gets a slash at its end.
                return Ok(real.join(rest).components().collect());
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                if ancestor.is_symlink() {
                    bail!("{} is a link to what is not there", ancestor.display());
                }
            }
            Err(error) => return Err(error).with_context(|| format!("{} can't be read", ancestor.display())),
        }
    }
    bail!("{} can't be read", path.display())
}

/// Ends where data and snapshots lie in one another: each backup would copy the ones before, a restore would move them away.
///
/// # Errors
/// If they do, or a path can't be read.
pub fn require_apart(data: &Path, snapshots: &Path) -> anyhow::Result<()> {
    let (data, snapshots) = (resolve_path(data)?, resolve_path(snapshots)?);
    if snapshots.starts_with(&data) {
        bail!(
            "the folder with the snapshots, {}, lies in the data, {}: choose one outside of it, on \
             another disk if you can",
            snapshots.display(),
            data.display()
        );
    }
    if data.starts_with(&snapshots) {
        bail!(
            "the data, {}, lies in the folder with the snapshots, {}: choose another folder for these",
            data.display(),
            snapshots.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn paths_are_whole_whether_their_end_is_there_or_not() {
        let folder = TempDir::new().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        fs::create_dir(root.join("real")).unwrap();
        std::os::unix::fs::symlink("real", root.join("link")).unwrap();
        std::os::unix::fs::symlink("nowhere", root.join("dangling")).unwrap();
        for (written, expected) in [
            ("real/", "real"),
            ("gone/", "gone"),
            ("gone/./deeper//", "gone/deeper"),
            ("link", "real"),
            ("link/new/", "real/new"),
            ("real/../other/", "other"),
        ] {
            assert_eq!(resolve_path(&root.join(written)).unwrap(), root.join(expected), "{written}");
        }
        for wrong in ["gone/../other", "dangling", "dangling/new"] {
            assert!(resolve_path(&root.join(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn data_and_snapshots_lie_apart_even_before_they_are_there() {
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name);
        require_apart(&at("data"), &at("data-snapshots/")).unwrap();
        for (data, snapshots) in [("data", "data/snapshots"), ("all/data/", "all"), ("same", "same/")] {
            assert!(require_apart(&at(data), &at(snapshots)).is_err(), "{data} {snapshots}");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
    }
}
