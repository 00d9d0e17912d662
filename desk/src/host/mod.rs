//! The browser. Only here is it named: one file an effect, and [`dispatch`] in the middle.
//!
//! There is one desk a window, and it lives as long as the window: so it stands in a thread-local, and whatever hears of
//! something just calls [`dispatch`].

pub mod announce;
pub mod clock;
mod compose;
mod connection;
mod drops;
mod focus;
mod keys;
mod notify;
pub mod page;
mod person;
mod session;
mod sound;
mod storage;
mod timers;
pub mod upload;

use crate::desk::{Desk, DeskEffect, DeskEvent, update};
use client::EventQueue;
use leptos::prelude::*;
use std::cell::RefCell;

pub use browser::random;
pub use compose::{commit_composition, put_text};
pub use focus::{field_value, restore_focus, set_text, show_modal};
pub use person::REASON;
pub use storage::load;

struct DeskShell {
    desk: RwSignal<Desk>,
    events: EventQueue<DeskEvent>,
}

thread_local! {
    static SHELL: RefCell<Option<DeskShell>> = const { RefCell::new(None) };
}

/// Sets the desk going: performs what it asks for first, then listens to the browser.
pub fn run(desk: RwSignal<Desk>, effects: Vec<DeskEffect>) {
    SHELL.with_borrow_mut(|shell| *shell = Some(DeskShell { desk, events: EventQueue::default() }));
    effects.into_iter().for_each(perform);
    compose::track_composition();
    drops::close_on_outside_click();
    focus::track_focus();
    keys::listen_for_keys();
    page::listen_to_window();
}

/// Tells the desk what happened and does what it says. What happens while it does so waits its turn.
pub fn dispatch(event: DeskEvent) {
    let handles = SHELL.with_borrow_mut(|shell| shell.as_mut().map(|shell| shell.events.push(event)));
    if handles != Some(true) {
        return;
    }
    while let Some((desk, event)) = next() {
        let effects = desk.try_update(|desk| update(desk, clock::now(), event));
        effects.unwrap_or_default().into_iter().for_each(perform);
    }
}

fn next() -> Option<(RwSignal<Desk>, DeskEvent)> {
    SHELL.with_borrow_mut(|shell| {
        let shell = shell.as_mut()?;
        Some((shell.desk, shell.events.next_event()?))
    })
}

/// What `read` finds in the desk as it is now.
fn desk_now<T>(read: impl FnOnce(&Desk) -> T) -> Option<T> {
    let desk = SHELL.with_borrow(|shell| shell.as_ref().map(|shell| shell.desk))?;
    desk.try_with_untracked(read)
}

fn perform(effect: DeskEffect) {
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
        DeskEffect::ToEnd => focus::to_end(),
        DeskEffect::Speak(lang) => page::set_language(lang.tag()),
        DeskEffect::Colour(scheme) => page::set_scheme(scheme.name()),
        DeskEffect::Title(title) => page::set_title(&title),
        DeskEffect::Beep => sound::play_beep(),
        DeskEffect::Notify { title, id } => notify::show_notification(&title, id),
        DeskEffect::AllowNotices => notify::request_permission(),
        DeskEffect::Store(key, text) => storage::store(key, &text),
        DeskEffect::Save { name, text } => page::save_file(&name, &text),
        DeskEffect::Person(id, order) => person::send_request(id, &order),
        DeskEffect::ChooseFiles => upload::open_picker(),
        DeskEffect::Upload { talk, file } => upload::send(talk, file),
        DeskEffect::Abort(id) => upload::abort(id),
        DeskEffect::Guard(on) => page::guard_unload(on),
    }
}
