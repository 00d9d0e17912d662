//! Files that only the edge reads, too big for the worker's script: they lie among the static files.

use crate::platform::config::read_binding;
use hoi_core::http::assets::Assets;
use std::time::Duration;
use worker::{Delay, Env, Error, Result};

/// How long to wait before a file that messages need is tried again within one message, in milliseconds: for whoever is in danger
/// every second counts, and the visitor's side waits ten before it sends again.
const RETRIES_MS: [u64; 2] = [150, 450];

/// The bytes of the file that the build calls `name`.
///
/// # Errors
/// If the manifest does not list it or it can't be had.
pub async fn load_static_file(env: &Env, name: &str) -> Result<Vec<u8>> {
    let manifest = read_binding(env, "HOI_ASSETS").unwrap_or_default();
    let assets: Assets = wire::parse_json_text(&manifest)?;
    let path = assets.path(name);
    let mut stored = env.service("ASSETS")?.fetch(format!("https://assets{path}"), None).await?;
    if stored.status_code() != 200 {
        return Err(Error::RustError(format!("{path} is answered {}", stored.status_code())));
    }
    stored.bytes().await
}

/// What `load` makes of a file that no message is taken without; it is tried again soon.
///
/// # Errors
/// If it can't be had, with `what` it is.
pub async fn load_required<T>(what: &str, load: impl AsyncFn() -> Result<T>) -> Result<T> {
    let mut loaded = load().await;
    for wait in RETRIES_MS {
        let Err(error) = &loaded else { break };
        crate::platform::log::log_error!("{what} can't be loaded, it is tried again: {error}");
        Delay::from(Duration::from_millis(wait)).await;
        loaded = load().await;
    }
    loaded
        .map_err(|error| Error::RustError(format!("{what} can't be loaded, so no message is taken: {error}")))
}
