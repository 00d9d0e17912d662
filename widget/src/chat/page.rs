//! What the page around the frame asks for, and what it is told.

use super::{
    connection,
    effect::{ChatEffect, ToPage},
    event::FromPage,
    feedback, identity, notice, outbox, people, personal, session_refresh, standing,
    state::{Chat, notice::ChatNotice, personal_data::PersonalDataDecision},
};

/// The loader wants something.
pub fn from_page(chat: &mut Chat, message: FromPage) -> Vec<ChatEffect> {
    match message {
        FromPage::Open => open_panel(chat),
        FromPage::Close => {
            chat.open = false;
            Vec::new()
        }
        FromPage::Prefill(text) => prefill(chat, text),
        FromPage::Ask { text, id, at } => ask_question(chat, &text, id, at),
        FromPage::Locale(lang) => session_refresh::change_language(chat, lang),
        FromPage::Scheme(scheme) => vec![ChatEffect::Wear(scheme)],
        FromPage::Identify(token) => identity::identify(chat, token),
        FromPage::Context(values) => identity::set_context(chat, values),
        FromPage::Reset => session_refresh::start_over(chat),
    }
}

fn open_panel(chat: &mut Chat) -> Vec<ChatEffect> {
    chat.open = true;
    let mut effects = vec![ChatEffect::FocusPanel];
    if std::mem::take(&mut chat.unread) > 0 {
        effects.push(ChatEffect::Tell(ToPage::Unread(0)));
    }
    if chat.kept {
        effects.extend(connection::connect(chat));
    }
    effects.extend(standing::poll_status(chat));
    effects.extend(people::send_read_receipt(chat));
    effects
}

fn prefill(chat: &mut Chat, text: String) -> Vec<ChatEffect> {
    // Not the visitor's words yet, so they are not stored.
    chat.draft.clone_from(&text);
    let mut effects = vec![ChatEffect::Draft(text)];
    if chat.open {
        effects.push(ChatEffect::FocusComposer);
    }
    effects
}

/// Asked by the page as the visitor pressed something there. What stands in the composer is left alone.
fn ask_question(chat: &mut Chat, text: &str, id: wire::Id, at: u64) -> Vec<ChatEffect> {
    let text: String = text.trim().chars().take(wire::limits::MAX_SAY_CHARS).collect();
    if text.is_empty() {
        return Vec::new();
    }
    personal::check_message(chat, &text, id, at)
        .unwrap_or_else(|| outbox::send_text(chat, text, None, id, at))
}

/// Escape closes the smallest thing that is open: a question back, then the panel.
pub fn on_escape(chat: &mut Chat) -> Vec<ChatEffect> {
    if chat.asking.is_some() {
        return personal::on_answer(chat, PersonalDataDecision::Edit, wire::Id(0), 0);
    }
    if chat.opinion.ending || chat.opinion.why.is_some() {
        return feedback::skip_question(chat);
    }
    if chat.notice == Some(ChatNotice::StartOver) {
        return notice::on_dismiss(chat);
    }
    if !chat.framed {
        return Vec::new();
    }
    chat.open = false;
    vec![ChatEffect::Tell(ToPage::Close)]
}
