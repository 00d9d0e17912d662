//! Which versions of others' software are tried.

use crate::paths;
use anyhow::Context as _;
use serde_json::Value;
use std::fs;

/// Where the versions are pinned.
pub const PINS: &str = "xtask/peers/packages.json";

/// A package in one version.
#[derive(Clone)]
pub struct PinnedPackage {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl PinnedPackage {
    /// As it is pinned.
    pub fn spec_text(&self) -> String {
        format!("{}={}", self.name, self.version)
    }

    /// As people read it.
    pub fn display_text(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}

/// The packages of `group` in `registry`, the one that is tried first; none, if it has none there.
///
/// # Errors
/// If the file can't be read.
pub fn read_pins(registry: &str, group: &str) -> anyhow::Result<Vec<PinnedPackage>> {
    let text = fs::read_to_string(paths::repository_root().join(PINS))?;
    let pins: Value = serde_json::from_str(&text).with_context(|| format!("{PINS} can't be read"))?;
    let listed = pins.get(registry).and_then(|groups| groups.get(group)).and_then(Value::as_array);
    let specs = listed.into_iter().flatten().filter_map(Value::as_str);
    let pinned = specs
        .filter_map(|spec| spec.split_once('='))
        .map(|(name, version)| PinnedPackage { name: name.to_owned(), version: version.to_owned() });
    Ok(pinned.collect())
}
