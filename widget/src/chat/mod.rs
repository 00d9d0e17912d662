//! What the chat decides. Values in, values out: no clock, no network, no DOM, no random numbers of its own.
//!
//! # Where to start
//! [`start()`] makes a [`Chat`] from what the document carries and what the browser kept. From then on everything that
//! happens is a [`ChatEvent`], and [`update`] answers each with the [`ChatEffect`]s the shell (`crate::host`) performs.
//! Views (`crate::view`) only read the `Chat`.
//!
//! # What always holds
//! - What a visitor said is drawn at once, kept in storage, and sent again until it is acknowledged or refused.
//! - `timeline` is ordered: numbered ones by `seq`, each number once, then the unsent ones as they were said.
//! - Nothing is stored before the visitor writes.
//! - Nothing here moves the focus because a message came.

mod checklist;
mod composer;
mod connection;
mod conversation;
mod display;
mod draft;
mod effect;
mod event;
mod fault;
mod feedback;
mod identity;
mod inbox;
mod input_values;
mod lazy_load;
mod lazy_state;
mod message_row;
mod navigation;
mod notice;
mod outbox;
mod page;
mod people;
mod personal;
mod push_subscription;
mod session_refresh;
mod speech;
mod standing;
mod start;
mod state;
mod stream_timeout;
mod tab_sync;
#[cfg(test)]
mod tests;
mod timer;
mod transport;
mod uploads;
mod welcome;
mod window;

pub use effect::{ChatEffect, FetchReason, StorageKey, Timer, ToPage};
pub use event::{ChatEvent, FromPage, LazyEvent};
pub use feedback::is_asked;
pub use lazy_state::is_lazy_block;
pub use message_row::{MessageRow, OutgoingMessage, RowKey};
pub use start::start;
pub use state::{
    Chat, Locating,
    checklist::Tick,
    display::{Display, DisplayAction, SIZES},
    lazy::LazyState,
    notice::ChatNotice,
    opinion::{FeedbackAction, FeedbackSubject, Opinion},
    personal_data::{Asking, PersonalDataDecision, PersonalDataResult, PersonalDataSearch},
    saved::{Saved, SavedConversation},
};
pub use uploads::upload_error;

pub use client::{ConnectionState, DeliveryState, TimelineEntry, Transport, Upload, UploadState};

/// Takes `event` in and says what is to be done about it, in order.
pub fn update(chat: &mut Chat, event: ChatEvent) -> Vec<ChatEffect> {
    chat.behind = false;
    let mut effects = match event {
        ChatEvent::Typed(text) => composer::on_input(chat, text),
        ChatEvent::Submitted { id, at } => composer::on_submit(chat, id, at),
        ChatEvent::Pressed { button, id, at } => composer::on_button_press(chat, &button, id, at),
        ChatEvent::Searched { text, found } => personal::on_search_result(chat, &text, found),
        ChatEvent::Stopped { seq } => stream_timeout::stop_reply(chat, seq),
        ChatEvent::Scrolled { at_end } => inbox::on_scroll(chat, at_end),
        ChatEvent::ToEnd => inbox::to_end(chat),
        ChatEvent::Escaped => page::on_escape(chat),
        ChatEvent::AskedToStartOver => notice::ask_to_start_over(chat),
        ChatEvent::Dismissed => notice::on_dismiss(chat),
        ChatEvent::StartedOver => session_refresh::start_over(chat),
        ChatEvent::Fetched { why, boot } => session_refresh::on_session(chat, why, *boot),
        ChatEvent::FetchFailed { why, chance } => session_refresh::on_failure(chat, why, chance),
        ChatEvent::Opened => connection::on_open(chat),
        ChatEvent::Closed { chance } => connection::on_close(chat, chance),
        ChatEvent::Received(frame) => inbox::on_frame(chat, frame),
        ChatEvent::Ponged => connection::on_pong(chat),
        ChatEvent::Rang(timer) => timer::on_timer(chat, timer),
        ChatEvent::Woke => timer::on_wake(chat),
        ChatEvent::Froze => connection::on_freeze(chat),
        ChatEvent::Elsewhere(kept) => tab_sync::join_conversation(chat, kept),
        ChatEvent::Standing(standing) => standing::on_status(chat, standing),
        ChatEvent::FromPage(message) => page::from_page(chat, message),
        ChatEvent::Thumbed(seq, good) => feedback::rate_answer(chat, seq, good),
        ChatEvent::MenuOpened => lazy_state::open_menu(chat),
        ChatEvent::Lazy(rare) => lazy_state::handle_event(chat, rare),
        ChatEvent::LazyLoaded(there) => lazy_state::on_loaded(chat, there),
    };
    effects.extend(lazy_state::load_if_wanted(chat));
    effects
}
