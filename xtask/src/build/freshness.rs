//! Whether something must be built again.

use crate::paths;
use anyhow::Context as _;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    time::SystemTime,
};

/// The folders and files of this repository that `packages` are built from, from its root: their own, and those of every
/// package of ours that they use.
///
/// # Errors
/// If a manifest can't be read.
pub fn own_sources(packages: &[&str]) -> anyhow::Result<Vec<String>> {
    let workspace = read_file("Cargo.toml")?;
    let folders: BTreeMap<&str, &str> = workspace.lines().filter_map(parse_own_package).collect();
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = packages.iter().filter_map(|package| folders.get(package).copied()).collect();
    while let Some(folder) = open.pop() {
        if found.insert(folder.to_owned()) {
            let manifest = read_file(&format!("{folder}/Cargo.toml"))?;
            let used = manifest.lines().filter_map(parse_workspace_dependency);
            open.extend(used.filter_map(|name| folders.get(name).copied()));
        }
    }
    Ok(found.into_iter().chain(["Cargo.lock", "Cargo.toml"].map(str::to_owned)).collect())
}

fn read_file(path: &str) -> anyhow::Result<String> {
    let file = paths::repository_root().join(path);
    fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))
}

/// Name and folder in a line `name = { path = "folder", … }`.
fn parse_own_package(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.split_once(" = { path = \"")?;
    Some((name, rest.split('"').next()?))
}

/// The name in a line `name.workspace = true` or `name = { workspace = true, … }`. What only tests use is not told apart.
fn parse_workspace_dependency(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once(['.', ' '])?;
    rest.trim_start_matches(['=', ' ', '{']).starts_with("workspace = true").then_some(name)
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
        let lines =
            ["wire.workspace = true", "site = { workspace = true, features = [] }", "sha1 = \"0.10\""];
        let names: Vec<_> = lines.iter().filter_map(|line| parse_workspace_dependency(line)).collect();
        assert_eq!(names, ["wire", "site"]);
        assert_eq!(
            parse_own_package("site = { path = \"site\", default-features = false }"),
            Some(("site", "site"))
        );
    }
}
