//! What stays in the browser: settings, in this tab which conversation is shown, and nothing that anybody has said or is about to
//! say. Storage may be blocked or full; then the settings hold until the page is left.

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
    let read = |key| {
        let (area, name) = storage_place(key);
        storage::get(area, name)
    };
    let kept = read(DeskStorageKey::Settings);
    let open = read(DeskStorageKey::Open).and_then(|id| id.parse().ok());
    let settings = kept.map_or(usual.clone(), |line| usual.apply_line(&line));
    InitialState { settings, watched: page::is_watched(), notifies: notify::is_allowed(), open }
}

/// Keeps `text` under `key`.
pub fn store(key: DeskStorageKey, text: &str) {
    let (area, name) = storage_place(key);
    storage::set(area, name, text);
}

fn storage_place(key: DeskStorageKey) -> (Area, &'static str) {
    match key {
        DeskStorageKey::Settings => (Area::Local, "hoi-desk:settings"),
        DeskStorageKey::Open => (Area::Session, "hoi-desk:open"),
    }
}
