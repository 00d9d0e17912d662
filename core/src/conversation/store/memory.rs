//! A store in memory, for tests and for `hoi ask`.

use super::{ConversationStore, Owner, Pending, RecordKey, RecordSpace, Side, StoreError};
use crate::{
    conversation::{Rating, Survey},
    files::Stored,
    limits::message_budget::MessageBudget,
    metrics::Happened,
};
use std::{cell::Cell, collections::BTreeMap};
use wire::{AuthorKind, Id, Message, desk::Wondered};

/// A store in memory, for tests and for `hoi ask`.
#[derive(Debug, Clone)]
pub struct MemoryStore {
    /// The epoch.
    pub epoch: Id,
    /// What was written, in order.
    pub messages: Vec<Message>,
    /// The budget.
    pub budget: Option<MessageBudget>,
    /// The outbox.
    pub outbox: Vec<Pending>,
    /// What the connector keeps.
    pub connector_state: BTreeMap<String, String>,
    /// What happened.
    pub happened: Vec<Happened>,
    /// What was not answered well.
    pub unanswered: Vec<Wondered>,
    /// What else is kept, by key.
    pub records: BTreeMap<String, String>,
    /// Callbacks, and the messages they became.
    pub callbacks: BTreeMap<String, u64>,
    /// Whose it is.
    pub owner: Option<Owner>,
    /// What the page says.
    pub context: BTreeMap<String, String>,
    /// What was said about answers.
    pub ratings: BTreeMap<u64, Rating>,
    /// What was said about the conversation.
    pub survey: Option<Survey>,
    /// The files.
    pub files: BTreeMap<Id, Stored>,
    /// How many calls still succeed; after that every one fails, as on a disk that is full. `None`: all of them succeed.
    pub fails_after: Cell<Option<u32>>,
    /// How many calls were made.
    pub calls: Cell<u32>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new(epoch: Id) -> Self {
        MemoryStore {
            epoch,
            messages: Vec::new(),
            budget: None,
            outbox: Vec::new(),
            connector_state: BTreeMap::new(),
            happened: Vec::new(),
            unanswered: Vec::new(),
            records: BTreeMap::new(),
            callbacks: BTreeMap::new(),
            owner: None,
            context: BTreeMap::new(),
            ratings: BTreeMap::new(),
            survey: None,
            files: BTreeMap::new(),
            fails_after: Cell::new(None),
            calls: Cell::new(0),
        }
    }

    /// Counts a call; fails it if none is left.
    fn count_call(&self) -> Result<&Self, StoreError> {
        let before = self.calls.replace(self.calls.get() + 1);
        match self.fails_after.get() {
            Some(most) if before >= most => Err(StoreError::Unavailable("this test's disk is full".into())),
            _ => Ok(self),
        }
    }

    fn call_mut(&mut self) -> Result<&mut Self, StoreError> {
        self.count_call()?;
        Ok(self)
    }
}

impl ConversationStore for MemoryStore {
    fn epoch(&self) -> Result<Id, StoreError> {
        Ok(self.count_call()?.epoch)
    }

    fn last_seq(&self) -> Result<u64, StoreError> {
        Ok(self.count_call()?.messages.last().map_or(0, |message| message.seq))
    }

    fn message_by_id(&self, id: Id) -> Result<Option<Message>, StoreError> {
        Ok(self.count_call()?.messages.iter().find(|message| message.id == Some(id)).cloned())
    }

    fn message(&self, seq: u64) -> Result<Option<Message>, StoreError> {
        Ok(self.count_call()?.messages.iter().find(|message| message.seq == seq).cloned())
    }

    fn messages_after(&self, seq: u64, limit: usize) -> Result<Vec<Message>, StoreError> {
        let later: Vec<Message> =
            self.count_call()?.messages.iter().filter(|message| message.seq > seq).cloned().collect();
        Ok(later.get(later.len().saturating_sub(limit)..).unwrap_or_default().to_vec())
    }

    fn messages_between(&self, from: u64, until: u64) -> Result<Vec<Message>, StoreError> {
        let within = |message: &&Message| (from..until).contains(&message.seq);
        Ok(self.count_call()?.messages.iter().filter(within).cloned().collect())
    }

    fn newest_message(&self, side: Side, until: u64) -> Result<Option<Message>, StoreError> {
        let is_visitors = side == Side::Visitor;
        let said = |message: &&Message| {
            message.seq < until && (message.author.kind == AuthorKind::Visitor) == is_visitors
        };
        Ok(self.count_call()?.messages.iter().rev().find(said).cloned())
    }

