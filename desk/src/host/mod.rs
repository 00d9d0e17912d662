//! The browser. Only here is it named: one file a kind of effect. What happens there is told to the desk by [`dispatch`].

pub mod announce;
pub mod clock;
mod composition;
mod connection;
mod dropdowns;
mod focus;
mod keys;
mod notify;
pub mod page;
mod person;
mod session;
mod shell;
mod sound;
mod storage;
mod timers;
pub mod upload;

use crate::desk::{Desk, DeskEffect};
use leptos::prelude::RwSignal;

pub use browser::random;
pub use composition::{commit_composition, put_text};
pub use focus::{field_value, restore_focus, set_text, show_modal};
pub use person::REASON_FIELD_ID;
pub use shell::dispatch;
pub use storage::load_initial_state;

/// Sets the desk going: performs what it asks for first, then listens to the browser.
pub fn run_desk(desk: RwSignal<Desk>, effects: Vec<DeskEffect>) {
    shell::install(desk, perform_effect);
    effects.into_iter().for_each(perform_effect);
    composition::track_composition();
    dropdowns::close_on_outside_click();
    focus::track_focus();
    keys::listen_for_keys();
    page::listen_to_window();
}

fn perform_effect(effect: DeskEffect) {
    match effect {
        DeskEffect::Connect(place) => connection::connect(place),
        DeskEffect::Disconnect(place) => connection::disconnect(place),
        DeskEffect::HangUp(place) => connection::hang_up(place),
        DeskEffect::SendBoard(up) => connection::send_board(&up),
        DeskEffect::SendChat(id, up) => connection::send_chat(id, &up),
        DeskEffect::Ping(place) => connection::ping(place),
        DeskEffect::After { ms, timer } => timers::set_timer(ms, timer),
        DeskEffect::CheckSession => session::check_session(),
        DeskEffect::Announce { text, urgent } => announce::announce(text, urgent),
        DeskEffect::Focus(spot) => focus::focus_spot(spot),
        DeskEffect::ScrollToEnd => focus::scroll_to_end(),
        DeskEffect::SetLanguage(lang) => page::set_language(lang.tag()),
        DeskEffect::SetScheme(scheme) => page::set_scheme(scheme.name()),
        DeskEffect::SetTitle(title) => page::set_title(&title),
        DeskEffect::Beep => sound::play_beep(),
        DeskEffect::Notify { title, id } => notify::show_notification(&title, id),
        DeskEffect::RequestNotifications => notify::request_permission(),
        DeskEffect::Store(key, text) => storage::store(key, &text),
        DeskEffect::SaveFile { name, text } => page::save_file(&name, &text),
        DeskEffect::RequestPersonalData(id, request) => person::send_request(id, &request),
        DeskEffect::ChooseFiles => upload::open_picker(),
        DeskEffect::Upload { talk, file } => upload::send_file(talk, file),
        DeskEffect::AbortUpload(id) => upload::abort(id),
        DeskEffect::GuardUnload(on) => page::guard_unload(on),
    }
}
