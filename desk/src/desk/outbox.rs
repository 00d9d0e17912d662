//! What was said here: kept until the edge has written it down.

use super::{
    connection,
    effect::{DeskEffect, Spot},
    state::Desk,
    talk::{OutboxItem, Talk},
};
use client::DeliveryState;
use wire::{Id, desk::Refusal};

/// Says `out` in `talk`; it goes out now, or as soon as the line works.
pub fn queue_item(talk: &mut Talk, out: OutboxItem) -> Option<DeskEffect> {
    let frame = out.to_frame();
    talk.outbox.push(out);
    (talk.connection.is_online()).then_some(DeskEffect::SendChat(talk.id, frame))
}

/// Sends everything again that was not acknowledged. The same id with the same words is the same saying.
pub fn resend_pending(talk: &Talk) -> Vec<DeskEffect> {
    let waits = talk.outbox.iter().filter(|out| out.delivery.is_pending());
    waits.map(|out| DeskEffect::SendChat(talk.id, out.to_frame())).collect()
}

/// It is written down. It stays as it is drawn until its message comes.
pub fn on_ack(desk: &mut Desk, id: Id, said: Id, seq: u64) -> Vec<DeskEffect> {
    let Some(talk) = desk.talks.get_mut(&id) else { return Vec::new() };
    if talk.timeline.contains(seq) {
        talk.outbox.retain(|out| out.id != said);
    } else if let Some(out) = talk.outbox.iter_mut().find(|out| out.id == said) {
        (out.seq, out.delivery) = (Some(seq), DeliveryState::Sent);
    }
    on_change(desk, id)
}

/// The message with this number is here, said under this id.
pub fn remove_delivered(talk: &mut Talk, seq: u64, id: Option<Id>) {
    talk.outbox.retain(|out| out.seq != Some(seq) && Some(out.id) != id);
}

/// What was said under this id was not taken.
pub fn mark_failed(talk: &mut Talk, said: Id, why: &Refusal) {
    if let Some(out) = talk.outbox.iter_mut().find(|out| out.id == said) {
        out.delivery.mark_failed(why.clone());
    }
}

/// Says it once more.
pub fn retry_item(desk: &mut Desk, said: Id) -> Vec<DeskEffect> {
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    let online = talk.connection.is_online();
    let id = talk.id;
    let Some(out) = talk.outbox.iter_mut().find(|out| out.id == said) else { return Vec::new() };
    out.delivery = DeliveryState::Pending;
    let frame = out.to_frame();
    let mut effects = vec![DeskEffect::Focus(Spot::Composer)];
    if online {
        effects.push(DeskEffect::SendChat(id, frame));
    }
    effects
}

/// Takes it back into the composer, where nothing else is being written.
pub fn discard_item(desk: &mut Desk, said: Id) -> Vec<DeskEffect> {
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    let id = talk.id;
    let Some(place) = talk.outbox.iter().position(|out| out.id == said) else { return Vec::new() };
    let out = talk.outbox.remove(place);
    if talk.text.trim().is_empty() {
        talk.text = out.text;
        talk.internal = out.note;
    }
    talk.uploads.restore(out.files);
    let mut effects = on_change(desk, id);
    effects.push(DeskEffect::Focus(Spot::Composer));
    effects
}

/// What follows when something left the outbox: the line may go, and the page may be left.
pub fn on_change(desk: &mut Desk, id: Id) -> Vec<DeskEffect> {
    let unsent = desk.talks.values().any(|talk| !talk.outbox.is_empty());
    connection::let_go(desk, id).into_iter().chain([DeskEffect::GuardUnload(unsent)]).collect()
}
