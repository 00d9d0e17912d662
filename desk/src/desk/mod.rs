//! What the desk decides. Values in, values out: no network, no page, no clock, no random numbers of its own.
//!
//! # Where to start
//! [`start`] makes a [`Desk`] from what the browser kept. From then on everything that happens is a [`DeskEvent`], and
//! [`update`] answers each with the [`DeskEffect`]s that the shell (`crate::host`) performs. Views (`crate::view`) only read
//! the `Desk`.
//!
//! `state`, `talk`, `screen`, `settings`, `event` and `effect` hold values and know none of the rest. Every other file decides
//! about one thing, and takes what it needs from those and from files that do not need it in turn.
//!
//! # What always holds
//! - What somebody said is drawn at once and sent again, under the same id, until it is acknowledged or refused.
//! - Of two states of a conversation on the board the one with the higher number holds.
//! - The focus moves only in answer to something the person at the desk did.
//! - What a visitor wrote is in no notification, in no title and in no storage.

mod actions;
mod alerts;
mod audit;
mod board;
mod buttons;
mod canned;
mod composer;
mod connection;
mod csv;
mod effect;
mod event;
mod inbox;
mod keys;
mod navigation;
mod open;
mod outbox;
mod permissions;
mod person;
mod preferences;
mod queue;
mod refusal;
mod report;
mod screen;
mod settings;
mod staff_inbox;
mod state;
mod talk;
mod teaching;
#[cfg(test)]
mod tests;
mod time;
mod uploads;

pub use alerts::{is_unread, waiting_count};
pub use audit::{act_subject, act_text};
pub use canned::{fold_text, in_language, search_answers};
pub use composer::excess_chars;
pub use csv::to_csv;
pub use effect::{ConnectionTarget, DeskEffect, DeskStorageKey, DeskTimer, PersonalDataRequest, Spot};
pub use event::{ConversationAction, DeskButton, DeskEvent, Pressed};
pub use inbox::author_name;
pub use permissions::{Permissions, permissions_in};
pub use queue::{QueueSection, adjacent_row, is_danger, is_requested, queue_sections};
pub use refusal::refusal_text;
pub use report::{ActivityReport, Bar, build_report};
pub use screen::{DeskPage, Dialog, Filter, Pane};
pub use settings::{DeskSettings, InitialState};
pub use state::Desk;
pub use talk::{OutboxItem, Stands, Talk, TimelineItem, timeline_items};
pub use time::{format_day, format_duration};
pub use uploads::{can_attach, upload_error};

pub use client::{DeliveryState, Upload, UploadState};

/// A desk for `site` as `saved`, and what is to be done first.
pub fn start(site: String, saved: InitialState, now: u64) -> (Desk, Vec<DeskEffect>) {
    let mut desk = Desk::new(site, saved, now);
    let mut effects =
        vec![DeskEffect::SetLanguage(desk.settings.lang), DeskEffect::SetScheme(desk.settings.scheme)];
    effects.extend(connection::connect(&mut desk, ConnectionTarget::Board));
    effects.push(DeskEffect::After { ms: time::TICK_MS, timer: DeskTimer::Tick });
    (desk, effects)
}

/// What follows from `event`, which happened at `now`, in milliseconds since 1970.
pub fn update(desk: &mut Desk, now: u64, event: DeskEvent) -> Vec<DeskEffect> {
    desk.now = desk.now.max(now);
    let mut effects = match event {
        DeskEvent::Opened(place) => connection::on_open(desk, place),
        DeskEvent::Closed { place, code, chance } => connection::on_close(desk, place, code, chance),
        DeskEvent::Ponged(place) => connection::on_pong(desk, place),
        DeskEvent::Rang(timer) => on_timer(desk, timer),
        DeskEvent::SignedOut => connection::end_session(desk),
        DeskEvent::Board(frame) => board::on_frame(desk, frame),
        DeskEvent::Chat(id, frame) => staff_inbox::on_frame(desk, id, frame),
        DeskEvent::Message(id, frame) => inbox::on_frame(desk, id, frame),
        DeskEvent::Watched(watched) => alerts::set_watched(desk, watched),
        DeskEvent::Notifies(allowed) => {
            desk.notifies = Some(allowed);
            Vec::new()
        }
        DeskEvent::Pressed(pressed) => keys::on_key(desk, &pressed),
        DeskEvent::Button(button) => buttons::handle_button(desk, button),
        DeskEvent::Wrote(text) => composer::update_text(desk, text),
        DeskEvent::Internal(on) => composer::set_internal(desk, on),
        DeskEvent::Submitted(id) => composer::submit_text(desk, id),
        DeskEvent::Retried(id) => outbox::retry_item(desk, id),
        DeskEvent::Discarded(id) => outbox::discard_item(desk, id),
        DeskEvent::FilesChosen(files) => uploads::add_files(desk, files),
        DeskEvent::UploadFinished { talk, file, result } => uploads::finish_upload(desk, talk, file, result),
        DeskEvent::FileRemoved(id) => uploads::remove_file(desk, id),
        DeskEvent::FileRetried(id) => uploads::retry_upload(desk, id),
        DeskEvent::Inserted(text) => composer::insert_text(desk, &text),
        DeskEvent::Searched(text) => canned::set_search(desk, text),
        DeskEvent::Picked(place) => canned::pick_answer(desk, place),
        DeskEvent::Action(action) => actions::perform_action(desk, action),
        DeskEvent::PersonalDataRequested(request) => person::send_request(desk, request),
        DeskEvent::PersonalDataAnswered { id, erases, answer } => {
            person::on_response(desk, id, erases, answer)
        }
        DeskEvent::Decided { questions, choice } => teaching::decide_questions(desk, questions, choice),
        DeskEvent::Days(days) => report::set_days(desk, days),
        DeskEvent::Export => report::export_csv(desk),
        DeskEvent::Filtered(filter) => {
            desk.filter = filter;
            Vec::new()
        }
        DeskEvent::Set(settings) => preferences::change_settings(desk, settings),
    };
    effects.extend(alerts::title_effect(desk));
    effects
}

fn on_timer(desk: &mut Desk, timer: DeskTimer) -> Vec<DeskEffect> {
    match timer {
        DeskTimer::Tick => {
            staff_inbox::forget_typing(desk);
            vec![DeskEffect::After { ms: time::TICK_MS, timer: DeskTimer::Tick }]
        }
        DeskTimer::Idle(id) => composer::on_idle(desk, id),
        DeskTimer::Connect(_) | DeskTimer::Ping(_) | DeskTimer::Pong(_) => connection::on_timer(desk, timer),
    }
}
