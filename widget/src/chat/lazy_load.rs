//! What comes of something rare. This and all that only it calls is not in the wasm that everybody loads: nothing else
//! may call it before [`super::LazyState::Ready`].

use super::{
    About, Chat, Effect, LazyEvent, checklist, display, feedback, input_values, navigation, outbox, personal,
    push_subscription, session_refresh, stream_timeout, uploads,
};

/// Takes `rare` in and says what is to be done about it, in order.
#[inline(never)]
pub fn update(chat: &mut Chat, rare: LazyEvent) -> Vec<Effect> {
    match rare {
        LazyEvent::AskedAgain { seq, id, at } => stream_timeout::ask_again(chat, seq, id, at),
        LazyEvent::ChoseLanguage(lang) => session_refresh::choose(chat, lang),
        LazyEvent::Begins(procedure) => navigation::open_page(chat, "form", procedure),
        LazyEvent::Leaves => navigation::open_page(chat, "elsewhere", String::new()),
        LazyEvent::Erases => navigation::open_erasure(chat),
        LazyEvent::Wished(wish) => display::wished(chat, wish),
        LazyEvent::Voices { voices, ears } => {
            chat.display.voices = voices;
            chat.display.ears = ears;
            Vec::new()
        }
        LazyEvent::ReadOut => {
            chat.display.reading = false;
            Vec::new()
        }
        LazyEvent::Heard(text) => display::heard(chat, text),
        LazyEvent::Answered { answer, id, at } => personal::answered(chat, answer, id, at),
        LazyEvent::Retried { id, fresh } => outbox::retried(chat, id, fresh),
        LazyEvent::Ticked(tick, on) => checklist::set_tick(chat, tick, on),
        LazyEvent::Judged(judge) => feedback::act(chat, judge),
        LazyEvent::Opined { about, text, at } => feedback::submit(chat, about, &text, at),
        LazyEvent::Gave { value, text, id, at } => input_values::submit_value(chat, value, text, id, at),
        LazyEvent::Locate(name) => input_values::locate(chat, name),
        LazyEvent::Located { name, place, id, at } => {
            input_values::submit_location(chat, name, place, id, at)
        }
        LazyEvent::Picked => vec![Effect::Pick],
        LazyEvent::Chose(files) => uploads::choose(chat, files),
        LazyEvent::FileGoes { id, state, file } => uploads::set_state(chat, id, state, file),
        LazyEvent::FileDropped(id) => uploads::remove(chat, id),
        LazyEvent::FileRetried(id) => uploads::retry(chat, id),
        LazyEvent::PressedTell => push_subscription::toggle(chat),
        LazyEvent::Told(said) => push_subscription::on_told(chat, &said),
    }
}

/// Asks about personal data in what was to be sent.
#[inline(never)]
pub fn ask(chat: &Chat) -> Option<Effect> {
    personal::show(chat)
}

/// What is to be done after whatever has happened.
#[inline(never)]
pub fn want(chat: &mut Chat) -> Option<Effect> {
    push_subscription::want(chat)
}

/// Sends an opinion whose words were searched for personal data: only [`LazyEvent::Opined`] begins such a search.
#[inline(never)]
pub fn opine(chat: &mut Chat, about: About, text: String) -> Vec<Effect> {
    feedback::send(chat, about, text)
}
