//! What an isolate remembers between requests.

mod detection_data;
pub mod instance;
pub mod meaning;
pub mod model_reasoning;
pub mod registry;
mod sayings;
pub mod sites;
mod static_file;
pub mod usage;

use futures_util::future::{join, join3};
use hoi_core::decide::Published;
use worker::{Env, Result};

/// Gives the site what messages are looked at with: what [`attach_required_data`] says, and the matcher its table.
///
/// # Errors
/// As that: then nothing may be done with any message. The matcher does without.
pub async fn attach_data(env: &Env, published: &Published) -> Result<()> {
    let (attached, ()) =
        join(attach_required_data(env, published), meaning::attach_table(env, published)).await;
    attached
}

/// Gives the site what no text of a visitor's may be looked at without: the safety layer its data, and the short sayings.
///
/// # Errors
/// If one of them can't be had.
pub async fn attach_required_data(env: &Env, published: &Published) -> Result<()> {
    let detection = detection_data::attach_detection_data(env, published);
    let (attached, loaded) = join(detection, sayings::load_sayings(env)).await;
    attached.and(loaded)
}

/// Loads what messages are looked at with, so that the first one need not wait for it.
pub async fn preload_data(env: Env) {
    // What fails here is said when a message wants it.
    let data = detection_data::load_detection_data(&env);
    let (_loaded, _installed, ()) =
        join3(data, sayings::load_sayings(&env), meaning::preload_table(&env)).await;
}
