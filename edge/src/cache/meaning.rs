//! The table of word meaning: too big for the worker's script, so it lies among the static files and is loaded once an
//! isolate, by what matches and never by what draws a page.

use super::{sites, static_file::load_static_file};
use crate::platform::now;
use hoi_core::decide::Published;
use intent::Meaning;
use std::{cell::Cell, cell::RefCell, sync::Arc};
use worker::{Env, Error, Result};

/// What the build calls the file.
const FILE: &str = "meaning.bin";
/// After a failure, matching goes on without the table for so long before it is tried again, in milliseconds.
const RETRY_MS: u64 = 10_000;

thread_local! {
    static TABLE: RefCell<Option<Arc<Meaning>>> = const { RefCell::new(None) };
    static FAILED_AT: Cell<u64> = const { Cell::new(0) };
}

/// Gives the site's model the table it was trained with. Where the table can't be had, matching goes on without it, not as
/// well, and the operator's log says why.
pub async fn attach_table(env: &Env, published: &Published) {
    if published.model.is_whole() {
        return;
    }
    let Some(table) = load_table(env).await else { return };
    if !published.model.attach_meaning(&table) {
        sites::warn_of_other_table(&published.site.settings.site);
    }
}

/// Loads the table so that the first question need not wait for it.
pub async fn preload_table(env: &Env) {
    load_table(env).await;
}

/// The table, if it was loaded before.
pub fn loaded_table() -> Option<Arc<Meaning>> {
    TABLE.with_borrow(Clone::clone)
}

/// The table, if it can be had.
pub async fn load_table(env: &Env) -> Option<Arc<Meaning>> {
    if let Some(table) = loaded_table() {
        return Some(table);
    }
    if now().saturating_sub(FAILED_AT.get()) < RETRY_MS {
        return None;
    }
    match fetch_table(env).await {
        Ok(table) => {
            // Somebody else may have been as quick: one copy is enough.
            Some(TABLE.with_borrow_mut(|kept| Arc::clone(kept.get_or_insert_with(|| Arc::new(table)))))
        }
        Err(error) => {
            FAILED_AT.set(now());
            worker::console_error!(
                "the table of word meaning can't be loaded, matching goes on without it: {error}"
            );
            None
        }
    }
}

async fn fetch_table(env: &Env) -> Result<Meaning> {
    let file = load_static_file(env, FILE).await?;
    Meaning::read(file).map_err(|error| Error::RustError(error.to_string()))
}
