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

use crate::desk::{Desk, Effect, Event, update};
use client::EventQueue;
use leptos::prelude::*;
use std::cell::RefCell;

pub use browser::random;
pub use compose::{committed, put_text};
pub use focus::{keep, set_text, show_modal, text};
pub use person::REASON;
pub use storage::load;

struct Shell {
    desk: RwSignal<Desk>,
    events: EventQueue<Event>,
}

thread_local! {
    static SHELL: RefCell<Option<Shell>> = const { RefCell::new(None) };
}

/// Sets the desk going: performs what it asks for first, then listens to the browser.
pub fn run(desk: RwSignal<Desk>, effects: Vec<Effect>) {
    SHELL.with_borrow_mut(|shell| *shell = Some(Shell { desk, events: EventQueue::default() }));
    effects.into_iter().for_each(perform);
    compose::listen();
    drops::listen();
    focus::listen();
    keys::listen();
    page::listen();
}

/// Tells the desk what happened and does what it says. What happens while it does so waits its turn.
pub fn dispatch(event: Event) {
    let handles = SHELL.with_borrow_mut(|shell| shell.as_mut().map(|shell| shell.events.push(event)));
    if handles != Some(true) {
        return;
    }
    while let Some((desk, event)) = next() {
        let effects = desk.try_update(|desk| update(desk, clock::now(), event));
        effects.unwrap_or_default().into_iter().for_each(perform);
    }
}

fn next() -> Option<(RwSignal<Desk>, Event)> {
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

fn perform(effect: Effect) {
    match effect {
        Effect::Connect(place) => connection::connect(place),
        Effect::Disconnect(place) => connection::disconnect(place),
        Effect::HangUp(place) => connection::hang_up(place),
        Effect::SendBoard(up) => connection::send_board(&up),
        Effect::SendChat(id, up) => connection::send_chat(id, &up),
        Effect::Ping(place) => connection::ping(place),
        Effect::After { ms, timer } => timers::after(ms, timer),
        Effect::CheckSession => session::check(),
        Effect::Announce { text, urgent } => announce::announce(text, urgent),
        Effect::Focus(spot) => focus::focus(spot),
        Effect::ToEnd => focus::to_end(),
        Effect::Speak(lang) => page::speak(lang.tag()),
        Effect::Colour(scheme) => page::colour(scheme.name()),
        Effect::Title(title) => page::title(&title),
        Effect::Beep => sound::beep(),
        Effect::Notify { title, id } => notify::show(&title, id),
        Effect::AllowNotices => notify::ask(),
        Effect::Store(key, text) => storage::store(key, &text),
        Effect::Save { name, text } => page::save(&name, &text),
        Effect::Person(id, order) => person::order(id, &order),
        Effect::ChooseFiles => upload::choose(),
        Effect::Upload { talk, file } => upload::send(talk, file),
        Effect::Abort(id) => upload::abort(id),
        Effect::Guard(on) => page::guard(on),
    }
}
