//! What stays in the browser: under `hoi:<site>:…` in the frame's own storage, which no other site can read.
//! Storage may be blocked or full; the chat then works until the page is left.

use super::{
    dispatch,
    root::{self, window},
};
use crate::chat::{Event, Kept, Key, OutgoingMessage, Saved, Transport};
use browser::storage::{self, Area};
use std::cell::RefCell;
use web_sys::{Storage, StorageEvent};

thread_local! {
    static PREFIX: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Begins each key of things said.
const OUTGOING: &str = "said:";

/// What was kept of `site`'s chat. From here on everything is kept for that site.
pub fn load(site: &str) -> Saved {
    PREFIX.with_borrow_mut(|prefix| *prefix = ["hoi:", site, ":"].concat());
    Saved {
        kept: kept(),
        outgoing: storage::open(Area::Local).map(|storage| outgoing(&storage)).unwrap_or_default(),
        draft: get(Key::Draft).unwrap_or_default(),
        lang: get(Key::Lang),
        display: get(Key::Display).unwrap_or_default(),
        ticks: get(Key::Ticks).unwrap_or_default(),
        ratings: get(Key::Ratings).unwrap_or_default(),
        transport: get(Key::Transport).map(|name| Transport::from_name(&name)).unwrap_or_default(),
    }
}

fn get(key: Key) -> Option<String> {
    storage::get(area(key), &name(key))
}

fn kept() -> Option<Kept> {
    wire::json::read_json(&get(Key::Conversation)?)
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
    let kept = kept();
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

fn outgoing(storage: &Storage) -> Vec<OutgoingMessage> {
    let begin = full(OUTGOING);
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok().flatten());
    let values =
        keys.filter(|key| key.starts_with(&begin)).filter_map(|key| storage.get_item(&key).ok().flatten());
    values.filter_map(|json| wire::json::read_json(&json)).collect()
}

/// Keeps `text` under `key`.
pub fn store(key: Key, text: &str) {
    storage::set(area(key), &name(key), text);
}

/// Keeps nothing under `key`.
pub fn forget(key: Key) {
    storage::remove(area(key), &name(key));
}

fn name(key: Key) -> String {
    match key {
        Key::Conversation => full("conversation"),
        Key::Draft => full("draft"),
        Key::Lang => full("lang"),
        Key::Display => full("display"),
        Key::Transport => full("way"),
        Key::Ticks => full("ticks"),
        Key::Ratings => full("ratings"),
        Key::Outgoing(id) => full(&[OUTGOING, &id.to_hex()].concat()),
    }
}

fn full(key: &str) -> String {
    PREFIX.with_borrow(|prefix| [prefix, key].concat())
}

/// Where `key` belongs: which transport works may be otherwise tomorrow, on another network.
fn area(key: Key) -> Area {
    match key {
        Key::Conversation
        | Key::Draft
        | Key::Lang
        | Key::Display
        | Key::Ticks
        | Key::Ratings
        | Key::Outgoing(_) => Area::Local,
        Key::Transport => Area::Session,
    }
}
