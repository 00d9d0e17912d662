//! A conversation's log in the object's own SQLite. Tables are made with the first message, so a visitor who only looks
//! leaves no row; on workerd the file itself is there as soon as the object is, empty.

mod rows;

use super::tombstone::{self, Tombstone};
use crate::{
    conversation::{Log, Owner, Pending, Rating, Survey, held_until, next_due},
    files::Stored,
    gate::Budget,
    report::Happened,
};
use serde::{Deserialize, Serialize};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};
use wire::{AuthorKind, Id, Message, desk::Wondered};
use worker::{Result, SqlStorage, SqlStorageValue};

/// The log. Whatever the database refuses is kept in `trouble` for the shell, which then acknowledges nothing.
pub struct SqlLog {
    sql: SqlStorage,
    epoch: Cell<Id>,
    last: Cell<u64>,
    exists: Cell<bool>,
    /// Set if it was erased: what is in the tables then is there for cases' sake only.
    erased: RefCell<Option<Tombstone>>,
    read: RefCell<Read>,
    happened: RefCell<Vec<Happened>>,
    wondered: RefCell<Vec<Wondered>>,
    trouble: RefCell<Option<worker::Error>>,
}

/// What was read since the object woke, and holds until it is written: asking SQLite costs more than an answer does.
/// `None`: not read yet.
#[derive(Default)]
struct Read {
    owner: Option<Option<Owner>>,
    budget: Option<Option<Budget>>,
    pending: Option<Vec<Pending>>,
    /// When the last message was said.
    last_at: Option<u64>,
    /// Until when its cases keep it.
    held_until: Option<u64>,
    /// When the next device is to be told.
    next_due: Option<Option<u64>>,
}

#[derive(Deserialize)]
struct Text {
    json: String,
}

#[derive(Deserialize)]
struct Number {
    n: Option<u64>,
}

/// Something the connector keeps.
#[derive(Deserialize)]
struct Kept {
    name: String,
    value: String,
}

/// Which conversation this object holds; written with its first message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Whose {
    /// The site.
    pub site: String,
    /// The conversation.
    pub conversation: Id,
}

impl SqlLog {
    /// The log in `sql`. `epoch` is used if there is none yet.
    pub fn open(sql: SqlStorage, epoch: Id) -> Result<SqlLog> {
        let log = SqlLog::broken(sql, epoch);
        log.reload()?;
        Ok(log)
    }

    /// A log whose database can't even be read. Every write is tried again, and fails until it doesn't.
    pub fn broken(sql: SqlStorage, epoch: Id) -> SqlLog {
        SqlLog {
            sql,
            epoch: Cell::new(epoch),
            last: Cell::new(0),
            exists: Cell::new(false),
            erased: RefCell::default(),
            read: RefCell::default(),
            happened: RefCell::default(),
            wondered: RefCell::default(),
            trouble: RefCell::default(),
        }
    }

    /// Whether anything was written here.
    pub fn exists(&self) -> bool {
        self.exists.get()
    }

    /// Makes the tables at `now`, in milliseconds since 1970; whether there were none.
    pub fn found(&self, whose: &Whose, now: u64) -> Result<bool> {
        if self.exists.get() {
            return Ok(false);
        }
        for statement in [
            "CREATE TABLE IF NOT EXISTS message (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, json TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY, json TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, json TEXT NOT NULL)",
        ] {
            self.sql.exec(statement, None)?;
        }
        self.set_meta("whose", whose)?;
        self.set_meta("founded", &now)?;
        self.set_meta("epoch", &self.epoch.get())?;
        self.exists.set(true);
        Ok(true)
    }

    /// Which conversation this is, if anything was written.
    pub fn whose(&self) -> Result<Option<Whose>> {
        if self.exists.get() { self.meta("whose") } else { Ok(None) }
    }

    /// When the last message was said, in milliseconds since 1970; 0 if nothing was. A file may come before that.
    pub fn last_at(&self) -> u64 {
        let sent = || self.files().iter().map(|file| file.at).max().unwrap_or(0);
        let said = || self.at(self.last.get()).map_or_else(sent, |message| message.at);
        self.once(|read| &mut read.last_at, said)
    }

    /// When the tables were made, in milliseconds since 1970; where that was not written down yet it is `now` from
    /// then on.
    pub fn founded(&self, now: u64) -> Result<u64> {
        if let Some(founded) = self.meta("founded")? {
            return Ok(founded);
        }
        self.set_meta("founded", &now)?;
        Ok(now)
    }

