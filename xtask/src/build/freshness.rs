//! Whether something must be built again.

use crate::paths;
use anyhow::Context as _;
use std::{collections::BTreeSet, fs, path::Path, time::SystemTime};

/// The folders and files of this repository that `packages` are built from, from its root: their own, and those of every
/// package of ours that they use.
///
/// # Errors
/// If a manifest can't be read.
pub fn own_sources(packages: &[&str]) -> anyhow::Result<Vec<String>> {
    let mut found = BTreeSet::new();
    let mut open: Vec<String> = packages.iter().map(|&package| package.to_owned()).collect();
    while let Some(package) = open.pop() {
        if !found.insert(package.clone()) {
            continue;
        }
        let file = paths::repository_root().join(&package).join("Cargo.toml");
        let manifest =
            fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?;
        let is_own = |name: &&str| paths::repository_root().join(name).join("Cargo.toml").is_file();
        open.extend(workspace_dependencies(&manifest).filter(is_own).map(str::to_owned));
    }
    Ok(found.into_iter().chain(["Cargo.lock", "Cargo.toml"].map(str::to_owned)).collect())
}

/// The names of what a manifest takes from the workspace: `name.workspace = true`, `name = { workspace = true, … }`. Those that
/// only its tests use are among them.
fn workspace_dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    manifest.lines().filter_map(|line| {
        let (name, rest) = line.split_once(['.', ' '])?;
        let rest = rest.trim_start_matches(['=', ' ', '{']);
        rest.starts_with("workspace = true").then_some(name)
    })
}

/// Whether `file` is newer than everything under `sources`.
pub fn is_newer(file: &Path, sources: &[String]) -> bool {
    let Ok(built) = fs::metadata(file).and_then(|meta| meta.modified()) else { return false };
    sources.iter().all(|source| newest_change(&paths::repository_root().join(source)) < built)
}

/// When anything under `path` was last changed.
pub fn newest_change(path: &Path) -> SystemTime {
    let own = fs::metadata(path).and_then(|meta| meta.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let Ok(entries) = fs::read_dir(path) else { return own };
    entries.flatten().map(|entry| newest_change(&entry.path())).fold(own, SystemTime::max)
}

/// An empty folder at `path`.
pub fn empty_folder(path: &Path) -> anyhow::Result<()> {
    if path.exists() {
        fs::remove_dir_all(path).with_context(|| format!("{} can't be emptied", path.display()))?;
    }
    fs::create_dir_all(path).with_context(|| format!("{} can't be made", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_edge_uses_is_among_its_sources() {
        let sources = own_sources(&["edge"]).unwrap();
        for name in ["edge", "site", "safety", "wire", "Cargo.lock"] {
            assert!(sources.contains(&name.to_owned()), "{name} is not in {sources:?}");
        }
        assert!(!sources.contains(&"widget".to_owned()));
    }

    #[test]
    fn both_ways_to_name_a_dependency_are_read() {
        let manifest =
            "wire.workspace = true\nsite = { workspace = true, features = [\"read\"] }\nsha1 = \"0.10\"\n";
        assert_eq!(workspace_dependencies(manifest).collect::<Vec<_>>(), ["wire", "site"]);
    }
}
