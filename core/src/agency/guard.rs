//! One site's gatekeeper: who may call the agency now, and who has to wait.

use super::{Breaker, RetryBudget, breaker::PROBE_MS};
use crate::limits::usage::UsageDay;
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
    pub kind: CallKind,
    /// How long it can take at most, in milliseconds: after that its place is free again, whatever became of it.
    pub life_ms: u64,
    /// How many may be with the agency at once.
    pub at_once: u32,
    /// How many may be made in a day, tries included.
    pub per_day: u32,
    /// Which day it is for the agency.
    pub day: UsageDay,
}

/// Which try of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallKind {
    /// The first.
    First,
    /// Another one, while the visitor waits.
    Again,
    /// A question that was left behind.
    Left,
}

/// Whether a call may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallAdmission {
    /// Yes; say how it ended.
    Go,
    /// All places are taken: ask again in so many milliseconds.
    Busy(u64),
    /// The agency is left alone until then, in milliseconds since 1970.
    NotBefore(u64),
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallOutcome {
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
    pub fn admit_call(&mut self, call: &Call, now: u64) -> CallAdmission {
        self.flights.retain(|flight| flight.until > now && flight.key != call.key);
        if self.held_until > now {
            return CallAdmission::NotBefore(self.held_until);
        }
        if self.today.0 != call.day.number {
            self.today = (call.day.number, 0);
        }
        if self.today.1 >= call.per_day {
            return CallAdmission::NotBefore(call.day.ends);
        }
        let left = call.kind == CallKind::Left;
        // While an agency is in doubt, questions left behind are no reason to ask it more often.
        let probe = self.breaker.is_open() || (left && self.breaker.is_doubtful());
        if probe && (now < self.breaker.probe_at() || self.flights.iter().any(|flight| flight.probe)) {
            return CallAdmission::NotBefore(self.breaker.probe_at().max(now + BUSY_MS));
        }
        let full = self.flights.len() >= call.at_once as usize;
        if full || (left && self.flights.iter().filter(|flight| flight.left).count() >= MAX_LEFT) {
            return CallAdmission::Busy(BUSY_MS);
        }
        match call.kind {
            CallKind::First => self.budget.record_first_try(),
            CallKind::Again if probe => {}
            CallKind::Again if !self.budget.take_retry(now) => {
                return CallAdmission::NotBefore(now + PROBE_MS);
            }
            CallKind::Again | CallKind::Left => {}
        }
        if probe {
            self.breaker.record_probe(now);
        }
        self.today.1 += 1;
        let until = now + call.life_ms;
        self.flights.push(Flight { key: call.key.clone(), until, left, probe });
        CallAdmission::Go
    }

    /// The call `key` has ended.
    pub fn finish_call(&mut self, key: &str, outcome: CallOutcome, now: u64) {
        self.flights.retain(|flight| flight.key != key);
        match outcome {
            CallOutcome::Good => self.breaker.record_success(now),
            CallOutcome::Bad => self.breaker.record_failure(now),
            CallOutcome::Held { until } => self.held_until = self.held_until.max(until),
            CallOutcome::Neutral => {}
        }
    }

    /// Whether this one holds something that must outlive its object and that `written` doesn't have. Every call
    /// changes a little; what is lost of that is forgotten in favour of the agency.
    pub fn needs_saving(&self, written: &Guard) -> bool {
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
