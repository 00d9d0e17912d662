//! What stays in the browser: settings, and nothing that anybody has said. Storage may be blocked or full; then the
//! settings hold until the page is left.

use super::{notify, page};
use crate::{
    desk::{DeskSettings, DeskStorageKey, InitialState},
    words::Lang,
};
use browser::storage::{self, Area};

/// What was kept, and what the browser says of itself.
pub fn load_initial_state() -> InitialState {
    let tags = page::preferred_languages();
    let lang = Lang::from_tags(tags.iter().map(String::as_str)).unwrap_or(Lang::Vi);
    let usual = DeskSettings { lang, ..DeskSettings::default() };
    let kept = storage::get(Area::Local, storage_key(DeskStorageKey::Settings));
    let settings = kept.map_or(usual.clone(), |line| usual.apply_line(&line));
    InitialState { settings, watched: page::is_watched(), notifies: notify::is_allowed() }
}

/// Keeps `text` under `key`.
pub fn store(key: DeskStorageKey, text: &str) {
    storage::set(Area::Local, storage_key(key), text);
}

fn storage_key(key: DeskStorageKey) -> &'static str {
    match key {
        DeskStorageKey::Settings => "hoi-desk:settings",
    }
}
