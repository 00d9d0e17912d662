//! What stays in the browser: settings, and nothing that anybody has said. Storage may be blocked or full; then the
//! settings hold until the page is left.

use super::{notify, page};
use crate::{
    desk::{Key, Saved, Settings},
    words::Lang,
};
use browser::storage::{self, Area};

/// What was kept, and what the browser says of itself.
pub fn load() -> Saved {
    let tags = page::languages();
    let lang = Lang::best(tags.iter().map(String::as_str)).unwrap_or(Lang::Vi);
    let usual = Settings { lang, ..Settings::default() };
    let kept = storage::get(Area::Local, name(Key::Settings));
    let settings = kept.map_or(usual.clone(), |line| usual.read(&line));
    Saved { settings, watched: page::watched(), notifies: notify::allowed() }
}

/// Keeps `text` under `key`.
pub fn store(key: Key, text: &str) {
    storage::set(Area::Local, name(key), text);
}

fn name(key: Key) -> &'static str {
    match key {
        Key::Settings => "hoi-desk:settings",
    }
}
