//! What an isolate remembers between requests.

pub mod detection_data;
pub mod meaning;
pub mod model_reasoning;
pub mod registry;
pub mod sites;
mod static_file;
pub mod usage;

use futures_util::future::join;
use hoi_core::decide::Published;
use worker::{Env, Result};

/// Gives the site what messages are looked at with: the safety layer its data, the matcher its table.
///
/// # Errors
/// If the safety layer can't have its data: then nothing may be done with any message. The matcher does without.
pub async fn attach_data(env: &Env, published: &Published) -> Result<()> {
    let (attached, ()) =
        join(detection_data::attach_detection_data(env, published), meaning::attach_table(env, published))
            .await;
    attached
}

/// Loads what messages are looked at with, so that the first one need not wait for it.
pub async fn preload_data(env: Env) {
    // What fails here is said when a message wants it.
    let (_loaded, ()) = join(detection_data::load_detection_data(&env), meaning::preload_table(&env)).await;
}
