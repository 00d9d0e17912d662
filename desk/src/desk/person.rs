//! What leads may do with the data of a visitor: erase it, or save a copy. Both need a reason, which stands in the trail.

use super::{
    effect::{ConnectionTarget, DeskEffect, PersonalDataRequest, Spot},
    screen::Pane,
    state::Desk,
};
use wire::{Id, desk::Role};

impl Desk {
    /// Whether data may be erased and handed out.
    pub fn may_erase(&self) -> bool {
        self.me.as_ref().is_some_and(|me| me.role == Role::Lead)
    }
}

/// Asks the edge about the conversation that is shown. Without a reason nothing is asked.
pub fn send_request(desk: &mut Desk, request: PersonalDataRequest) -> Vec<DeskEffect> {
    let (Some(id), true) = (desk.open, desk.may_erase() && !request.reason.trim().is_empty()) else {
        return Vec::new();
    };
    desk.dialog = None;
    desk.notice = None;
    vec![DeskEffect::RequestPersonalData(id, request)]
}

/// What the edge says: a copy, or that it was done; nothing if it was not.
pub fn on_response(desk: &mut Desk, id: Id, erases: bool, answer: Option<String>) -> Vec<DeskEffect> {
    let Some(text) = answer else {
        let text = desk.words().person_failed.to_owned();
        desk.notice = Some(text.clone());
        return vec![DeskEffect::Announce { text, urgent: true }];
    };
    if erases {
        return on_erased(desk, id).into_iter().chain([DeskEffect::Focus(Spot::List)]).collect();
    }
    let name = format!("{}-{id}.json", desk.site);
    vec![DeskEffect::SaveFile { name, text }]
}

/// The conversation was erased, here or elsewhere: nothing of it is kept or shown any more, and whoever had it open is told.
pub fn on_erased(desk: &mut Desk, id: Id) -> Vec<DeskEffect> {
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
    vec![DeskEffect::HangUp(ConnectionTarget::Chat(id)), DeskEffect::Announce { text, urgent: false }]
}
