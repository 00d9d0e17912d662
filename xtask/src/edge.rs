//! The built edge on this machine.

use crate::{paths, tools::npm_bin};
use devkit::workerd::{ExtraConfig, LocalEdge, Networks, read_manifest_line};
use std::path::Path;

/// The built edge in `folder`, with `environment` bound by name. It may call stand-ins on this machine.
pub fn local_edge(folder: &Path, port: u16, environment: Vec<(String, String)>) -> LocalEdge<'static> {
    LocalEdge {
        workerd: npm_bin("workerd"),
        folder: folder.to_owned(),
        port,
        worker_dir: paths::build_dir().join("worker"),
        assets_dir: paths::build_dir().join("assets"),
        environment,
        networks: Networks::PublicAndLocal,
        failpoint: None,
        extra: ExtraConfig::default(),
    }
}

/// The built manifest, as one line for a binding.
///
/// # Errors
/// If nothing was built.
pub fn built_manifest_line() -> anyhow::Result<String> {
    read_manifest_line(&paths::build_dir().join("assets"))
}
