//! Fresh sessions: for a ticket that is no longer taken, for a visitor who starts over, for another language.

use super::{
    connection,
    conversation::{forget_conversation, replace_conversation, store_conversation},
    effect::{ChatEffect, FetchReason, StorageKey},
    state::{Chat, notice::ChatNotice},
};
use client::ConnectionState;
use wire::{AuthorKind, Boot, Word};

/// The visitor wants a new conversation. The old one goes only when the new one is there.
pub fn start_over(chat: &mut Chat) -> Vec<ChatEffect> {
    if chat.notice == Some(ChatNotice::StartOver) {
        chat.notice = None;
    }
    if !chat.kept {
        return Vec::new();
    }
    vec![ChatEffect::Fetch { lang: chat.preferred_languages(), why: FetchReason::StartOver }]
}

/// The visitor chose a language: here, and the next time.
pub fn choose_language(chat: &mut Chat, lang: String) -> Vec<ChatEffect> {
    let kept = ChatEffect::Store(StorageKey::Lang, lang.clone());
    let mut effects = change_language(chat, lang);
    if !effects.is_empty() {
        effects.push(kept);
    }
    effects
}

/// The visitor was answered in `lang`, because that is what was written. Where nobody has said what the panel is to be in,
/// it follows, once.
pub fn follow_language(chat: &mut Chat, kind: AuthorKind, lang: String) -> Vec<ChatEffect> {
    let software = matches!(kind, AuthorKind::Assistant | AuthorKind::Agency);
    if !chat.follows_language || !software || lang == chat.look.lang {
        return Vec::new();
    }
    change_language(chat, lang)
}

/// The visitor, or the page, wants another language: for the widget's words, and for the site's texts where they exist
/// in it.
pub fn change_language(chat: &mut Chat, lang: String) -> Vec<ChatEffect> {
    chat.follows_language = false;
    let primary = |lang: &str| lang.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let offered = || chat.look.languages.iter().chain(&chat.look.interface);
    let found = offered().find(|own| **own == lang).or_else(|| offered().find(|own| **own == primary(&lang)));
    match found {
        Some(found) if *found != chat.words.word_text(Word::Lang) => {
            vec![ChatEffect::Fetch {
                lang: [found, ",", &chat.look.lang].concat(),
                why: FetchReason::Language,
            }]
        }
        _ => Vec::new(),
    }
}

/// A fresh session came.
pub fn on_session(chat: &mut Chat, why: FetchReason, boot: Boot) -> Vec<ChatEffect> {
    chat.look = boot.look;
    chat.words = boot.words;
    match why {
        FetchReason::Language => hello_again(chat),
        FetchReason::Ticket => {
            let mut effects = replace_conversation(chat, boot.conversation, boot.ticket);
            chat.renewing = false;
            if chat.kept {
                chat.timeline.entries.retain(|line| line.message.seq == 0);
                chat.notice = Some(ChatNotice::Expired);
                effects.push(ChatNotice::Expired.announce(&chat.words));
                effects.push(store_conversation(chat));
            }
            // The `Fetch` stood for connecting.
            chat.connection.state = ConnectionState::Waiting;
            effects.extend(connection::connect(chat));
            effects
        }
        FetchReason::StartOver => {
            let mut effects = forget_conversation(chat);
            effects.extend(replace_conversation(chat, boot.conversation, boot.ticket));
            chat.asking = None;
            chat.timeline.entries.clear();
            chat.uploads.files.clear();
            chat.kept = false;
            chat.catching_up = false;
            chat.connection.state = ConnectionState::Idle;
            effects.push(ChatEffect::Disconnect);
            effects.push(ChatEffect::FocusComposer);
            effects
        }
    }
}

/// The conversation was deleted, here or elsewhere. Nothing of it stays on this device, and another one begins.
pub fn on_erased(chat: &mut Chat) -> Vec<ChatEffect> {
    let mut effects = forget_conversation(chat);
    chat.asking = None;
    chat.timeline.entries.clear();
    chat.uploads.files.clear();
    chat.kept = false;
    chat.catching_up = false;
    chat.working = None;
    chat.notice = Some(ChatNotice::Erased);
    chat.renewing = true;
    chat.connection.state = ConnectionState::Idle;
    effects.push(ChatEffect::Disconnect);
    effects.push(ChatNotice::Erased.announce(&chat.words));
    effects.extend(connection::connect(chat));
    effects
}

/// The edge should answer in the new language from now on.
fn hello_again(chat: &Chat) -> Vec<ChatEffect> {
    match chat.connection.state {
        ConnectionState::Online => vec![connection::send_hello(chat)],
        ConnectionState::Idle
        | ConnectionState::Connecting
        | ConnectionState::Greeting
        | ConnectionState::Waiting
        | ConnectionState::Refused => Vec::new(),
    }
}

/// No fresh session could be had.
pub fn on_failure(chat: &mut Chat, why: FetchReason, chance: u32) -> Vec<ChatEffect> {
    match why {
        FetchReason::Ticket => connection::on_close(chat, chance),
        FetchReason::StartOver => {
            chat.notice = Some(ChatNotice::Broken);
            vec![ChatNotice::Broken.announce(&chat.words)]
        }
        FetchReason::Language => Vec::new(),
    }
}
