//! What the desk decides. Values in, values out: no network, no page, no clock, no random numbers of its own.
//!
//! # Where to start
//! [`start`] makes a [`Desk`] from what the browser kept. From then on everything that happens is an [`Event`], and
//! [`update`] answers each with the [`Effect`]s that the shell (`crate::host`) performs. Views (`crate::view`) only read
//! the `Desk`.
//!
//! # What always holds
//! - What somebody said is drawn at once and sent again, under the same id, until it is acknowledged or refused.
//! - Of two states of a conversation on the board the one with the higher number holds.
//! - The focus moves only in answer to something the person at the desk did.
//! - What a visitor wrote is in no notification, in no title and in no storage.

mod acts;
mod alerts;
mod board;
mod canned;
mod composer;
mod connection;
mod csv;
mod effect;
mod event;
mod inbox;
mod keys;
mod learn;
mod may;
mod open;
mod outbox;
mod person;
mod queue;
mod report;
mod settings;
mod talk;
#[cfg(test)]
mod tests;
mod time;
mod uploads;

pub use acts::{act_subject, act_text};
pub use alerts::{is_danger, is_unread, waiting_count};
pub use board::refusal_text;
pub use canned::{fold_text, in_language, search_answers};
pub use composer::excess_chars;
pub use connection::ConnectionTarget;
pub use csv::to_csv;
pub use effect::{DeskEffect, DeskStorageKey, DeskTimer, Spot};
pub use event::{ConversationAction, DeskButton, DeskEvent, InitialState, Pressed};
pub use inbox::author_name;
pub use may::{May, permissions};
pub use outbox::OutboxItem;
pub use person::PersonalDataRequest;
pub use queue::{QueueSection, adjacent_row, is_requested, queue_sections};
pub use report::{ActivityReport, Bar, build_report};
pub use settings::{DeskPage, DeskSettings, Dialog, Filter, Pane};
pub use talk::{Stands, Talk, TimelineItem, timeline_items};
pub use time::{format_day, format_duration};
pub use uploads::{can_attach, upload_error};

pub use client::{DeliveryState, Upload, UploadState};

use crate::words::Words;
use client::Connection;
use std::collections::BTreeMap;
use wire::{
    Id,
    desk::{Act, Chat, Count, Group, Me, Person, Presence, SiteInfo},
};

/// Everything the desk knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// The site's id.
    pub site: String,
    /// Now, in milliseconds since 1970, as of the last thing that happened.
    pub now: u64,
    /// What the person has chosen for this browser.
    pub settings: DeskSettings,
    /// Who that is; nothing before the board has said so.
    pub me: Option<Me>,
    /// What the desk knows of the site.
    pub info: Option<SiteInfo>,
    /// The connection to the board.
    pub board: Connection,
    /// What is listed, in any order.
    pub chats: Vec<Chat>,
    /// Who is there.
    pub people: Vec<Person>,
    /// What I chose; said again to a board that has forgotten it.
    pub presence: Presence,
    /// What of the list is shown.
    pub filter: Filter,
    /// Up to when each conversation has been seen, by the time of its last message.
    pub seen: BTreeMap<Id, u64>,
    /// The conversation that is shown.
    pub open: Option<Id>,
    /// Those that were opened.
    pub talks: BTreeMap<Id, Talk>,
    /// What is shown in place of conversations.
    pub page: DeskPage,
    /// What of it is seen where there is room for one thing only.
    pub pane: Pane,
    /// What is asked now.
    pub dialog: Option<Dialog>,
    /// What is being searched for among the answers, and which one is picked.
    pub search: (String, usize),
    /// What was not done, in a sentence.
    pub notice: Option<String>,
    /// Whether somebody looks at this window.
    pub watched: bool,
    /// Whether the browser shows notifications; nothing where it can't, or was not asked.
    pub notifies: Option<bool>,
    /// What was not answered; nothing before it was asked for.
    pub questions: Option<Vec<Group>>,
    /// Questions whose decision was not taken, and why.
    pub undecided: Option<(Vec<u64>, String)>,
    /// What happened.
    pub counts: Option<Vec<Count>>,
    /// How many days of it.
    pub days: u64,
    /// The newest acts first, and whether each follows from the one before.
    pub acts: Option<(Vec<Act>, bool)>,
    /// Whether the oldest act is among them.
    pub acts_end: bool,
    /// Whether the session is over.
    pub signed_out: bool,
}

