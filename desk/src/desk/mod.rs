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

pub use acts::{about, did};
pub use alerts::{count, is_danger, unread};
pub use board::sentence as refusal;
pub use canned::{folded, found, in_language};
pub use composer::excess;
pub use connection::Place;
pub use csv::csv;
pub use effect::{Effect, Key, Spot, Timer};
pub use event::{Button, Event, Pressed, Reply, Saved};
pub use inbox::named;
pub use may::{May, may};
pub use outbox::OutboxItem;
pub use person::Order;
pub use queue::{Section, beside, sections, wanted};
pub use report::{Bar, Report, report};
pub use settings::{Dialog, Filter, Page, Pane, Settings};
pub use talk::{Item, Stands, Talk, timeline};
pub use time::{day, short};
pub use uploads::{attaches, upload_error};

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
    pub settings: Settings,
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
    pub page: Page,
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
pub fn start(site: String, saved: Saved, now: u64) -> (Desk, Vec<Effect>) {
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
        page: Page::Chats,
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
    let mut effects = vec![Effect::Speak(desk.settings.lang), Effect::Colour(desk.settings.scheme)];
    effects.extend(connection::connect(&mut desk, Place::Board));
    effects.push(Effect::After { ms: time::TICK_MS, timer: Timer::Tick });
    (desk, effects)
}

/// What follows from `event`, which happened at `now`, in milliseconds since 1970.
pub fn update(desk: &mut Desk, now: u64, event: Event) -> Vec<Effect> {
    desk.now = desk.now.max(now);
    let mut effects = match event {
        Event::Opened(place) => connection::opened(desk, place),
        Event::Closed { place, code, chance } => connection::closed(desk, place, code, chance),
        Event::Ponged(place) => connection::ponged(desk, place),
        Event::Rang(timer) => rang(desk, timer),
        Event::SignedOut => connection::signed_out(desk),
        Event::Board(frame) => board::heard(desk, frame),
        Event::Chat(id, frame) => talk::heard(desk, id, frame),
        Event::Message(id, frame) => inbox::heard(desk, id, frame),
        Event::Watched(watched) => alerts::watched(desk, watched),
        Event::Notifies(allowed) => {
            desk.notifies = Some(allowed);
            Vec::new()
        }
        Event::Pressed(pressed) => keys::pressed(desk, &pressed),
        Event::Button(button) => open::button(desk, button),
        Event::Wrote(text) => composer::wrote(desk, text),
        Event::Internal(on) => composer::internal(desk, on),
        Event::Submitted(id) => composer::submitted(desk, id),
        Event::Retried(id) => outbox::retried(desk, id),
        Event::Discarded(id) => outbox::discarded(desk, id),
        Event::Chose(files) => uploads::choose(desk, files),
        Event::FileWent { talk, file, came } => uploads::finish(desk, talk, file, came),
        Event::FileDropped(id) => uploads::remove(desk, id),
        Event::FileRetried(id) => uploads::retry(desk, id),
        Event::Inserted(text) => composer::insert(desk, &text),
        Event::Searched(text) => canned::searched(desk, text),
        Event::Picked(place) => canned::picked(desk, place),
        Event::Reply(reply) => open::reply(desk, reply),
        Event::Ordered(order) => person::ordered(desk, order),
        Event::PersonDone { id, erases, answer } => person::done(desk, id, erases, answer),
        Event::Decided { questions, choice } => learn::decided(desk, questions, choice),
        Event::Days(days) => report::days(desk, days),
        Event::Export => report::export(desk),
        Event::Filtered(filter) => {
            desk.filter = filter;
            Vec::new()
        }
        Event::Set(settings) => settings::set(desk, settings),
    };
    effects.extend(alerts::title(desk));
    effects
}

fn rang(desk: &mut Desk, timer: Timer) -> Vec<Effect> {
    match timer {
        Timer::Tick => {
            talk::forget_typing(desk);
            vec![Effect::After { ms: time::TICK_MS, timer: Timer::Tick }]
        }
        Timer::Idle(id) => composer::idle(desk, id),
        Timer::Connect(_) | Timer::Ping(_) | Timer::Pong(_) => connection::rang(desk, timer),
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

    /// Whether the account `name` is mine.
    pub fn is_me(&self, name: &str) -> bool {
        self.me.as_ref().is_some_and(|me| me.name == name)
    }

    /// The account `name` as it is shown; the name itself of somebody who is not there.
    pub fn shown<'a>(&'a self, name: &'a str) -> &'a str {
        if let Some(me) = self.me.as_ref().filter(|me| me.name == name) {
            return &me.shown;
        }
        self.people.iter().find(|person| person.name == name).map_or(name, |person| &person.shown)
    }

    /// What the department `id` is called.
    pub fn department<'a>(&'a self, id: &'a str) -> &'a str {
        let departments = self.info.iter().flat_map(|info| &info.departments);
        departments.into_iter().find(|each| each.id == id).map_or(id, |each| &each.name)
    }

    /// What the intent `id` is called.
    pub fn intent<'a>(&'a self, id: &'a str) -> &'a str {
        let canned = self.info.iter().flat_map(|info| &info.canned);
        canned.into_iter().find(|each| each.intent == id).map_or(id, |each| &each.title)
    }
}
