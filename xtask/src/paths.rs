//! Where things are.

use std::{env, path::PathBuf};

/// The repository.
pub fn repository_root() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.parent().map_or(own.clone(), PathBuf::from)
}

/// What outlives a clone: tools and compiled dependencies. `HOI_CACHE` moves it.
pub fn cache_dir() -> PathBuf {
    let under = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    under("HOI_CACHE")
        .or_else(|| under("XDG_CACHE_HOME").map(|dir| dir.join("hoi")))
        .or_else(|| under("HOME").map(|dir| dir.join(".cache/hoi")))
        .unwrap_or_else(|| repository_root().join("target/hoi-cache"))
}

/// Tools that cargo installed for us.
pub fn cargo_tools() -> PathBuf {
    cache_dir().join("tools")
}

/// Tools that npm installed for us.
pub fn npm_tools() -> PathBuf {
    cache_dir().join("npm")
}

/// What a build leaves: `worker/`, `assets/`.
pub fn build_dir() -> PathBuf {
    repository_root().join("target/hoi")
}

/// Where cargo puts what it builds for this machine.
pub fn target_dir() -> PathBuf {
    let moved = env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty());
    moved.map_or_else(|| repository_root().join("target"), |dir| repository_root().join(dir))
}

/// A program on `PATH`, if it is there.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}
