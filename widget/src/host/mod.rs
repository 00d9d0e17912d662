//! The browser. Only here is it named: one file an effect, and [`dispatch`] (`dispatcher.rs`) below them all.

mod announce;
pub mod clock;
pub mod connection;
mod dispatcher;
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
mod shutdown;
mod signal_effects;
mod standing;
pub mod storage;
mod timers;
mod viewport;
mod wake;

use crate::chat::{Chat, ChatEffect, ChatEvent};
use leptos::prelude::ArcRwSignal;
use wasm_bindgen::JsValue;

pub use browser::random;
pub use connection::set_site;
pub use dispatcher::dispatch;
pub use signal_effects::start_signal_effects;

/// Sets the chat going: performs what it asks for first, then listens to the browser. `drawn` is called after every
/// change that is worth drawing, to bring what views read up to date.
pub fn run(chat: &'static ArcRwSignal<Chat>, drawn: fn(&Chat), effects: Vec<ChatEffect>) {
    dispatcher::start(chat, drawn, perform, effects);
    menu::listen();
    scroll::listen();
    viewport::listen();
    wake::listen();
    storage::listen();
    page::listen();
    if let Some(root) = root::element_by_id(root::ID) {
        shell::take(&root, "#hoi-files");
    }
}

fn perform(effect: ChatEffect) {
    match effect {
        ChatEffect::Connect { transport, conversation, ticket } => {
            connection::connect(transport, conversation, &ticket)
        }
        ChatEffect::Disconnect => connection::disconnect(),
        ChatEffect::Send(up) => connection::send(&up),
        ChatEffect::Ping => connection::ping(),
        ChatEffect::Fetch { lang, why } => session::fetch_session(&lang, why),
        ChatEffect::Watch(lang) => standing::fetch_status(&lang),
        ChatEffect::SearchSoon => personal::preload_search(),
        ChatEffect::Search(search) => personal::find_personal_data(search),
        ChatEffect::Store(key, text) => storage::store(key, &text),
        ChatEffect::Claim(text) => storage::claim_conversation(&text),
        ChatEffect::Forget(key) => storage::remove(key),
        ChatEffect::After { ms, timer } => timers::set_timer(ms, timer),
        ChatEffect::Announce { text, urgent } => announce::announce(text, urgent),
        ChatEffect::AnnounceExcess(excess) => lazy_load::excess::announce(excess),
        ChatEffect::Locate(name) => lazy_load::place::request_location(name),
        ChatEffect::Pick => lazy_load::upload::report_chosen(),
        ChatEffect::LoadLazy => load_lazy(),
        ChatEffect::Upload { id, ticket } => lazy_load::upload::send(id, &ticket),
        ChatEffect::Device { verb, values } => lazy_load::push::run_action(verb, values),
        ChatEffect::Abort(id) => lazy_load::upload::abort(id),
        ChatEffect::Tell(what) => page::post_message(&what),
        ChatEffect::Draft(text) => field::set_text(&text),
        ChatEffect::Reveal => scroll::reveal_newest(),
        ChatEffect::KeepPlace => scroll::keep_place(),
        ChatEffect::ScrollToEnd => scroll::to_end(),
        ChatEffect::FocusPanel => {
            root::focus_element(if root::is_touch_device() { scroll::ID } else { field::ID })
        }
        ChatEffect::FocusComposer => root::focus_element(field::ID),
        ChatEffect::FocusChoice => scroll::before_paint(|| root::focus_element("hoi-hide")),
        ChatEffect::FocusId(id) => scroll::before_paint(move || root::focus_element(id)),
        ChatEffect::FocusLog => root::focus_element(scroll::ID),
        ChatEffect::Wear(scheme) => root::set_scheme(scheme),
        ChatEffect::Show => drop(dispatcher::chat_now(|chat| root::apply_display(&chat.display))),
        ChatEffect::Voices => lazy_load::voice::report_support(),
        ChatEffect::Read { text, lang } => lazy_load::voice::read_aloud(&text, &lang),
        ChatEffect::Hush => lazy_load::voice::stop_reading(),
        ChatEffect::Hear(lang) => lazy_load::voice::start_listening(&lang),
        ChatEffect::Deafen => lazy_load::voice::stop_listening(),
        ChatEffect::Save { name, text } => shell::save(&name, &text),
        ChatEffect::Visit { page, fields } => lazy_load::navigation::open_page(page, &fields),
    }
}

/// Has what comes late come.
fn load_lazy() {
    shell::call_part("late", "here", Vec::new(), |there| {
        dispatch(ChatEvent::LazyLoaded(there == JsValue::TRUE))
    });
}
