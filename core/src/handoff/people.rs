//! How a conversation stands with the agency's people, as it is kept.

use crate::{
    board::AuditEvent,
    conversation::{ConversationStore, Effect, RecordKey, StoreError, Task},
};
use serde::{Deserialize, Serialize};
use wire::{
    Body,
    desk::{ChatDown, Danger, Stage},
};

/// How a conversation stands with the agency's people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct People {
    /// Counts up with every change that the board is told of.
    pub rev: u64,
    /// The revision that the board has heard of.
    pub told: u64,
    /// How far it is. [`Stage::Back`]: nobody is wanted.
    pub stage: Stage,
    /// When the visitor asked for somebody, in milliseconds since 1970.
    pub since: u64,
    /// When something was last said, in milliseconds since 1970.
    pub last_at: u64,
    /// Whether the visitor spoke last.
    pub awaits: bool,
    /// Who has it: the account's name, and as it is shown.
    pub with: Option<(String, String)>,
    /// Which department is wanted.
    pub department: Option<String>,
    /// Which account is wanted.
    pub wanted: Option<String>,
    /// What staff call it.
    pub tags: Vec<String>,
    /// What was done and the board doesn't know yet.
    pub done: Vec<AuditEvent>,
    /// What the visitor was told about waiting; nothing: not told yet.
    pub placed: Option<String>,
    /// Up to where a person has read.
    pub read: u64,
    /// Up to where the visitor has seen.
    pub seen: u64,
    /// The number of the last draft.
    pub drafts: u64,
    /// Whether the visitor was told, since asking last, that nobody is there.
    #[serde(default)]
    pub told_away: bool,
    /// The site's own answer to who asks for somebody, and the intent it answers, until it is known whether somebody comes.
    #[serde(default)]
    pub opening: Option<(String, Body)>,
    /// The message with which a person closed it, if the visitor is asked how it was; else 0.
    #[serde(default)]
    pub asks: u64,
    /// What danger somebody seems to be in, until a person has closed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger: Option<Danger>,
}

impl Default for People {
    fn default() -> People {
        People {
            rev: 0,
            told: 0,
            stage: Stage::Back,
            since: 0,
            last_at: 0,
            awaits: false,
            with: None,
            department: None,
            wanted: None,
            tags: Vec::new(),
            done: Vec::new(),
            placed: None,
            read: 0,
            seen: 0,
            drafts: 0,
            told_away: false,
            opening: None,
            asks: 0,
            danger: None,
        }
    }
}

impl People {
    /// As it is kept, if people were ever wanted here.
    pub fn load(store: &impl ConversationStore) -> Result<Option<People>, StoreError> {
        store.read_record(&RecordKey::Handoff)
    }

    /// Keeps a change that the board need not hear of.
    pub(super) fn save(&self, store: &mut impl ConversationStore) -> Result<(), StoreError> {
        store.write_record(&RecordKey::Handoff, self)
    }

    /// Keeps a change that the board is to hear of.
    pub(super) fn save_change(mut self, store: &mut impl ConversationStore) -> Result<Effect, StoreError> {
        self.rev += 1;
        self.save(store)?;
        Ok(Effect::Task(Task::SyncBoard))
    }

    /// Whether the visitor waits for somebody.
    pub(super) fn is_waited_for(&self) -> bool {
        self.stage == Stage::Waiting
    }

    /// How it stands, as desks are told.
    pub(super) fn desk_status(&self, store: &impl ConversationStore) -> Result<ChatDown, StoreError> {
        let visitor = store.owner()?.map(|owner| owner.visitor);
        let name = visitor.map(|visitor| ("".to_owned(), visitor.name.unwrap_or(visitor.id)));
        Ok(ChatDown::Stands {
            stage: self.stage,
            with: self.with.clone(),
            department: self.department.clone(),
            tags: self.tags.clone(),
            about: name.into_iter().chain(store.context()?).collect(),
        })
    }
}
