//! What must hold.

use super::world::World;
use std::collections::BTreeSet;
use widget::chat::TimelineEntry as _;
use wire::{AuthorKind, Body, Id, Rated};

/// At every moment, on every screen: ordered by number, each number and each key once.
pub fn now(world: &World) {
    for client in &world.clients {
        let Some(chat) = &client.chat else { continue };
        let ranks: Vec<u64> = chat.timeline.entries.iter().map(|line| line.sort_key()).collect();
        assert!(ranks.is_sorted(), "out of order: {ranks:?}");
        let numbered: Vec<u64> = ranks.into_iter().filter(|rank| *rank < u64::MAX).collect();
        assert!(numbered.windows(2).all(|pair| pair[0] < pair[1]), "shown twice: {numbered:?}");
        let keys: BTreeSet<String> =
            chat.timeline.entries.iter().map(|line| format!("{:?}", line.key)).collect();
        assert_eq!(keys.len(), chat.timeline.entries.len(), "a line twice");
    }
}

fn sorted(rated: &Rated) -> [BTreeSet<u64>; 2] {
    [&rated.good, &rated.bad].map(|places| places.iter().copied().collect())
}

/// When all is quiet again: every screen shows the log, everything said is in it once, in the order it was said, and
/// the agency was asked about each question under one key.
pub fn in_the_end(world: &World) {
    now(world);
    let object = &world.object;
    let log: Vec<(u64, &Body)> = object.store.messages.iter().map(|m| (m.seq, &m.body)).collect();
    let numbers: Vec<u64> = log.iter().map(|(seq, _)| *seq).collect();
    assert_eq!(numbers, (1..=log.len() as u64).collect::<Vec<_>>(), "the log has holes");
    for (index, client) in world.clients.iter().enumerate() {
        let Some(chat) = &client.chat else { continue };
        if client.storage.borrow().kept.is_some() {
            let shown: Vec<(u64, &Body)> =
                chat.timeline.entries.iter().map(|line| (line.message.seq, &line.message.body)).collect();
            assert_eq!(shown, log, "tab {index} shows something else than the log");
        }
        if client.storage.borrow().kept.is_some() {
            let told = hoi_core::conversation::rated_answers(&object.store).unwrap().unwrap_or_default();
            assert_eq!(sorted(&chat.opinion.rated), sorted(&told), "tab {index}: what helped");
        }
        assert_eq!(client.storage.borrow().outgoing, [], "tab {index}: acknowledged and still kept");
    }
    let written: Vec<Id> = object.store.messages.iter().filter_map(|message| message.id).collect();
    for (index, client) in world.clients.iter().enumerate() {
        let places: Vec<Option<usize>> =
            client.said.iter().map(|id| written.iter().position(|other| other == id)).collect();
        assert!(places.iter().all(Option::is_some), "tab {index}: said and lost: {places:?}");
        assert!(places.is_sorted(), "tab {index}: not in the order said: {places:?}");
    }
    assert_eq!(written.iter().collect::<BTreeSet<_>>().len(), written.len(), "written twice");
    assert!(object.store.outbox.is_empty(), "a question is still on its way: {:?}", object.store.outbox);
    let questions: Vec<u64> = object
        .store
        .messages
        .iter()
        .filter(|m| m.author.kind == AuthorKind::Visitor)
        .map(|m| m.seq)
        .collect();
    let keys: BTreeSet<&String> = object.acted.keys().collect();
    assert!(keys.len() <= questions.len(), "the agency acted more often than it was asked");
}
