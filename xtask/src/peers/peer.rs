//! What each peer implements.

use super::{debian::InstalledPackages, report::PeerTrial};
use std::path::Path;

/// Software of others that Hoi is tried with.
pub trait Peer {
    /// What it is called on the command line.
    fn name(&self) -> &str;
    /// What it is, and what for.
    fn purpose_text(&self) -> String;
    /// The group of packages that it needs.
    fn package_group(&self) -> &str;
    /// Goes through everything with it. `folder` is empty, for its settings and logs.
    ///
    /// # Errors
    /// If it could not even be started.
    fn run_trials(&self, packages: &InstalledPackages, folder: &Path) -> anyhow::Result<Vec<PeerTrial>>;
}
