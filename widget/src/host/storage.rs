//! What stays in the browser: under `hoi:<site>:…` in the frame's own storage, which no other site can read.
//! Storage may be blocked or full; the chat then works until the page is left.

use super::{
    dispatcher::dispatch,
    root::{self, window},
};
use crate::chat::{ChatEvent, OutgoingMessage, Saved, SavedConversation, StorageKey, Transport};
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
        kept: load_conversation(),
        outgoing: storage::open(Area::Local).map(|storage| load_outgoing(&storage)).unwrap_or_default(),
        draft: get(StorageKey::Draft).unwrap_or_default(),
        lang: get(StorageKey::Lang),
        display: get(StorageKey::Display).unwrap_or_default(),
        ticks: get(StorageKey::Ticks).unwrap_or_default(),
        ratings: get(StorageKey::Ratings).unwrap_or_default(),
        transport: get(StorageKey::Transport).map(|name| Transport::from_name(&name)).unwrap_or_default(),
    }
}

fn get(key: StorageKey) -> Option<String> {
    storage::get(storage_area(key), &key_name(key))
}

fn load_conversation() -> Option<SavedConversation> {
    wire::json::read_json(&get(StorageKey::Conversation)?)
}

/// Reports the conversation that another tab keeps.
pub fn listen() {
    let Some(window) = window() else { return };
    root::add_listener(&window, "storage", |event: StorageEvent| {
        if event.key().is_some_and(|key| key == key_name(StorageKey::Conversation)) {
            report_other_tab();
        }
    });
}

fn report_other_tab() -> bool {
    let kept = load_conversation();
    let found = kept.is_some();
    if let Some(kept) = kept {
        dispatch(ChatEvent::Elsewhere(kept));
    }
    found
}

/// Keeps the conversation in `text`, unless another tab has kept one: then that one is reported.
pub fn claim_conversation(text: &str) {
    if !report_other_tab() {
        store(StorageKey::Conversation, text);
    }
}

fn load_outgoing(storage: &Storage) -> Vec<OutgoingMessage> {
    let begin = prefixed_key(OUTGOING);
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok().flatten());
    let values =
        keys.filter(|key| key.starts_with(&begin)).filter_map(|key| storage.get_item(&key).ok().flatten());
    values.filter_map(|json| wire::json::read_json(&json)).collect()
}

/// Keeps `text` under `key`.
pub fn store(key: StorageKey, text: &str) {
    storage::set(storage_area(key), &key_name(key), text);
}

/// Keeps nothing under `key`.
pub fn remove(key: StorageKey) {
    storage::remove(storage_area(key), &key_name(key));
}

fn key_name(key: StorageKey) -> String {
    match key {
        StorageKey::Conversation => prefixed_key("conversation"),
        StorageKey::Draft => prefixed_key("draft"),
        StorageKey::Lang => prefixed_key("lang"),
        StorageKey::Display => prefixed_key("display"),
        StorageKey::Transport => prefixed_key("way"),
        StorageKey::Ticks => prefixed_key("ticks"),
        StorageKey::Ratings => prefixed_key("ratings"),
        StorageKey::Outgoing(id) => prefixed_key(&[OUTGOING, &id.to_hex()].concat()),
    }
}

fn prefixed_key(key: &str) -> String {
    PREFIX.with_borrow(|prefix| [prefix, key].concat())
}

/// Where `key` belongs: which transport works may be otherwise tomorrow, on another network.
fn storage_area(key: StorageKey) -> Area {
    match key {
        StorageKey::Conversation
        | StorageKey::Draft
        | StorageKey::Lang
        | StorageKey::Display
        | StorageKey::Ticks
        | StorageKey::Ratings
        | StorageKey::Outgoing(_) => Area::Local,
        StorageKey::Transport => Area::Session,
    }
}
