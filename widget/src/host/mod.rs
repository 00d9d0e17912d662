//! The browser. Only here is it named: one file an effect, and [`dispatch`] in the middle.
//!
//! There is one chat a frame, and it lives as long as the frame: so it stands in a thread-local, and whatever hears of
//! something just calls [`dispatch`].

pub mod clock;
pub mod connection;
pub mod field;
pub mod form;
mod inline;
pub mod lazy_load;
pub mod menu;
pub mod page;
mod personal;
pub mod root;
pub mod scroll;
mod session;
pub mod shell;
mod standing;
pub mod storage;
mod timers;
mod viewport;
mod wake;

use crate::chat::{Chat, Effect, Event, update};
use client::EventQueue;
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::JsValue;

pub use browser::random;
pub use connection::set_site;

/// The id of the field that files are chosen in.
pub const FILES_ID: &str = "hoi-files";

struct Shell {
    chat: RwSignal<Chat>,
    drawn: fn(&Chat),
    events: EventQueue<Event>,
}

thread_local! {
    static SHELL: RefCell<Option<Shell>> = const { RefCell::new(None) };
}

/// Sets the chat going: performs what it asks for first, then listens to the browser. `drawn` is called after every
/// change that is worth drawing, to bring what views read up to date.
pub fn run(chat: RwSignal<Chat>, drawn: fn(&Chat), effects: Vec<Effect>) {
    SHELL.with_borrow_mut(|shell| *shell = Some(Shell { chat, drawn, events: EventQueue::default() }));
    perform_all(effects);
    menu::listen();
    scroll::listen();
    viewport::listen();
    wake::listen();
    storage::listen();
    page::listen();
    if let Some(root) = root::element(root::ID) {
        shell::take(&root, "#hoi-files");
    }
}

/// Tells the chat what happened and does what it says. What happens while it does so waits its turn.
pub fn dispatch(event: Event) {
    let handles = SHELL.with_borrow_mut(|shell| shell.as_mut().map(|shell| shell.events.push(event)));
    if handles != Some(true) {
        return;
    }
    while let Some((chat, drawn, event)) = next() {
        let effects = chat.try_maybe_update(|chat| {
            let effects = update(chat, event);
            if !chat.behind {
                drawn(chat);
            }
            (!chat.behind, effects)
        });
        perform_all(effects.unwrap_or_default());
    }
}

/// What waits, and what it is for.
type Next = (RwSignal<Chat>, fn(&Chat), Event);

fn next() -> Option<Next> {
    SHELL.with_borrow_mut(|shell| {
        let shell = shell.as_mut()?;
        let event = shell.events.next_event()?;
        Some((shell.chat, shell.drawn, event))
    })
}

fn perform_all(effects: Vec<Effect>) {
    effects.into_iter().for_each(perform);
}

fn perform(effect: Effect) {
    match effect {
        Effect::Connect { transport, conversation, ticket } => {
            connection::connect(transport, conversation, &ticket)
        }
        Effect::Disconnect => connection::disconnect(),
        Effect::Send(up) => connection::send(&up),
        Effect::Ping => connection::ping(),
        Effect::Fetch { lang, why } => session::fetch(&lang, why),
        Effect::Watch(lang) => standing::watch(&lang),
        Effect::SearchSoon => personal::fetch(),
        Effect::Search(search) => personal::search(search),
        Effect::Store(key, text) => storage::store(key, &text),
        Effect::Claim(text) => storage::claim(&text),
        Effect::Forget(key) => storage::forget(key),
        Effect::After { ms, timer } => timers::after(ms, timer),
        Effect::Announce { text, urgent } => announce(text, urgent),
        Effect::AnnounceExcess(excess) => lazy_load::excess::announce(excess),
        Effect::Locate(name) => lazy_load::place::locate(name),
        Effect::Pick => lazy_load::upload::chosen(),
        Effect::LoadLazy => load_lazy(),
        Effect::Upload { id, ticket } => lazy_load::upload::send(id, &ticket),
        Effect::Device { verb, values } => lazy_load::push::device(verb, values),
        Effect::Abort(id) => lazy_load::upload::abort(id),
        Effect::Tell(what) => page::tell(&what),
        Effect::Draft(text) => field::write(&text),
        Effect::Reveal => scroll::reveal(),
        Effect::KeepPlace => scroll::keep_place(),
        Effect::ScrollToEnd => scroll::to_end(),
        Effect::FocusPanel => root::focus(if root::touched() { scroll::ID } else { field::ID }),
        Effect::FocusComposer => root::focus(field::ID),
        Effect::FocusChoice => scroll::drawn(|| root::focus("hoi-hide")),
        Effect::FocusId(id) => scroll::drawn(move || root::focus(id)),
        Effect::FocusLog => root::focus(scroll::ID),
        Effect::Wear(scheme) => root::wear(scheme),
        Effect::Show => drop(chat_now(|chat| root::show(&chat.display))),
        Effect::Voices => lazy_load::voice::listen(),
        Effect::Read { text, lang } => lazy_load::voice::read(&text, &lang),
        Effect::Hush => lazy_load::voice::hush(),
        Effect::Hear(lang) => lazy_load::voice::hear(&lang),
        Effect::Deafen => lazy_load::voice::deafen(),
        Effect::Save { name, text } => shell::save(&name, &text),
        Effect::Visit { page, fields } => lazy_load::navigation::open_page(page, &fields),
    }
}

/// Has assistive technology say `text`.
fn announce(text: String, urgent: bool) {
    browser::announce::announce(text, urgent, |urgent| {
        root::element(if urgent { "hoi-urgent" } else { "hoi-polite" })
    });
}

/// Has what comes late come.
fn load_lazy() {
    shell::part("late", "here", Vec::new(), |there| dispatch(Event::LazyLoaded(there == JsValue::TRUE)));
}

/// What `read` finds in the chat as it is now.
pub fn chat_now<T>(read: impl FnOnce(&Chat) -> T) -> Option<T> {
    let chat = SHELL.with_borrow(|shell| shell.as_ref().map(|shell| shell.chat))?;
    chat.try_with_untracked(read)
}

/// The loader takes the panel out of the page: nothing happens any more, and nothing is listened to.
pub fn end() {
    if chat_now(|chat| chat.display.reading) == Some(true) {
        lazy_load::voice::hush();
    }
    SHELL.take();
    connection::end();
    inline::end();
}
