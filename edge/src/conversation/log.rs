//! Where a conversation is written down.

use super::{Rating, Survey};
use crate::{files::Stored, gate::Budget, identity::Visitor, report::Happened};
use std::collections::BTreeMap;
use wire::{Id, Message, desk::Wondered};

/// A question on its way to the agency.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Pending {
    /// The question's place in the conversation.
    pub seq: u64,
    /// How often it was tried.
    pub tries: u32,
    /// When it was first to be sent, in milliseconds since 1970.
    pub since: u64,
    /// What the matcher thought of: intents and probabilities, best first.
    pub candidates: Vec<(String, f32)>,
    /// The reply as far as it has come: its place in the conversation.
    pub reply: Option<u64>,
    /// Set once the visitor was told that the question is kept until the agency is back.
    #[serde(default)]
    pub left: Option<Left>,
    /// The number of the case it hands in, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Whether it brings papers to that case.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub papers: bool,
}

impl Pending {
    /// A question that is to be sent for the first time.
    pub fn new(seq: u64, now: u64, candidates: Vec<(String, f32)>) -> Pending {
        Pending { seq, tries: 0, since: now, candidates, reply: None, left: None, case: None, papers: false }
    }

    /// Whether somebody looks on and waits for its answer.
    pub fn is_awaited(&self) -> bool {
        self.reply.is_none() && self.left.is_none()
    }
}

/// A question the agency did not get, or did not answer; it is brought again when the agency is back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Left {
    /// When it is next looked after, in milliseconds since 1970.
    pub next: u64,
    /// How often it was looked after since it was left.
    pub times: u32,
}

/// Whose conversation this is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Owner {
    /// Who.
    pub visitor: Visitor,
    /// The conversation's generation; tickets of earlier ones open nothing.
    pub generation: u32,
}

/// What a conversation needs of its store. Writes are durable before anything is sent.
pub trait Log {
    /// Names this run of sequence numbers.
    fn epoch(&self) -> Id;
    /// The highest `seq` there is; 0 if nothing was said yet.
    fn last(&self) -> u64;
    /// The message that a visitor's side called `id`.
    fn by_id(&self, id: Id) -> Option<Message>;
    /// The message at `seq`.
    fn at(&self, seq: u64) -> Option<Message>;
    /// The messages after `seq`, in order; the newest `limit` of them.
    fn after(&self, seq: u64, limit: usize) -> Vec<Message>;
    /// Writes a message; one with the same `seq` is replaced.
    fn put(&mut self, message: &Message);
    /// The visitor's budget, if one was kept.
    fn budget(&self) -> Option<Budget>;
    /// Keeps the visitor's budget.
    fn set_budget(&mut self, budget: Budget);
    /// The questions on their way to the agency, oldest first.
    fn pending(&self) -> Vec<Pending>;
    /// Keeps a question on its way; one with the same `seq` is replaced.
    fn put_pending(&mut self, pending: &Pending);
    /// The question has its answer.
    fn settle(&mut self, seq: u64);
    /// What the connector keeps of this conversation, by name.
    fn remembered(&self) -> BTreeMap<String, String>;
    /// Keeps something for the connector; an earlier value of the same name is replaced.
    fn remember(&mut self, name: &str, value: &str);
    /// Whose conversation this is, once the host has said so.
    fn owner(&self) -> Option<Owner>;
    /// Keeps whose it is.
    fn set_owner(&mut self, owner: &Owner);
    /// What was said about answers, by their places.
    fn ratings(&self) -> Vec<Rating>;
    /// Keeps what was said about an answer, in place of what was said before.
    fn put_rating(&mut self, rating: &Rating);
    /// What was said about the conversation.
    fn survey(&self) -> Option<Survey>;
    /// Keeps what was said about the conversation.
    fn set_survey(&mut self, survey: &Survey);
    /// The files that are kept, in any order.
    fn files(&self) -> Vec<Stored>;
    /// Keeps what there is to know of a file; an earlier one of the same name is replaced.
    fn put_file(&mut self, file: &Stored);
    /// What the page says the visitor is about.
    fn context(&self) -> BTreeMap<String, String>;
    /// Keeps that instead of what was said before.
    fn set_context(&mut self, context: &BTreeMap<String, String>);
    /// What is kept under `name`.
    fn record(&self, name: &str) -> Option<String>;
    /// All that is kept under names that begin with `prefix`.
    fn records(&self, prefix: &str) -> Vec<String>;
    /// Keeps something under `name`, or nothing any more.
    fn set_record(&mut self, name: &str, value: Option<&str>);
    /// Something happened that is counted. Counts may be lost with the memory; nothing depends on them.
    fn note(&mut self, happened: Happened);
    /// The visitor asked something that was not answered well. Lost with the memory, as counts are.
    fn wonder(&mut self, wondered: Wondered);
    /// The place of the message that the callback `id` became, if it was heard before.
    fn heard(&self, id: &str) -> Option<u64>;
    /// The callback `id` became the message at `seq`.
    fn set_heard(&mut self, id: &str, seq: u64);
}

