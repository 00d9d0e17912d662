//! The browser. Only here is it named: one file an effect, and [`dispatch`] in the middle.
//!
//! There is one chat a frame, and it lives as long as the frame: so it stands in a thread-local, and whatever hears of
//! something just calls [`dispatch`].

pub mod announce;
pub mod clock;
pub mod field;
pub mod form;
mod inline;
pub mod late;
pub mod line;
pub mod menu;
pub mod page;
mod personal;
pub mod random;
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
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::VecDeque;
use wasm_bindgen::JsValue;

pub use line::of;

/// The id of the field that files are chosen in.
pub const FILES_ID: &str = "hoi-files";

struct Shell {
    chat: RwSignal<Chat>,
    drawn: fn(&Chat),
    queue: VecDeque<Event>,
    busy: bool,
}

thread_local! {
    static SHELL: RefCell<Option<Shell>> = const { RefCell::new(None) };
}

/// Sets the chat going: performs what it asks for first, then listens to the browser. `drawn` is called after every
/// change that is worth drawing, to bring what views read up to date.
pub fn run(chat: RwSignal<Chat>, drawn: fn(&Chat), effects: Vec<Effect>) {
    SHELL.with_borrow_mut(|shell| *shell = Some(Shell { chat, drawn, queue: VecDeque::new(), busy: false }));
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
    let first = SHELL.with_borrow_mut(|shell| {
        let shell = shell.as_mut()?;
        shell.queue.push_back(event);
        (!std::mem::replace(&mut shell.busy, true)).then_some(())
    });
    if first.is_none() {
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
        let event = shell.queue.pop_front();
        shell.busy = event.is_some();
        event.map(|event| (shell.chat, shell.drawn, event))
    })
}

fn perform_all(effects: Vec<Effect>) {
    effects.into_iter().for_each(perform);
}

fn perform(effect: Effect) {
    match effect {
        Effect::Connect { way, conversation, ticket } => line::connect(way, conversation, &ticket),
        Effect::Disconnect => line::disconnect(),
        Effect::Send(up) => line::send(&up),
        Effect::Ping => line::ping(),
        Effect::Fetch { lang, why } => session::fetch(&lang, why),
        Effect::Watch(lang) => standing::watch(&lang),
        Effect::SearchSoon => personal::fetch(),
        Effect::Search(search) => personal::search(search),
        Effect::Store(key, text) => storage::store(key, &text),
        Effect::Claim(text) => storage::claim(&text),
        Effect::Forget(key) => storage::forget(key),
        Effect::After { ms, timer } => timers::after(ms, timer),
        Effect::Announce { text, urgent } => announce::announce(text, urgent),
        Effect::AnnounceExcess(excess) => late::excess::announce(excess),
        Effect::Locate(name) => late::place::locate(name),
        Effect::Pick => late::upload::chosen(),
        Effect::Bring => bring(),
        Effect::Upload { id, ticket } => late::upload::send(id, &ticket),
        Effect::Device { verb, values } => late::push::device(verb, values),
        Effect::Abort(id) => late::upload::abort(id),
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
        Effect::Voices => late::voice::listen(),
        Effect::Read { text, lang } => late::voice::read(&text, &lang),
        Effect::Hush => late::voice::hush(),
        Effect::Hear(lang) => late::voice::hear(&lang),
        Effect::Deafen => late::voice::deafen(),
        Effect::Save { name, text } => shell::save(&name, &text),
        Effect::Visit { page, fields } => late::visit::visit(page, &fields),
    }
}

/// Has what comes late come.
fn bring() {
    shell::part("late", "here", Vec::new(), |there| dispatch(Event::Brought(there == JsValue::TRUE)));
}

/// What `read` finds in the chat as it is now.
pub fn chat_now<T>(read: impl FnOnce(&Chat) -> T) -> Option<T> {
    let chat = SHELL.with_borrow(|shell| shell.as_ref().map(|shell| shell.chat))?;
    chat.try_with_untracked(read)
}

/// The loader takes the panel out of the page: nothing happens any more, and nothing is listened to.
pub fn end() {
    if chat_now(|chat| chat.display.reading) == Some(true) {
        late::voice::hush();
    }
    SHELL.take();
    line::end();
    inline::end();
}
