//! What leads may do with the data of a visitor: erase it, or save a copy. Both need a reason, which stands in the trail.

use super::{Desk, Effect, Pane, Place, Spot};
use wire::{Id, desk::Role};

/// What is asked of the edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Whether it is to be erased; else a copy is wanted.
    pub erases: bool,
    /// Why.
    pub reason: String,
    /// Whether all conversations are meant that the host's server signs as this visitor's.
    pub everything: bool,
    /// Whether cases that were handed in are erased, too.
    pub cases: bool,
}

impl Desk {
    /// Whether data may be erased and handed out.
    pub fn may_erase(&self) -> bool {
        self.me.as_ref().is_some_and(|me| me.role == Role::Lead)
    }
}

/// Asks the edge about the conversation that is shown. Without a reason nothing is asked.
pub fn ordered(desk: &mut Desk, order: Order) -> Vec<Effect> {
    let (Some(id), true) = (desk.open, desk.may_erase() && !order.reason.trim().is_empty()) else {
        return Vec::new();
    };
    desk.dialog = None;
    desk.notice = None;
    vec![Effect::Person(id, order)]
}

/// What the edge says: a copy, or that it was done; nothing if it was not.
pub fn done(desk: &mut Desk, id: Id, erases: bool, answer: Option<String>) -> Vec<Effect> {
    let Some(text) = answer else {
        let text = desk.words().person_failed.to_owned();
        desk.notice = Some(text.clone());
        return vec![Effect::Announce { text, urgent: true }];
    };
    if erases {
        return gone(desk, id).into_iter().chain([Effect::Focus(Spot::List)]).collect();
    }
    let name = format!("{}-{id}.json", desk.site);
    vec![Effect::Save { name, text }]
}

/// The conversation was erased, here or elsewhere: nothing of it is kept or shown any more, and whoever had it open is told.
pub fn gone(desk: &mut Desk, id: Id) -> Vec<Effect> {
    desk.chats.retain(|chat| chat.id != id);
    desk.seen.remove(&id);
    if desk.open == Some(id) {
        desk.open = None;
        desk.pane = Pane::List;
    }
    if desk.talks.remove(&id).is_none() {
        return Vec::new();
    }
    let text = desk.words().erased.to_owned();
    desk.notice = Some(text.clone());
    vec![Effect::HangUp(Place::Chat(id)), Effect::Announce { text, urgent: false }]
}
