//! What finds people in danger: too big for the worker's script, so it lies among the static files and is loaded once an
//! isolate, before the first message is looked at and never by what draws a page.
//!
//! Without it nobody can tell whether a message is a cry for help, so nothing is done with the message: it is neither written
//! nor acknowledged, the visitor's side sends it again, and each time the file is asked for anew.

use super::static_file::load_static_file;
use crate::platform::failpoint;
use hoi_core::decide::Published;
use safety::DetectionData;
use std::{cell::RefCell, sync::Arc, time::Duration};
use worker::{Delay, Env, Error, Result};

/// What the build calls the file.
const FILE: &str = "danger.bin";

/// How long to wait before it is tried again within one message, in milliseconds: for whoever is in danger every second counts,
/// and the visitor's side waits ten before it sends again.
const RETRIES_MS: [u64; 2] = [150, 450];

thread_local!(static DATA: RefCell<Option<Arc<DetectionData>>> = const { RefCell::new(None) });

/// Gives the safety layer of the site its data.
///
/// # Errors
/// If the file can't be had, or is not the one this worker was built with: no message may be looked at then.
pub async fn attach_detection_data(env: &Env, published: &Published) -> Result<()> {
    if published.safety.is_ready() {
        return Ok(());
    }
    let data = load_detection_data(env).await?;
    if let Err(error) = published.safety.attach_data(&data) {
        let site = &published.site.settings.site;
        worker::console_error!("{site}: its own rules of danger are left out: {error}");
    }
    Ok(())
}

/// The data, loaded by the first who wants it.
///
/// # Errors
/// As [`attach_detection_data`].
pub async fn load_detection_data(env: &Env) -> Result<Arc<DetectionData>> {
    if let Some(data) = DATA.with_borrow(Clone::clone) {
        return Ok(data);
    }
    let mut fetched = fetch(env).await;
    for wait in RETRIES_MS {
        let Err(error) = &fetched else { break };
        worker::console_error!("the safety layer's data can't be loaded, it is tried again: {error}");
        Delay::from(Duration::from_millis(wait)).await;
        fetched = fetch(env).await;
    }
    let data = fetched.map_err(|error| {
        Error::RustError(format!("the safety layer's data can't be loaded, so no message is taken: {error}"))
    })?;
    // Somebody else may have been as quick: one copy is enough.
    Ok(DATA.with_borrow_mut(|kept| Arc::clone(kept.get_or_insert_with(|| Arc::new(data)))))
}

async fn fetch(env: &Env) -> Result<DetectionData> {
    failpoint::fail_if_due(env, "danger_data")?;
    let file = load_static_file(env, FILE).await?;
    DetectionData::read(file).map_err(|error| Error::RustError(format!("{FILE}: {error}")))
}
