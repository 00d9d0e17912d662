//! What comes of something rare. This, its submodules and all that only they call are not in the wasm that everybody loads:
//! nothing else may call them before [`LazyState::Ready`](super::LazyState::Ready).

pub mod personal_data;

use super::{
    checklist, display, effect::ChatEffect, event::LazyEvent, feedback, input_values, navigation, outbox,
    personal, push_subscription, session_refresh, state::Chat, stream_timeout, uploads,
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
        LazyEvent::Opined { about, text, at } => personal::submit_feedback(chat, about, &text, at),
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

/// What is to be done after whatever has happened.
#[inline(never)]
pub fn after_update(chat: &mut Chat) -> Option<ChatEffect> {
    push_subscription::sync_state(chat)
}
