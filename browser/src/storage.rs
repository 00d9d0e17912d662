//! What stays in the browser. Storage may be blocked or full: then nothing is kept, and nothing found.

use crate::dom::window;
use web_sys::Storage;

/// Where it stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// In this browser, for all tabs.
    Local,
    /// In this tab, until it is closed.
    Session,
}

/// The browser's own object for `area`.
pub fn open(area: Area) -> Option<Storage> {
    let window = window()?;
    match area {
        Area::Local => window.local_storage(),
        Area::Session => window.session_storage(),
    }
    .ok()
    .flatten()
}

/// What is kept under `key`.
pub fn get(area: Area, key: &str) -> Option<String> {
    open(area)?.get_item(key).ok().flatten()
}

/// Keeps `text` under `key`.
pub fn set(area: Area, key: &str, text: &str) {
    if let Some(storage) = open(area) {
        let _ = storage.set_item(key, text);
    }
}

/// Keeps nothing under `key`.
pub fn remove(area: Area, key: &str) {
    if let Some(storage) = open(area) {
        let _ = storage.remove_item(key);
    }
}
