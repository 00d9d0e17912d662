//! What the page around the frame asks for, and what it is told.

use super::{
    Answer, Chat, Effect, FromPage, Notice, ToPage, connection, feedback, identity, notice, outbox, people,
    personal, session_refresh, standing,
};

/// The loader wants something.
pub fn from_page(chat: &mut Chat, message: FromPage) -> Vec<Effect> {
    match message {
        FromPage::Open => open(chat),
        FromPage::Close => {
            chat.open = false;
            Vec::new()
        }
        FromPage::Prefill(text) => prefill(chat, text),
        FromPage::Ask { text, id, at } => ask(chat, &text, id, at),
        FromPage::Locale(lang) => session_refresh::language(chat, lang),
        FromPage::Scheme(scheme) => vec![Effect::Wear(scheme)],
        FromPage::Identify(token) => identity::identify(chat, token),
        FromPage::Context(values) => identity::context(chat, values),
        FromPage::Reset => session_refresh::start_over(chat),
    }
}

fn open(chat: &mut Chat) -> Vec<Effect> {
    chat.open = true;
    let mut effects = vec![Effect::FocusPanel];
    if std::mem::take(&mut chat.unread) > 0 {
        effects.push(Effect::Tell(ToPage::Unread(0)));
    }
    if chat.kept {
        effects.extend(connection::connect(chat));
    }
    effects.extend(standing::watch(chat));
    effects.extend(people::sees(chat));
    effects
}

fn prefill(chat: &mut Chat, text: String) -> Vec<Effect> {
    // Not the visitor's words yet, so they are not stored.
    chat.draft.clone_from(&text);
    let mut effects = vec![Effect::Draft(text)];
    if chat.open {
        effects.push(Effect::FocusComposer);
    }
    effects
}

/// Asked by the page as the visitor pressed something there. What stands in the composer is left alone.
fn ask(chat: &mut Chat, text: &str, id: wire::Id, at: u64) -> Vec<Effect> {
    let text: String = text.trim().chars().take(wire::limits::MAX_SAY_CHARS).collect();
    if text.is_empty() {
        return Vec::new();
    }
    personal::ask(chat, &text, id, at).unwrap_or_else(|| outbox::say(chat, text, None, id, at))
}

/// Escape closes the smallest thing that is open: a question back, then the panel.
pub fn escaped(chat: &mut Chat) -> Vec<Effect> {
    if chat.asking.is_some() {
        return personal::answered(chat, Answer::Edit, wire::Id(0), 0);
    }
    if chat.opinion.ending || chat.opinion.why.is_some() {
        return feedback::skip(chat);
    }
    if chat.notice == Some(Notice::StartOver) {
        return notice::dismissed(chat);
    }
    if !chat.framed {
        return Vec::new();
    }
    chat.open = false;
    vec![Effect::Tell(ToPage::Close)]
}