    /// What happened since the last call.
    pub fn happened(&self) -> Vec<Happened> {
        self.happened.take()
    }

    /// What was not answered well since the last call.
    pub fn wondered(&self) -> Vec<Wondered> {
        self.wondered.take()
    }

    /// Until when it is kept for its cases' sake, in milliseconds since 1970.
    pub fn held_until(&self) -> u64 {
        self.once(|read| &mut read.held_until, || held_until(self))
    }

    /// When the next of the visitor's devices is to be told of news, in milliseconds since 1970.
    pub fn next_due(&self) -> Option<u64> {
        self.once(|read| &mut read.next_due, || next_due(self))
    }

    /// The first thing the database refused since the last call.
    ///
    /// # Errors
    /// That refusal. What was to be acknowledged must not be.
    pub fn check(&self) -> Result<()> {
        let Some(trouble) = self.trouble.take() else { return Ok(()) };
        // What is in memory may not be what is on the disk any more.
        if let Err(error) = self.reload() {
            worker::console_error!("the log can't be read again: {error}");
        }
        Err(trouble)
    }

    /// Takes from the disk what memory knows of it.
    fn reload(&self) -> Result<()> {
        self.read.take();
        let stone = tombstone::read(&self.sql)?;
        self.erased.replace(stone.clone().filter(|stone| stone.erased.is_some()));
        let tables: Vec<Number> = self
            .sql
            .exec(
                "SELECT count(*) AS n FROM sqlite_master WHERE name IN ('message', 'outbox', 'meta')",
                None,
            )?
            .to_array()?;
        // Made one after the other: the disk may have been full in between.
        self.exists.set(tables.first().is_some_and(|count| count.n == Some(3)));
        self.last.set(0);
        if !self.exists.get() {
            if let Some(stone) = stone {
                self.epoch.set(stone.epoch);
            }
            return Ok(());
        }
        let last: Vec<Number> = self.sql.exec("SELECT max(seq) AS n FROM message", None)?.to_array()?;
        self.last.set(last.first().and_then(|row| row.n).unwrap_or(0));
        match self.meta("epoch")? {
            Some(epoch) => self.epoch.set(epoch),
            None => self.exists.set(false),
        }
        Ok(())
    }
}

impl Log for SqlLog {
    fn epoch(&self) -> Id {
        self.epoch.get()
    }

    fn last(&self) -> u64 {
        self.last.get()
    }

    fn by_id(&self, id: Id) -> Option<Message> {
        self.rows("SELECT json FROM message WHERE id = ?", vec![id.to_string().into()]).pop()
    }

    fn at(&self, seq: u64) -> Option<Message> {
        self.rows("SELECT json FROM message WHERE seq = ?", vec![number(seq)]).pop()
    }

    fn after(&self, seq: u64, limit: usize) -> Vec<Message> {
        let bindings = vec![number(seq), number(limit as u64)];
        let mut newest: Vec<Message> =
            self.rows("SELECT json FROM message WHERE seq > ? ORDER BY seq DESC LIMIT ?", bindings);
        newest.reverse();
        newest
    }

    fn put(&mut self, message: &Message) {
        // Nobody reads what is said in a conversation that was erased; only what goes to the agency goes by here.
        if self.is_erased() && message.author.kind != AuthorKind::Visitor {
            return;
        }
        let id = message.id.map_or(SqlStorageValue::Null, |id| id.to_string().into());
        let row = vec![number(message.seq), id, self.json(message)];
        // A number that was not written is still free.
        if self.write("INSERT OR REPLACE INTO message VALUES (?, ?, ?)", row)
            && message.seq >= self.last.get()
        {
            self.last.set(message.seq);
            self.read.borrow_mut().last_at = Some(message.at);
        }
    }

    fn budget(&self) -> Option<Budget> {
        if !self.exists.get() {
            return self.read.borrow().budget.flatten();
        }
        self.once(|read| &mut read.budget, || self.meta("budget").ok().flatten())
    }

    fn set_budget(&mut self, budget: Budget) {
        // Before anything was said nothing is made on the disk; it is kept as long as the object lives.
        let written = !self.exists.get()
            || self.set_meta("budget", &budget).map_err(|error| self.complain(error)).is_ok();
        self.read.get_mut().budget = written.then_some(Some(budget));
    }

