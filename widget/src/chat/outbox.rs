//! What the visitor says: drawn at once, kept, and sent until it is acknowledged.

use super::{
    Chat, ChatEffect, ChatNotice, DeliveryState, LazyState, MessageRow, OutgoingMessage, RowKey, StorageKey,
    Timer, connection, display, feedback, people, personal, start, transport,
};
use wire::{Button, Fault, Id, Up, Word, limits::MAX_SAY_CHARS};

/// The composer holds other text now. The line is opened early: the first answer then comes sooner.
pub fn on_input(chat: &mut Chat, text: String) -> Vec<ChatEffect> {
    let mut effects = vec![if text.is_empty() {
        ChatEffect::Forget(StorageKey::Draft)
    } else {
        ChatEffect::Store(StorageKey::Draft, text.clone())
    }];
    let first = chat.draft.is_empty() && !text.is_empty();
    if chat.draft.is_empty() != text.is_empty() {
        effects.extend(people::send_typing(chat, !text.is_empty()));
    }
    personal::on_draft_change(chat);
    chat.draft = text;
    if !chat.primed && personal::is_due(chat, &chat.draft) {
        chat.primed = true;
        effects.push(ChatEffect::SearchSoon);
    }
    if chat.excess > 0 {
        chat.excess = chat.draft.trim().chars().count().saturating_sub(MAX_SAY_CHARS);
    }
    if first {
        effects.extend(connection::connect(chat));
    }
    effects
}

/// Sends what the composer holds, if there is something in it and not too much.
pub fn on_submit(chat: &mut Chat, id: Id, at: u64) -> Vec<ChatEffect> {
    let text = chat.draft.trim().to_owned();
    if chat.uploads.is_sending() {
        return vec![ChatEffect::announce(chat.words.word_text(Word::Uploading)), ChatEffect::FocusComposer];
    }
    if text.is_empty() && !chat.uploads.has_done() {
        return vec![ChatEffect::FocusComposer];
    }
    chat.excess = text.chars().count().saturating_sub(MAX_SAY_CHARS);
    if chat.excess > 0 {
        let told = (chat.lazy == LazyState::Ready).then_some(ChatEffect::AnnounceExcess(chat.excess));
        return told.into_iter().chain([ChatEffect::FocusComposer]).collect();
    }
    if let Some(searching) = personal::check_message(chat, &text, id, at) {
        return searching;
    }
    let mut effects = clear_draft(chat);
    effects.extend(send_text(chat, text, None, id, at));
    effects.push(ChatEffect::FocusComposer);
    effects
}

/// What stood in the composer is sent: it goes.
pub fn clear_draft(chat: &mut Chat) -> Vec<ChatEffect> {
    chat.draft.clear();
    vec![ChatEffect::Draft(String::new()), ChatEffect::Forget(StorageKey::Draft)]
}

/// Says what stands on a button. The button goes, so the focus needs another place.
pub fn on_button_press(chat: &mut Chat, button: &Button, id: Id, at: u64) -> Vec<ChatEffect> {
    let mut effects = send_text(chat, button.label.clone(), button.pick.clone(), id, at);
    effects.push(ChatEffect::FocusLog);
    effects
}

/// Says `text`.
pub fn send_text(chat: &mut Chat, text: String, pick: Option<String>, id: Id, at: u64) -> Vec<ChatEffect> {
    let (lang, files) = (chat.look.lang.clone(), chat.uploads.take_done());
    send_message(chat, OutgoingMessage { id, text, lang, pick, value: None, files, at })
}

/// Says it.
pub fn send_message(chat: &mut Chat, said: OutgoingMessage) -> Vec<ChatEffect> {
    let mut effects = display::on_question(chat);
    if !std::mem::replace(&mut chat.kept, true) {
        effects.push(start::claim_conversation(chat));
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
    chat.timeline.entries.iter().flat_map(|line| send(chat, line)).collect()
}

/// Whether something waits to be acknowledged.
pub fn has_pending(chat: &Chat) -> bool {
    chat.timeline.entries.iter().any(|row| row.delivery.is_pending())
}

/// The edge takes more again.
pub fn let_go(chat: &mut Chat) -> Vec<ChatEffect> {
    chat.held = false;
    if matches!(chat.notice, Some(ChatNotice::TooFast | ChatNotice::TooMuch)) {
        chat.notice = None;
    }
    flush(chat).into_iter().chain(feedback::resend_pending(chat)).collect()
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
    [ChatEffect::Forget(StorageKey::Outgoing(id))].into_iter().chain(transport::poll_soon(chat)).collect()
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
