//! What the visitor says: drawn at once, kept, and sent until it is acknowledged.

use super::{
    connection, conversation, display,
    effect::{ChatEffect, StorageKey, Timer},
    feedback,
    message_row::{MessageRow, OutgoingMessage, RowKey},
    state::{Chat, notice::ChatNotice},
    transport,
};
use client::DeliveryState;
use wire::{Fault, Id, Up};

/// Says `text`.
pub fn send_text(chat: &mut Chat, text: String, pick: Option<String>, id: Id, at: u64) -> Vec<ChatEffect> {
    let (lang, files) = (chat.look.lang.clone(), chat.uploads.take_done());
    send_message(chat, OutgoingMessage { id, text, lang, pick, value: None, files, at })
}

/// Says it.
pub fn send_message(chat: &mut Chat, said: OutgoingMessage) -> Vec<ChatEffect> {
    let mut effects = display::on_question(chat);
    if !std::mem::replace(&mut chat.kept, true) {
        effects.push(conversation::claim_conversation(chat));
    }
    effects.push(keep_said(&said));
    let line = MessageRow::of_outgoing(said);
    // Though the edge takes nothing more for a while: it answers whoever is in danger all the same, and only the edge can
    // tell who is. What it does not take waits with the rest.
    effects.extend(if chat.held { send_once(chat, &line) } else { send(chat, &line) });
    chat.timeline.entries.push(line);
    chat.following = true;
    chat.below = false;
    if chat.notice.is_some_and(|notice| {
        matches!(
            notice,
            ChatNotice::Expired
                | ChatNotice::Erased
                | ChatNotice::Broken
                | ChatNotice::Reload
                | ChatNotice::StartOver
        )
    }) {
        chat.notice = None;
    }
    effects.extend(connection::connect(chat));
    // Not to the very end: the answer may come before this is drawn, and it is read from its beginning.
    effects.push(ChatEffect::Reveal);
    effects
}

fn keep_said(said: &OutgoingMessage) -> ChatEffect {
    ChatEffect::Store(StorageKey::Outgoing(said.id), said.to_json())
}

/// Sends a line, if the edge takes it now.
fn send(chat: &Chat, line: &MessageRow) -> Vec<ChatEffect> {
    let mut effects = if chat.held { Vec::new() } else { send_once(chat, line) };
    if !effects.is_empty() {
        effects.push(ChatEffect::After { ms: connection::ACK_TIMEOUT_MS, timer: Timer::Ack });
    }
    effects
}

/// Sends a line, if there is a way.
fn send_once(chat: &Chat, line: &MessageRow) -> Vec<ChatEffect> {
    let Some(said) = line.pending().filter(|_| chat.connection.is_online()) else {
        return Vec::new();
    };
    let OutgoingMessage { id, text, lang, pick, value, files, at: _ } = said.clone();
    let files = files.iter().filter_map(|file| file.id).collect();
    vec![ChatEffect::Send(Up::Say { id, text, lang, pick, value, files })]
}

/// Sends everything that waits.
pub fn flush(chat: &Chat) -> Vec<ChatEffect> {
    let mut effects = Vec::new();
    for line in &chat.timeline.entries {
        effects.extend(send(chat, line));
    }
    effects
}

/// Whether something waits to be acknowledged.
pub fn has_pending(chat: &Chat) -> bool {
    chat.timeline.entries.iter().any(|row| row.delivery.is_pending())
}

/// The edge takes more again.
pub fn release_outbox(chat: &mut Chat) -> Vec<ChatEffect> {
    chat.held = false;
    if matches!(chat.notice, Some(ChatNotice::TooFast | ChatNotice::TooMuch)) {
        chat.notice = None;
    }
    let mut effects = flush(chat);
    effects.extend(feedback::resend_pending(chat));
    effects
}

/// The edge has written it down.
pub fn on_ack(chat: &mut Chat, id: Id, seq: u64, at: u64) -> Vec<ChatEffect> {
    let Some(place) = chat.timeline.entries.iter().position(|line| line.key == RowKey::Id(id)) else {
        return Vec::new();
    };
    let mut line = chat.timeline.entries.remove(place);
    if line.message.seq == 0 {
        line.message.seq = seq;
        line.message.at = at;
        line.delivery = DeliveryState::Sent;
        line.outgoing = None;
        line.version += 1;
    }
    chat.timeline.insert(line);
    let mut effects = vec![ChatEffect::Forget(StorageKey::Outgoing(id))];
    effects.extend(transport::poll_soon(chat));
    effects
}

/// Sends a refused line again, under a new id if the old one is used up.
pub fn retry_message(chat: &mut Chat, id: Id, fresh: Id) -> Vec<ChatEffect> {
    let Some(place) = chat.timeline.entries.iter().position(|line| line.key == RowKey::Id(id)) else {
        return Vec::new();
    };
    let line = chat.timeline.entries.remove(place);
    let (DeliveryState::Failed(code), Some(said)) = (line.delivery, line.outgoing.clone()) else {
        chat.timeline.entries.insert(place, line);
        return Vec::new();
    };
    let said = OutgoingMessage { id: if code == Fault::IdReused { fresh } else { id }, ..said };
    let mut effects = vec![ChatEffect::Forget(StorageKey::Outgoing(id)), keep_said(&said)];
    let mut again = MessageRow::of_outgoing(said);
    again.version = line.version + 1;
    effects.extend(send(chat, &again));
    chat.timeline.entries.push(again);
    effects.extend(connection::connect(chat));
    effects.push(ChatEffect::FocusLog);
    effects
}