    fn pending(&self) -> Vec<Pending> {
        self.once(|read| &mut read.pending, || self.rows("SELECT json FROM outbox ORDER BY seq", Vec::new()))
    }

    fn put_pending(&mut self, pending: &Pending) {
        let row = vec![number(pending.seq), self.json(pending)];
        let _noted = self.write("INSERT OR REPLACE INTO outbox VALUES (?, ?)", row);
        self.read.get_mut().pending = None;
    }

    fn settle(&mut self, seq: u64) {
        let _noted = self.write("DELETE FROM outbox WHERE seq = ?", vec![number(seq)]);
        self.read.get_mut().pending = None;
    }

    fn remembered(&self) -> BTreeMap<String, String> {
        let query = "SELECT json_object('name', substr(key, 8), 'value', json(json)) AS json FROM meta \
                     WHERE substr(key, 1, 7) = 'agency:'";
        let kept: Vec<Kept> = self.rows(query, Vec::new());
        kept.into_iter().map(|kept| (kept.name, kept.value)).collect()
    }

    fn remember(&mut self, name: &str, value: &str) {
        if let Err(error) = self.set_meta(&format!("agency:{name}"), &value) {
            self.complain(error);
        }
    }

    fn owner(&self) -> Option<Owner> {
        if !self.exists.get() {
            return None;
        }
        let read = || self.meta("owner").unwrap_or_else(|error| self.lacks(error));
        self.once(|read| &mut read.owner, read)
    }

    fn set_owner(&mut self, owner: &Owner) {
        if let Err(error) = self.set_meta("owner", owner) {
            self.complain(error);
        }
        self.read.get_mut().owner = None;
    }

    fn ratings(&self) -> Vec<Rating> {
        self.under("rating:")
    }

    fn put_rating(&mut self, rating: &Rating) {
        self.keep(&format!("rating:{}", rating.seq), rating);
    }

    fn survey(&self) -> Option<Survey> {
        let read = || self.meta("survey").unwrap_or_else(|error| self.lacks(error));
        if self.exists.get() { read() } else { None }
    }

    fn set_survey(&mut self, survey: &Survey) {
        self.keep("survey", survey);
    }

    fn files(&self) -> Vec<Stored> {
        self.under("file:")
    }

    fn put_file(&mut self, file: &Stored) {
        self.keep(&format!("file:{}", file.id), file);
        self.read.get_mut().last_at = None;
    }

    fn context(&self) -> BTreeMap<String, String> {
        let kept = if self.exists.get() { self.meta("context").ok().flatten() } else { None };
        kept.unwrap_or_default()
    }

    fn set_context(&mut self, context: &BTreeMap<String, String>) {
        if let Err(error) = self.set_meta("context", context) {
            self.complain(error);
        }
    }

    fn record(&self, name: &str) -> Option<String> {
        let key = format!("record:{name}");
        if self.exists.get() { self.meta(&key).unwrap_or_else(|error| self.lacks(error)) } else { None }
    }

    fn records(&self, prefix: &str) -> Vec<String> {
        let prefix = format!("record:{prefix}");
        let bindings = vec![number(prefix.len() as u64), prefix.into()];
        self.rows("SELECT json FROM meta WHERE substr(key, 1, ?) = ?", bindings)
    }

    fn set_record(&mut self, name: &str, value: Option<&str>) {
        let key = format!("record:{name}");
        match value {
            Some(value) => {
                if let Err(error) = self.set_meta(&key, &value) {
                    self.complain(error);
                }
            }
            None => {
                let _noted = self.write("DELETE FROM meta WHERE key = ?", vec![key.into()]);
            }
        }
        let read = self.read.get_mut();
        (read.held_until, read.next_due) = (None, None);
    }

    fn note(&mut self, happened: Happened) {
        self.happened.get_mut().push(happened);
    }

    fn wonder(&mut self, wondered: Wondered) {
        self.wondered.get_mut().push(wondered);
    }

    fn heard(&self, id: &str) -> Option<u64> {
        if self.exists.get() { self.meta(&format!("heard:{id}")).ok().flatten() } else { None }
    }

    fn set_heard(&mut self, id: &str, seq: u64) {
        if let Err(error) = self.set_meta(&format!("heard:{id}"), &seq) {
            self.complain(error);
        }
    }
}

/// Sequence numbers and limits stay far below 2^53.
fn number(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(value as i64)
}
