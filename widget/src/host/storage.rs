//! What stays in the browser: under `hoi:<site>:…` in the frame's own storage, which no other site can read.
//! Storage may be blocked or full; the chat then works until the page is left.

use super::{
    dispatch,
    root::{self, window},
};
use crate::chat::{Event, Kept, Key, Said, Saved, Way};
use std::cell::RefCell;
use web_sys::{Storage, StorageEvent};

thread_local! {
    static PREFIX: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Begins each key of things said.
const SAID: &str = "said:";

/// What was kept of `site`'s chat. From here on everything is kept for that site.
pub fn load(site: &str) -> Saved {
    PREFIX.with_borrow_mut(|prefix| *prefix = ["hoi:", site, ":"].concat());
    let Some(storage) = storage() else { return Saved::default() };
    let get = |key: &str| storage.get_item(&full(key)).ok().flatten();
    let way = session().and_then(|session| session.get_item(&name(Key::Way)).ok().flatten());
    Saved {
        kept: kept(&storage),
        said: said(&storage),
        draft: get("draft").unwrap_or_default(),
        lang: get("lang"),
        display: get("display").unwrap_or_default(),
        ticks: get("ticks").unwrap_or_default(),
        ratings: get("ratings").unwrap_or_default(),
        way: way.map_or(Way::default(), |way| Way::named(&way)),
    }
}

fn kept(storage: &Storage) -> Option<Kept> {
    let json = storage.get_item(&name(Key::Conversation)).ok().flatten()?;
    wire::json::read(&json)
}

/// Reports the conversation that another tab keeps.
pub fn listen() {
    let Some(window) = window() else { return };
    root::listen(&window, "storage", |event: StorageEvent| {
        if event.key().is_some_and(|key| key == name(Key::Conversation)) {
            elsewhere();
        }
    });
}

fn elsewhere() -> bool {
    let kept = storage().as_ref().and_then(kept);
    let found = kept.is_some();
    if let Some(kept) = kept {
        dispatch(Event::Elsewhere(kept));
    }
    found
}

/// Keeps the conversation in `text`, unless another tab has kept one: then that one is reported.
pub fn claim(text: &str) {
    if !elsewhere() {
        store(Key::Conversation, text);
    }
}

fn said(storage: &Storage) -> Vec<Said> {
    let begin = full(SAID);
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok().flatten());
    let values =
        keys.filter(|key| key.starts_with(&begin)).filter_map(|key| storage.get_item(&key).ok().flatten());
    values.filter_map(|json| wire::json::read(&json)).collect()
}

/// Keeps `text` under `key`.
pub fn store(key: Key, text: &str) {
    if let Some(storage) = place(key) {
        let _ = storage.set_item(&name(key), text);
    }
}

/// Keeps nothing under `key`.
pub fn forget(key: Key) {
    if let Some(storage) = place(key) {
        let _ = storage.remove_item(&name(key));
    }
}

fn name(key: Key) -> String {
    match key {
        Key::Conversation => full("conversation"),
        Key::Draft => full("draft"),
        Key::Lang => full("lang"),
        Key::Display => full("display"),
        Key::Way => full("way"),
        Key::Ticks => full("ticks"),
        Key::Ratings => full("ratings"),
        Key::Said(id) => full(&[SAID, &id.hex()].concat()),
    }
}

fn full(key: &str) -> String {
    PREFIX.with_borrow(|prefix| [prefix, key].concat())
}

/// Where `key` belongs: which way works may be otherwise tomorrow, on another network.
fn place(key: Key) -> Option<Storage> {
    match key {
        Key::Conversation
        | Key::Draft
        | Key::Lang
        | Key::Display
        | Key::Ticks
        | Key::Ratings
        | Key::Said(_) => storage(),
        Key::Way => session(),
    }
}

fn session() -> Option<Storage> {
    window()?.session_storage().ok().flatten()
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}
