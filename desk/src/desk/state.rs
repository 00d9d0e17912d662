//! What the desk knows, and what it is called.

use super::{
    screen::{DeskPage, Dialog, Filter, Pane},
    settings::{DeskSettings, InitialState},
    talk::Talk,
};
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

impl Desk {
    /// A desk for `site` as `saved`, of which the edge has said nothing yet.
    pub fn new(site: String, saved: InitialState, now: u64) -> Desk {
        Desk {
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
        }
    }

    /// The words of the language that was chosen.
    pub fn words(&self) -> &'static Words {
        self.settings.lang.desk()
    }

    /// The conversation that is shown.
    pub fn talk(&self) -> Option<&Talk> {
        self.talks.get(&self.open?)
    }

    /// The same, to be changed.
    pub fn talk_mut(&mut self) -> Option<&mut Talk> {
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
