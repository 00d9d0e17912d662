//! The static files the worker hands out, as the build left them.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The list `cargo xtask` writes beside the files: logical names to hashed paths.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Assets {
    files: BTreeMap<String, Asset>,
}

/// One file.
#[derive(Debug, Clone, Deserialize)]
pub struct Asset {
    /// Its path on the edge, with its hash in the name: `/a/widget.0123456789.js`.
    pub path: String,
    /// Its content type.
    #[serde(rename = "type")]
    pub content_type: String,
    /// Its digest for `integrity=`, `sha384-…`.
    pub sri: String,
    /// Whether only the edge itself reads it.
    #[serde(default)]
    pub edge_only: bool,
}

impl Assets {
    /// The file called `name` in the source, for example `widget.js`.
    pub fn get(&self, name: &str) -> Option<&Asset> {
        self.files.get(name)
    }

    /// The path of the file called `name`; an empty one if the build has no such file.
    pub fn path(&self, name: &str) -> &str {
        self.get(name).map_or("", |asset| &asset.path)
    }

    /// The file that is served to browsers under `path`.
    pub fn served_at(&self, path: &str) -> Option<&Asset> {
        self.files.values().find(|asset| asset.path == path && !asset.edge_only)
    }
}
