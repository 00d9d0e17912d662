//! Files that only the edge reads, too big for the worker's script: they lie among the static files.

use crate::platform::config::read_binding;
use hoi_core::http::assets::Assets;
use worker::{Env, Error, Result};

/// The bytes of the file that the build calls `name`.
///
/// # Errors
/// If the manifest does not list it or it can't be had.
pub async fn load_static_file(env: &Env, name: &str) -> Result<Vec<u8>> {
    let manifest = read_binding(env, "HOI_ASSETS").unwrap_or_default();
    let assets: Assets = serde_json::from_str(&manifest)?;
    let path = assets.path(name);
    let mut stored = env.service("ASSETS")?.fetch(format!("https://assets{path}"), None).await?;
    if stored.status_code() != 200 {
        return Err(Error::RustError(format!("{path} is answered {}", stored.status_code())));
    }
    stored.bytes().await
}
