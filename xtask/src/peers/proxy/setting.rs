//! What a proxy is told, and what the documents' blocks call it.

use crate::peers::debian::InstalledPackages;
use anyhow::Context as _;
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Where the blocks for web servers that our package for servers speaks of are.
pub(super) const SERVER_README: &str = "xtask/dist/server/README.md";
/// Where those for all others are.
pub(super) const DEPLOY_DOCS: &str = "docs/deploy.md";

/// What stands in the documents for things of an operator's.
pub(super) const DOCUMENTED_EDGE: &str = "127.0.0.1:8080";
pub(super) const DOCUMENTED_OPERATORS: &str = "10.1.2.0/24";
/// Who operates the edges of the lab.
pub(super) const LAB_OPERATORS: &str = "127.0.0.1/32";

/// Writes its settings and gives the commands that run it: the last one listens on the port.
pub(super) type PrepareProxy = fn(&ProxySetting<'_>) -> anyhow::Result<Vec<Command>>;

/// What a proxy needs to know.
pub(super) struct ProxySetting<'a> {
    pub(super) packages: &'a InstalledPackages,
    /// Where its settings and logs go.
    pub(super) folder: &'a Path,
    /// Where it is to listen, on 127.0.0.1.
    pub(super) port: u16,
    /// Host and port of the edge.
    pub(super) edge: &'a str,
}

impl ProxySetting<'_> {
    /// Writes a file of settings and gives its path.
    pub(super) fn write_file(&self, name: &str, text: &str) -> anyhow::Result<PathBuf> {
        let file = self.folder.join(name);
        std::fs::write(&file, text).with_context(|| format!("{} can't be written", file.display()))?;
        Ok(file)
    }

    /// A folder of its own, as settings name it.
    pub(super) fn folder_name(&self) -> String {
        self.folder.display().to_string()
    }
}
