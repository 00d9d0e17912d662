//! One site's gatekeeper: who may call the agency now, and who has to wait.

use super::{Breaker, RetryBudget, breaker::PROBE_MS};
use crate::limits::usage::Day;
use serde::{Deserialize, Serialize};

/// How long somebody waits who finds no place free, in milliseconds.
const BUSY_MS: u64 = 300;
/// How many questions that were left behind may be on their way at once, so that visitors who wait now go first.
const MAX_LEFT: usize = 3;

/// A call that somebody wants to make.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// The question's idempotency key.
    pub key: String,
    /// Which try it is.
    pub kind: Kind,
    /// How long it can take at most, in milliseconds: after that its place is free again, whatever became of it.
    pub life_ms: u64,
    /// How many may be with the agency at once.
    pub at_once: u32,
    /// How many may be made in a day, tries included.
    pub per_day: u32,
    /// Which day it is for the agency.
    pub day: Day,
}

/// Which try of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// The first.
    First,
    /// Another one, while the visitor waits.
    Again,
    /// A question that was left behind.
    Left,
}

/// Whether a call may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    /// Yes; say how it ended.
    Go,
    /// All places are taken: ask again in so many milliseconds.
    Busy(u64),
    /// The agency is left alone until then, in milliseconds since 1970.
    NotBefore(u64),
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The agency answered.
    Good,
    /// It didn't, or not as it should.
    Bad,
    /// It asked to be left alone until then, in milliseconds since 1970.
    Held {
        /// When it may be asked again.
        until: u64,
    },
    /// It says nothing about the agency: nothing was sent, or the visitor stopped it.
    Neutral,
}

/// A call on its way.
#[derive(Debug, Clone, PartialEq)]
struct Flight {
    key: String,
    until: u64,
    left: bool,
    probe: bool,
}

/// The gatekeeper. What is written down is how the agency has been; who is on the way is only in memory: if that is
/// lost, so are the calls.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Guard {
    breaker: Breaker,
    budget: RetryBudget,
    held_until: u64,
    /// The calls of one day, and which.
    #[serde(default)]
    today: (u64, u32),
    #[serde(skip)]
    flights: Vec<Flight>,
}

impl Guard {
    /// Whether `call` may be made at `now`. The same key again is the same place.
    pub fn enter(&mut self, call: &Call, now: u64) -> Entry {
        self.flights.retain(|flight| flight.until > now && flight.key != call.key);
        if self.held_until > now {
            return Entry::NotBefore(self.held_until);
        }
        if self.today.0 != call.day.number {
            self.today = (call.day.number, 0);
        }
        if self.today.1 >= call.per_day {
            return Entry::NotBefore(call.day.ends);
        }
        let left = call.kind == Kind::Left;
        // While an agency is in doubt, questions left behind are no reason to ask it more often.
        let probe = self.breaker.is_open() || (left && self.breaker.is_doubtful());
        if probe && (now < self.breaker.probe_at() || self.flights.iter().any(|flight| flight.probe)) {
            return Entry::NotBefore(self.breaker.probe_at().max(now + BUSY_MS));
        }
        let full = self.flights.len() >= call.at_once as usize;
        if full || (left && self.flights.iter().filter(|flight| flight.left).count() >= MAX_LEFT) {
            return Entry::Busy(BUSY_MS);
        }
        match call.kind {
            Kind::First => self.budget.first(),
            Kind::Again if probe => {}
            Kind::Again if !self.budget.take(now) => return Entry::NotBefore(now + PROBE_MS),
            Kind::Again | Kind::Left => {}
        }
        if probe {
            self.breaker.probing(now);
        }
        self.today.1 += 1;
        let until = now + call.life_ms;
        self.flights.push(Flight { key: call.key.clone(), until, left, probe });
        Entry::Go
    }

    /// The call `key` has ended.
    pub fn leave(&mut self, key: &str, outcome: Outcome, now: u64) {
        self.flights.retain(|flight| flight.key != key);
        match outcome {
            Outcome::Good => self.breaker.good(now),
            Outcome::Bad => self.breaker.bad(now),
            Outcome::Held { until } => self.held_until = self.held_until.max(until),
            Outcome::Neutral => {}
        }
    }

    /// Whether this one holds something that must outlive its object and that `written` doesn't have. Every call
    /// changes a little; what is lost of that is forgotten in favour of the agency.
    pub fn differs(&self, written: &Guard) -> bool {
        self.breaker.is_open() != written.breaker.is_open()
            || self.breaker.probe_at() != written.breaker.probe_at()
            || self.held_until != written.held_until
            || self.today != written.today
            || self.budget.is_less_than(&written.budget)
    }

    /// Whether anybody is on the way.
    pub fn is_idle(&self) -> bool {
        self.flights.is_empty()
    }

    /// Whether only probes are let through.
    pub fn is_open(&self) -> bool {
        self.breaker.is_open()
    }

    /// Before this nobody needs to ask, in milliseconds since 1970; 0: it may be worth asking now. What a Worker
    /// may keep for a moment, so that an agency that is down costs a question no second trip.
    pub fn shut_until(&self) -> u64 {
        if self.breaker.is_open() { self.held_until.max(self.breaker.probe_at()) } else { self.held_until }
    }
}