/// A log in memory, for tests and for `hoi ask`.
#[derive(Debug, Clone)]
pub struct Memory {
    /// The epoch.
    pub epoch: Id,
    /// What was written, in order.
    pub messages: Vec<Message>,
    /// The budget.
    pub budget: Option<Budget>,
    /// The outbox.
    pub outbox: Vec<Pending>,
    /// What the connector keeps.
    pub remembered: BTreeMap<String, String>,
    /// What happened.
    pub happened: Vec<Happened>,
    /// What was not answered well.
    pub wondered: Vec<Wondered>,
    /// What else is kept.
    pub records: BTreeMap<String, String>,
    /// Callbacks, and the messages they became.
    pub heard: BTreeMap<String, u64>,
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
}

impl Memory {
    /// An empty log.
    pub fn new(epoch: Id) -> Self {
        Memory {
            epoch,
            messages: Vec::new(),
            budget: None,
            outbox: Vec::new(),
            remembered: BTreeMap::new(),
            happened: Vec::new(),
            wondered: Vec::new(),
            records: BTreeMap::new(),
            heard: BTreeMap::new(),
            owner: None,
            context: BTreeMap::new(),
            ratings: BTreeMap::new(),
            survey: None,
            files: BTreeMap::new(),
        }
    }
}

impl Log for Memory {
    fn epoch(&self) -> Id {
        self.epoch
    }

    fn last(&self) -> u64 {
        self.messages.last().map_or(0, |message| message.seq)
    }

    fn by_id(&self, id: Id) -> Option<Message> {
        self.messages.iter().find(|message| message.id == Some(id)).cloned()
    }

    fn at(&self, seq: u64) -> Option<Message> {
        self.messages.iter().find(|message| message.seq == seq).cloned()
    }

    fn after(&self, seq: u64, limit: usize) -> Vec<Message> {
        let later: Vec<Message> = self.messages.iter().filter(|message| message.seq > seq).cloned().collect();
        later.get(later.len().saturating_sub(limit)..).unwrap_or_default().to_vec()
    }

    fn put(&mut self, message: &Message) {
        match self.messages.iter_mut().find(|old| old.seq == message.seq) {
            Some(old) => *old = message.clone(),
            None => self.messages.push(message.clone()),
        }
    }

    fn budget(&self) -> Option<Budget> {
        self.budget
    }

    fn set_budget(&mut self, budget: Budget) {
        self.budget = Some(budget);
    }

    fn pending(&self) -> Vec<Pending> {
        self.outbox.clone()
    }

    fn put_pending(&mut self, pending: &Pending) {
        match self.outbox.iter_mut().find(|old| old.seq == pending.seq) {
            Some(old) => *old = pending.clone(),
            None => self.outbox.push(pending.clone()),
        }
    }

    fn settle(&mut self, seq: u64) {
        self.outbox.retain(|pending| pending.seq != seq);
    }

    fn remembered(&self) -> BTreeMap<String, String> {
        self.remembered.clone()
    }

    fn remember(&mut self, name: &str, value: &str) {
        self.remembered.insert(name.to_owned(), value.to_owned());
    }

    fn owner(&self) -> Option<Owner> {
        self.owner.clone()
    }

    fn set_owner(&mut self, owner: &Owner) {
        self.owner = Some(owner.clone());
    }

    fn ratings(&self) -> Vec<Rating> {
        self.ratings.values().cloned().collect()
    }

    fn put_rating(&mut self, rating: &Rating) {
        self.ratings.insert(rating.seq, rating.clone());
    }

    fn survey(&self) -> Option<Survey> {
        self.survey.clone()
    }

    fn set_survey(&mut self, survey: &Survey) {
        self.survey = Some(survey.clone());
    }

    fn files(&self) -> Vec<Stored> {
        self.files.values().cloned().collect()
    }

    fn put_file(&mut self, file: &Stored) {
        self.files.insert(file.id, file.clone());
    }

    fn context(&self) -> BTreeMap<String, String> {
        self.context.clone()
    }

    fn set_context(&mut self, context: &BTreeMap<String, String>) {
        self.context.clone_from(context);
    }

    fn record(&self, name: &str) -> Option<String> {
        self.records.get(name).cloned()
    }

    fn records(&self, prefix: &str) -> Vec<String> {
        self.records
            .iter()
            .filter(|(name, _)| name.starts_with(prefix))
            .map(|(_, value)| value.clone())
            .collect()
    }

    fn set_record(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.records.insert(name.to_owned(), value.to_owned()),
            None => self.records.remove(name),
        };
    }

    fn note(&mut self, happened: Happened) {
        self.happened.push(happened);
    }

    fn wonder(&mut self, wondered: Wondered) {
        self.wondered.push(wondered);
    }

    fn heard(&self, id: &str) -> Option<u64> {
        self.heard.get(id).copied()
    }

    fn set_heard(&mut self, id: &str, seq: u64) {
        self.heard.insert(id.to_owned(), seq);
    }
}
