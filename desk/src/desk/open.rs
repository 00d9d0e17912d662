//! A conversation is opened, or is none any more.

use super::{
    alerts, composer, connection,
    effect::{ConnectionTarget, DeskEffect, Spot},
    queue::is_mine,
    screen::{DeskPage, Pane},
    state::Desk,
    talk::Talk,
};
use wire::Id;

/// Shows a conversation.
pub fn open_conversation(desk: &mut Desk, id: Id) -> Vec<DeskEffect> {
    let mut effects = composer::stop_typing(desk);
    let before = desk.open.replace(id);
    desk.talks.entry(id).or_insert_with(|| Talk::new(id)).trouble = None;
    desk.notice = None;
    desk.page = DeskPage::Chats;
    desk.pane = Pane::Talk;
    if let Some(before) = before.filter(|before| *before != id) {
        effects.extend(connection::let_go(desk, before));
    }
    effects.extend(connection::connect(desk, ConnectionTarget::Chat(id)));
    alerts::mark_seen(desk);
    effects.extend(alerts::send_read_receipt(desk));
    effects.extend(composer::request_suggestions(desk, id));
    let mine = desk.chat(id).is_some_and(|chat| is_mine(desk, chat));
    effects.push(DeskEffect::Focus(if mine { Spot::Composer } else { Spot::Heading }));
    effects.push(DeskEffect::ScrollToEnd);
    effects
}

/// The board has no such conversation any more: nothing is kept of it, unless it is shown or has something to send.
pub fn forget_conversation(desk: &mut Desk, id: Id) -> Vec<DeskEffect> {
    desk.seen.remove(&id);
    let kept = desk.open == Some(id) || desk.talks.get(&id).is_none_or(|talk| !talk.outbox.is_empty());
    if kept {
        return Vec::new();
    }
    desk.talks.remove(&id);
    vec![DeskEffect::HangUp(ConnectionTarget::Chat(id))]
}
