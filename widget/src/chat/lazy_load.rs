//! What comes of something rare. This and all that only it calls is not in the wasm that everybody loads: nothing else
//! may call it before [`super::LazyState::Ready`].

use super::{
    Chat, ChatEffect, FeedbackSubject, LazyEvent, checklist, display, feedback, input_values, navigation,
    outbox, personal, push_subscription, session_refresh, stream_timeout, uploads,
};

/// Takes `rare` in and says what is to be done about it, in order.
#[inline(never)]
pub fn update(chat: &mut Chat, rare: LazyEvent) -> Vec<ChatEffect> {
    match rare {
        LazyEvent::AskedAgain { seq, id, at } => stream_timeout::ask_again(chat, seq, id, at),
        LazyEvent::ChoseLanguage(lang) => session_refresh::choose_language(chat, lang),
        LazyEvent::Begins(procedure) => navigation::open_page(chat, "form", procedure),
        LazyEvent::Leaves => navigation::open_page(chat, "elsewhere", String::new()),
        LazyEvent::Erases => navigation::open_erasure(chat),
        LazyEvent::Wished(wish) => display::on_action(chat, wish),
        LazyEvent::Voices { voices, ears } => {
            chat.display.voices = voices;
            chat.display.ears = ears;
            Vec::new()
        }
        LazyEvent::ReadOut => {
            chat.display.reading = false;
            Vec::new()
        }
        LazyEvent::Heard(text) => display::on_speech(chat, text),
        LazyEvent::Answered { answer, id, at } => personal::on_answer(chat, answer, id, at),
        LazyEvent::Retried { id, fresh } => outbox::retry_message(chat, id, fresh),
        LazyEvent::Ticked(tick, on) => checklist::set_tick(chat, tick, on),
        LazyEvent::Judged(judge) => feedback::on_action(chat, judge),
        LazyEvent::Opined { about, text, at } => feedback::submit(chat, about, &text, at),
        LazyEvent::Gave { value, text, id, at } => input_values::submit_value(chat, value, text, id, at),
        LazyEvent::Locate(name) => input_values::request_location(chat, name),
        LazyEvent::Located { name, place, id, at } => {
            input_values::submit_location(chat, name, place, id, at)
        }
        LazyEvent::Picked => vec![ChatEffect::Pick],
        LazyEvent::Chose(files) => uploads::add_files(chat, files),
        LazyEvent::FileGoes { id, state, file } => uploads::set_state(chat, id, state, file),
        LazyEvent::FileDropped(id) => uploads::remove(chat, id),
        LazyEvent::FileRetried(id) => uploads::retry(chat, id),
        LazyEvent::PressedTell => push_subscription::toggle(chat),
        LazyEvent::Told(said) => push_subscription::on_told(chat, &said),
    }
}

/// Asks about personal data in what was to be sent.
#[inline(never)]
pub fn show_question(chat: &Chat) -> Option<ChatEffect> {
    personal::show_question(chat)
}

/// What is to be done after whatever has happened.
#[inline(never)]
pub fn after_update(chat: &mut Chat) -> Option<ChatEffect> {
    push_subscription::sync_state(chat)
}

/// Sends an opinion whose words were searched for personal data: only [`LazyEvent::Opined`] begins such a search.
#[inline(never)]
pub fn send_feedback(chat: &mut Chat, about: FeedbackSubject, text: String) -> Vec<ChatEffect> {
    feedback::send(chat, about, text)
}