    fn put_message(&mut self, message: &Message) -> Result<(), StoreError> {
        let messages = &mut self.call_mut()?.messages;
        match messages.iter_mut().find(|old| old.seq == message.seq) {
            Some(old) => *old = message.clone(),
            None => messages.push(message.clone()),
        }
        Ok(())
    }

    fn budget(&self) -> Result<Option<MessageBudget>, StoreError> {
        Ok(self.count_call()?.budget)
    }

    fn set_budget(&mut self, budget: MessageBudget) -> Result<(), StoreError> {
        self.call_mut()?.budget = Some(budget);
        Ok(())
    }

    fn pending(&self) -> Result<Vec<Pending>, StoreError> {
        Ok(self.count_call()?.outbox.clone())
    }

    fn put_pending(&mut self, pending: &Pending) -> Result<(), StoreError> {
        let outbox = &mut self.call_mut()?.outbox;
        match outbox.iter_mut().find(|old| old.seq == pending.seq) {
            Some(old) => *old = pending.clone(),
            None => outbox.push(pending.clone()),
        }
        Ok(())
    }

    fn remove_pending(&mut self, seq: u64) -> Result<(), StoreError> {
        self.call_mut()?.outbox.retain(|pending| pending.seq != seq);
        Ok(())
    }

    fn connector_state(&self) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(self.count_call()?.connector_state.clone())
    }

    fn set_connector_state(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.call_mut()?.connector_state.insert(name.to_owned(), value.to_owned());
        Ok(())
    }

    fn owner(&self) -> Result<Option<Owner>, StoreError> {
        Ok(self.count_call()?.owner.clone())
    }

    fn set_owner(&mut self, owner: &Owner) -> Result<(), StoreError> {
        self.call_mut()?.owner = Some(owner.clone());
        Ok(())
    }

    fn ratings(&self) -> Result<Vec<Rating>, StoreError> {
        Ok(self.count_call()?.ratings.values().cloned().collect())
    }

    fn put_rating(&mut self, rating: &Rating) -> Result<(), StoreError> {
        self.call_mut()?.ratings.insert(rating.seq, rating.clone());
        Ok(())
    }

    fn survey(&self) -> Result<Option<Survey>, StoreError> {
        Ok(self.count_call()?.survey.clone())
    }

    fn set_survey(&mut self, survey: &Survey) -> Result<(), StoreError> {
        self.call_mut()?.survey = Some(survey.clone());
        Ok(())
    }

    fn files(&self) -> Result<Vec<Stored>, StoreError> {
        Ok(self.count_call()?.files.values().cloned().collect())
    }

    fn put_file(&mut self, file: &Stored) -> Result<(), StoreError> {
        self.call_mut()?.files.insert(file.id, file.clone());
        Ok(())
    }

    fn context(&self) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(self.count_call()?.context.clone())
    }

    fn set_context(&mut self, context: &BTreeMap<String, String>) -> Result<(), StoreError> {
        self.call_mut()?.context.clone_from(context);
        Ok(())
    }

    fn record(&self, key: &RecordKey<'_>) -> Result<Option<String>, StoreError> {
        Ok(self.count_call()?.records.get(&key.to_string()).cloned())
    }

    fn records(&self, space: RecordSpace) -> Result<Vec<(String, String)>, StoreError> {
        let own = |(key, _): &(&String, &String)| key.starts_with(space.prefix());
        let records = self.count_call()?.records.iter().filter(own);
        Ok(records.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    fn set_record(&mut self, key: &RecordKey<'_>, value: Option<&str>) -> Result<(), StoreError> {
        let (records, key) = (&mut self.call_mut()?.records, key.to_string());
        match value {
            Some(value) => records.insert(key, value.to_owned()),
            None => records.remove(&key),
        };
        Ok(())
    }

    fn callback_seq(&self, id: &str) -> Result<Option<u64>, StoreError> {
        Ok(self.count_call()?.callbacks.get(id).copied())
    }

    fn set_callback_seq(&mut self, id: &str, seq: u64) -> Result<(), StoreError> {
        self.call_mut()?.callbacks.insert(id.to_owned(), seq);
        Ok(())
    }

    fn count_event(&mut self, event: Happened) {
        self.happened.push(event);
    }

    fn record_unanswered(&mut self, question: Wondered) {
        self.unanswered.push(question);
    }
}
