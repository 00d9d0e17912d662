//! Where the visitor writes, or presses a button that says something.

use super::{
    connection, draft,
    effect::{ChatEffect, StorageKey},
    outbox, people, personal,
    state::{Chat, lazy::LazyState},
};
use wire::{Button, Id, Word, limits::MAX_SAY_CHARS};

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
        let mut effects = Vec::from_iter(told);
        effects.push(ChatEffect::FocusComposer);
        return effects;
    }
    if let Some(searching) = personal::check_message(chat, &text, id, at) {
        return searching;
    }
    let mut effects = draft::clear_draft(chat);
    effects.extend(outbox::send_text(chat, text, None, id, at));
    effects.push(ChatEffect::FocusComposer);
    effects
}

/// Says what stands on a button. The button goes, so the focus needs another place.
pub fn on_button_press(chat: &mut Chat, button: &Button, id: Id, at: u64) -> Vec<ChatEffect> {
    let mut effects = outbox::send_text(chat, button.label.clone(), button.pick.clone(), id, at);
    effects.push(ChatEffect::FocusLog);
    effects
}
