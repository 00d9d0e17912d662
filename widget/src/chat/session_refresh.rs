//! Fresh sessions: for a ticket that is no longer taken, for a visitor who starts over, for another language.

use super::{Chat, ConnectionState, Effect, Key, Notice, RowKey, Why, connection, identity, start};
use wire::{AuthorKind, Boot, Word};

/// The visitor wants a new conversation. The old one goes only when the new one is there.
pub fn start_over(chat: &mut Chat) -> Vec<Effect> {
    if chat.notice == Some(Notice::StartOver) {
        chat.notice = None;
    }
    if !chat.kept {
        return Vec::new();
    }
    vec![Effect::Fetch { lang: chat.langs(), why: Why::StartOver }]
}

/// The visitor chose a language: here, and the next time.
pub fn choose(chat: &mut Chat, lang: String) -> Vec<Effect> {
    let kept = Effect::Store(Key::Lang, lang.clone());
    let mut effects = language(chat, lang);
    if !effects.is_empty() {
        effects.push(kept);
    }
    effects
}

/// The visitor was answered in `lang`, because that is what was written. Where nobody has said what the panel is to be in,
/// it follows_language, once.
pub fn follow_language(chat: &mut Chat, kind: AuthorKind, lang: String) -> Vec<Effect> {
    let software = matches!(kind, AuthorKind::Assistant | AuthorKind::Agency);
    if !chat.follows_language || !software || lang == chat.look.lang {
        return Vec::new();
    }
    language(chat, lang)
}

/// The visitor, or the page, wants another language: for the widget's words, and for the site's texts where they exist
/// in it.
pub fn language(chat: &mut Chat, lang: String) -> Vec<Effect> {
    chat.follows_language = false;
    let primary = |lang: &str| lang.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let offered = || chat.look.languages.iter().chain(&chat.look.interface);
    let found = offered().find(|own| **own == lang).or_else(|| offered().find(|own| **own == primary(&lang)));
    match found {
        Some(found) if *found != chat.words.word_text(Word::Lang) => {
            vec![Effect::Fetch { lang: [found, ",", &chat.look.lang].concat(), why: Why::Language }]
        }
        _ => Vec::new(),
    }
}

/// A fresh session came.
pub fn on_session(chat: &mut Chat, why: Why, boot: Boot) -> Vec<Effect> {
    chat.look = boot.look;
    chat.words = boot.words;
    match why {
        Why::Language => hello_again(chat),
        Why::Ticket => {
            let mut effects = replace(chat, boot.conversation, boot.ticket);
            chat.renewing = false;
            if chat.kept {
                chat.timeline.entries.retain(|line| line.message.seq == 0);
                chat.notice = Some(Notice::Expired);
                effects.push(Notice::Expired.announce(&chat.words));
                effects.push(start::keep(chat));
            }
            // The `Fetch` stood for connecting.
            chat.connection.state = ConnectionState::Waiting;
            effects.extend(connection::connect(chat));
            effects
        }
        Why::StartOver => {
            let mut effects = forget(chat);
            effects.extend(replace(chat, boot.conversation, boot.ticket));
            chat.asking = None;
            chat.timeline.entries.clear();
            chat.uploads.files.clear();
            chat.kept = false;
            chat.catching_up = false;
            chat.connection.state = ConnectionState::Idle;
            effects.push(Effect::Disconnect);
            effects.push(Effect::FocusComposer);
            effects
        }
    }
}

/// The conversation was deleted, here or elsewhere. Nothing of it stays on this device, and another one begins.
pub fn on_erased(chat: &mut Chat) -> Vec<Effect> {
    let mut effects = forget(chat);
    chat.asking = None;
    chat.timeline.entries.clear();
    chat.uploads.files.clear();
    chat.kept = false;
    chat.catching_up = false;
    chat.working = None;
    chat.notice = Some(Notice::Erased);
    chat.renewing = true;
    chat.connection.state = ConnectionState::Idle;
    effects.push(Effect::Disconnect);
    effects.push(Notice::Erased.announce(&chat.words));
    effects.extend(connection::connect(chat));
    effects
}

/// The edge should answer in the new language from now on.
fn hello_again(chat: &Chat) -> Vec<Effect> {
    match chat.connection.state {
        ConnectionState::Online => vec![connection::hello(chat)],
        ConnectionState::Idle
        | ConnectionState::Connecting
        | ConnectionState::Greeting
        | ConnectionState::Waiting
        | ConnectionState::Refused => Vec::new(),
    }
}

fn replace(chat: &mut Chat, conversation: wire::Id, ticket: String) -> Vec<Effect> {
    identity::forget(chat);
    chat.conversation = conversation;
    chat.ticket = ticket;
    chat.timeline.epoch = None;
    chat.opinion = Default::default();
    chat.ticks.clear();
    chat.timeline.base = 0;
    chat.undrawn = 0;
    chat.past = 0;
    chat.working = None;
    chat.announced = false;
    chat.held = false;
    chat.below = false;
    chat.following = true;
    vec![Effect::ScrollToEnd]
}

fn forget(chat: &Chat) -> Vec<Effect> {
    let unsent = chat.timeline.entries.iter().filter(|line| !line.delivery.is_sent());
    let unsent = unsent.filter_map(|line| match line.key {
        RowKey::Id(id) => Some(Effect::Forget(Key::Outgoing(id))),
        RowKey::Seq(_) => None,
    });
    unsent.chain([Key::Conversation, Key::Draft, Key::Ticks, Key::Ratings].map(Effect::Forget)).collect()
}

/// No fresh session could be had.
pub fn on_failure(chat: &mut Chat, why: Why, chance: u32) -> Vec<Effect> {
    match why {
        Why::Ticket => connection::closed(chat, chance),
        Why::StartOver => {
            chat.notice = Some(Notice::Broken);
            vec![Notice::Broken.announce(&chat.words)]
        }
        Why::Language => Vec::new(),
    }
}