/// A desk for `site` as `saved`, and what is to be done first.
pub fn start(site: String, saved: InitialState, now: u64) -> (Desk, Vec<DeskEffect>) {
    let mut desk = Desk {
        site,
        now,
        settings: saved.settings,
        me: None,
        info: None,
        board: Connection::default(),
        chats: Vec::new(),
        people: Vec::new(),
        presence: Presence::Here,
        filter: Filter::default(),
        seen: BTreeMap::new(),
        open: None,
        talks: BTreeMap::new(),
        page: DeskPage::Chats,
        pane: Pane::List,
        dialog: None,
        search: (String::new(), 0),
        notice: None,
        watched: saved.watched,
        notifies: saved.notifies,
        questions: None,
        undecided: None,
        counts: None,
        days: 30,
        acts: None,
        acts_end: false,
        signed_out: false,
    };
    let mut effects = vec![DeskEffect::Speak(desk.settings.lang), DeskEffect::Colour(desk.settings.scheme)];
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
        DeskEvent::SignedOut => connection::signed_out(desk),
        DeskEvent::Board(frame) => board::on_frame(desk, frame),
        DeskEvent::Chat(id, frame) => talk::on_frame(desk, id, frame),
        DeskEvent::Message(id, frame) => inbox::on_frame(desk, id, frame),
        DeskEvent::Watched(watched) => alerts::set_watched(desk, watched),
        DeskEvent::Notifies(allowed) => {
            desk.notifies = Some(allowed);
            Vec::new()
        }
        DeskEvent::Pressed(pressed) => keys::on_key(desk, &pressed),
        DeskEvent::Button(button) => open::handle_button(desk, button),
        DeskEvent::Wrote(text) => composer::update_text(desk, text),
        DeskEvent::Internal(on) => composer::set_internal(desk, on),
        DeskEvent::Submitted(id) => composer::submit(desk, id),
        DeskEvent::Retried(id) => outbox::retry_item(desk, id),
        DeskEvent::Discarded(id) => outbox::discard_item(desk, id),
        DeskEvent::Chose(files) => uploads::add_files(desk, files),
        DeskEvent::FileWent { talk, file, came } => uploads::finish_upload(desk, talk, file, came),
        DeskEvent::FileDropped(id) => uploads::remove(desk, id),
        DeskEvent::FileRetried(id) => uploads::retry_upload(desk, id),
        DeskEvent::Inserted(text) => composer::insert_text(desk, &text),
        DeskEvent::Searched(text) => canned::set_search(desk, text),
        DeskEvent::Picked(place) => canned::pick_answer(desk, place),
        DeskEvent::Reply(reply) => open::perform_action(desk, reply),
        DeskEvent::Ordered(order) => person::send_request(desk, order),
        DeskEvent::PersonDone { id, erases, answer } => person::on_response(desk, id, erases, answer),
        DeskEvent::Decided { questions, choice } => learn::decide_questions(desk, questions, choice),
        DeskEvent::Days(days) => report::set_days(desk, days),
        DeskEvent::Export => report::export_csv(desk),
        DeskEvent::Filtered(filter) => {
            desk.filter = filter;
            Vec::new()
        }
        DeskEvent::Set(settings) => settings::change_settings(desk, settings),
    };
    effects.extend(alerts::title_effect(desk));
    effects
}

fn on_timer(desk: &mut Desk, timer: DeskTimer) -> Vec<DeskEffect> {
    match timer {
        DeskTimer::Tick => {
            talk::forget_typing(desk);
            vec![DeskEffect::After { ms: time::TICK_MS, timer: DeskTimer::Tick }]
        }
        DeskTimer::Idle(id) => composer::on_idle(desk, id),
        DeskTimer::Connect(_) | DeskTimer::Ping(_) | DeskTimer::Pong(_) => connection::on_timer(desk, timer),
    }
}

impl Desk {
    /// The words of the language that was chosen.
    pub fn words(&self) -> &'static Words {
        self.settings.lang.desk()
    }

    /// The conversation that is shown.
    pub fn talk(&self) -> Option<&Talk> {
        self.talks.get(&self.open?)
    }

    /// The same, to be changed.
    fn talk_mut(&mut self) -> Option<&mut Talk> {
        self.talks.get_mut(&self.open?)
    }

    /// The conversation `id` as the board lists it.
    pub fn chat(&self, id: Id) -> Option<&Chat> {
        self.chats.iter().find(|chat| chat.id == id)
    }

    /// What the visitor of the conversation `id` is called: by name, or else by the beginning of the number.
    pub fn visitor_name(&self, id: Id) -> String {
        let known = self.chat(id).and_then(|chat| chat.visitor.clone());
        let number = id.to_string();
        known.unwrap_or_else(|| format!("{} {}", self.words().visitor, number.get(..4).unwrap_or_default()))
    }

    /// Whether the account `name` is mine.
    pub fn is_me(&self, name: &str) -> bool {
        self.me.as_ref().is_some_and(|me| me.name == name)
    }

    /// The account `name` as it is shown; the name itself of somebody who is not there.
    pub fn display_name<'a>(&'a self, name: &'a str) -> &'a str {
        if let Some(me) = self.me.as_ref().filter(|me| me.name == name) {
            return &me.shown;
        }
        self.people.iter().find(|person| person.name == name).map_or(name, |person| &person.shown)
    }

    /// What the department `id` is called.
    pub fn department_name<'a>(&'a self, id: &'a str) -> &'a str {
        let departments = self.info.iter().flat_map(|info| &info.departments);
        departments.into_iter().find(|each| each.id == id).map_or(id, |each| &each.name)
    }

    /// What the intent `id` is called.
    pub fn intent_title<'a>(&'a self, id: &'a str) -> &'a str {
        let canned = self.info.iter().flat_map(|info| &info.canned);
        canned.into_iter().find(|each| each.intent == id).map_or(id, |each| &each.title)
    }
}
