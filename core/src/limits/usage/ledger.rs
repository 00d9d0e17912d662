//! What was used today, and whether there is more.

use super::UsageDay;
use crate::limits::sanitize::{Bucket, Measure};
use serde::{Deserialize, Serialize};
use site::Limits;
use std::collections::BTreeMap;

/// Most addresses whose connections are remembered. Beyond that those who waited longest start afresh.
const MAX_DOORS: usize = 10_000;

/// What looking costs, as a part of a connection: whoever polls does so every two seconds.
const LOOK: f64 = 0.05;

/// Of the connections a minute so many-th may be for new conversations: each makes a file, and tables in it when something is said.
/// A class that opens the chat at the same moment is let in.
const A_BEGINNING_IN: u32 = 3;
/// New conversations a minute that an address may always have, however few connections the site allows.
const BEGINNINGS: u32 = 10;

/// Somebody wants to come in. Nothing of the day is used up by that.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Knock {
    /// For what.
    pub what: What,
    /// From which address, by its name of today.
    pub address: String,
    /// Whether it is for a conversation that was there before: another one's beginnings are no reason to refuse that.
    #[serde(default)]
    pub begun: bool,
    /// How much there is.
    pub limits: Limits,
    /// The agency's clock, in minutes east of UTC.
    pub utc_offset_minutes: i32,
}

/// What somebody comes in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// To open a line.
    Connection,
    /// To look, without a line, whether there is something new: a little of a connection.
    Look,
}

/// What was used since the last one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// By which address, under its name of today; `None` where the edge isn't told addresses.
    pub used: Vec<(Option<String>, UsageCounts)>,
    /// What happened, how often: event, what it was about.
    #[serde(default)]
    pub happened: Vec<(String, String, u32)>,
    /// How much there is.
    pub limits: Limits,
    /// The agency's clock, in minutes east of UTC.
    pub utc_offset_minutes: i32,
}

/// Whether there is more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageVerdict {
    /// How long to wait, in milliseconds; `None`: go on.
    pub wait_ms: Option<u64>,
    /// How long to wait with a new conversation.
    #[serde(default)]
    pub begin_ms: Option<u64>,
}

/// What was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UsageCounts {
    /// Conversations begun.
    pub conversations: u32,
    /// Messages written.
    pub messages: u32,
}

/// The day's books. The counts must outlive the object; who knocked how often in the last minute need not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    day: u64,
    site: UsageCounts,
    addresses: BTreeMap<String, UsageCounts>,
    doors: BTreeMap<String, Door>,
}

/// What an address may still come in for in this minute.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Door {
    connections: Bucket,
    beginnings: Bucket,
}

impl Ledger {
    /// The books of `day`, as they were kept: the site's own counts under the empty name.
    pub fn from_rows(day: u64, mut rows: BTreeMap<String, UsageCounts>) -> Ledger {
        let site = rows.remove("").unwrap_or_default();
        Ledger { day, site, addresses: rows, doors: BTreeMap::new() }
    }

    /// Which day these are the books of.
    pub fn day(&self) -> u64 {
        self.day
    }

    /// Whether there is more for who knocks; a connection is refused as soon as there isn't.
    pub fn check_quota(&mut self, knock: &Knock, now: u64) -> UsageVerdict {
        let day = self.roll_over_day(knock.utc_offset_minutes, now);
        let part = match knock.what {
            What::Connection => 1.0,
            What::Look => LOOK,
        };
        let wait_ms = self.take_connection(knock, part, now);
        let verdict = self.usage_verdict(&knock.limits, Some(&knock.address), day, now);
        let wait_ms = verdict.wait_ms.or(verdict.begin_ms.filter(|_| !knock.begun)).or(wait_ms);
        UsageVerdict { wait_ms, ..verdict }
    }

    /// Counts what was used, and says of each address whether there is more.
    pub fn record_usage(&mut self, tally: &Tally, now: u64) -> Vec<UsageVerdict> {
        let day = self.roll_over_day(tally.utc_offset_minutes, now);
        for (address, counts) in &tally.used {
            self.site.add(*counts);
            if let Some(address) = address {
                self.addresses.entry(address.clone()).or_default().add(*counts);
            }
        }
        let verdict = |(address, _): &(Option<String>, _)| {
            self.usage_verdict(&tally.limits, address.as_deref(), day, now)
        };
        tally.used.iter().map(verdict).collect()
    }

    /// The counts of `name`, of the site itself under the empty name.
    pub fn counts(&self, name: &str) -> UsageCounts {
        if name.is_empty() { self.site } else { self.addresses.get(name).copied().unwrap_or_default() }
    }

    /// The day it is; the books of an earlier one are closed.
    fn roll_over_day(&mut self, utc_offset_minutes: i32, now: u64) -> UsageDay {
        let day = UsageDay::from_millis(now, utc_offset_minutes);
        if day.number != self.day {
            *self = Ledger { day: day.number, doors: std::mem::take(&mut self.doors), ..Ledger::default() };
        }
        day
    }

    /// How long is left of the day, in milliseconds, if `address` or the site has used it up.
    fn usage_verdict(&self, limits: &Limits, address: Option<&str>, day: UsageDay, now: u64) -> UsageVerdict {
        let used = self.counts(address.unwrap_or("-"));
        let used_up = self.site.messages >= limits.site_messages_per_day
            || used.messages >= limits.address_messages_per_day;
        let begun = used_up || used.conversations >= limits.address_conversations_per_day;
        let rest = |over: bool| over.then(|| day.ends.saturating_sub(now));
        UsageVerdict { wait_ms: rest(used_up), begin_ms: rest(begun) }
    }

    fn take_connection(&mut self, knock: &Knock, part: f64, now: u64) -> Option<u64> {
        let address = &knock.address;
        let connections = Measure::per_minute(knock.limits.address_connections_per_minute);
        let most = knock.limits.address_connections_per_minute / A_BEGINNING_IN;
        let beginnings = Measure::per_minute(most.max(BEGINNINGS));
        if self.doors.len() >= MAX_DOORS && !self.doors.contains_key(address) {
            self.doors.retain(|_, door| {
                !door.connections.is_full(connections, now) || !door.beginnings.is_full(beginnings, now)
            });
            if self.doors.len() >= MAX_DOORS {
                self.doors.clear();
            }
        }
        let full = || Door {
            connections: Bucket::new_full(connections, now),
            beginnings: Bucket::new_full(beginnings, now),
        };
        let door = self.doors.entry(address.clone()).or_insert_with(full);
        let begins = knock.what == What::Connection && !knock.begun;
        let begin = if begins { door.beginnings.take_token(beginnings, now) } else { Ok(()) };
        begin.and_then(|()| door.connections.take_part(part, connections, now)).err()
    }
}

impl UsageCounts {
    /// With `more`.
    pub fn add(&mut self, more: UsageCounts) {
        self.conversations = self.conversations.saturating_add(more.conversations);
        self.messages = self.messages.saturating_add(more.messages);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: u64 = 1_780_000_000_000;
    const MESSAGE: UsageCounts = UsageCounts { conversations: 0, messages: 1 };
    const CONVERSATION: UsageCounts = UsageCounts { conversations: 1, messages: 1 };

    fn limits() -> Limits {
        Limits {
            address_connections_per_minute: 3,
            address_conversations_per_day: 2,
            address_messages_per_day: 5,
            site_messages_per_day: 9,
            ..Limits::default()
        }
    }

    fn knock(ledger: &mut Ledger, address: &str, now: u64) -> Option<u64> {
        let (what, address) = (What::Connection, address.to_owned());
        let begun = false;
        ledger
            .check_quota(&Knock { what, address, begun, limits: limits(), utc_offset_minutes: 420 }, now)
            .wait_ms
    }

    fn used(ledger: &mut Ledger, counts: UsageCounts, address: Option<&str>, times: usize) -> Option<u64> {
        let used = vec![(address.map(str::to_owned), counts); times];
        let tally = Tally { used, happened: Vec::new(), limits: limits(), utc_offset_minutes: 420 };
        ledger.record_usage(&tally, NOON).last().and_then(|verdict| verdict.begin_ms)
    }

    #[test]
    fn an_address_that_used_up_its_day_waits_for_the_next() {
        let mut ledger = Ledger::default();
        let rest = UsageDay::from_millis(NOON, 420).ends - NOON;
        assert_eq!(used(&mut ledger, MESSAGE, Some("a"), 4), None);
        assert_eq!(used(&mut ledger, MESSAGE, Some("a"), 1), Some(rest));
        assert_eq!(knock(&mut ledger, "a", NOON), Some(rest));
        assert_eq!(knock(&mut ledger, "b", NOON), None, "another address");
        assert_eq!(used(&mut ledger, CONVERSATION, Some("c"), 2), Some(rest), "its conversations");
        assert_eq!(knock(&mut ledger, "a", NOON + rest), None, "the next day");
        assert_eq!(ledger.counts(""), UsageCounts::default());
    }

    #[test]
    fn who_was_there_goes_on_whatever_another_at_the_address_begins() {
        let mut ledger = Ledger::default();
        let used = vec![(Some("office".to_owned()), CONVERSATION); 2];
        let tally = Tally { used, happened: Vec::new(), limits: limits(), utc_offset_minutes: 420 };
        let verdict = ledger.record_usage(&tally, NOON).pop().expect("one a use");
        assert!(verdict.wait_ms.is_none() && verdict.begin_ms.is_some());
        let knock = |begun| Knock {
            what: What::Connection,
            address: "office".to_owned(),
            begun,
            limits: limits(),
            utc_offset_minutes: 420,
        };
        assert_eq!(ledger.check_quota(&knock(true), NOON).wait_ms, None);
        assert!(ledger.check_quota(&knock(false), NOON).wait_ms.is_some());
    }

    #[test]
    fn a_site_has_a_day_of_its_own() {
        let mut ledger = Ledger::default();
        assert_eq!(used(&mut ledger, MESSAGE, None, 8), None);
        assert!(used(&mut ledger, MESSAGE, None, 1).is_some());
        assert!(knock(&mut ledger, "new", NOON).is_some());
    }

    #[test]
    fn who_knocks_too_often_waits_a_little() {
        let mut ledger = Ledger::default();
        assert!((0..3).all(|_| knock(&mut ledger, "a", NOON).is_none()));
        assert_eq!(knock(&mut ledger, "a", NOON), Some(20_000));
        assert_eq!(knock(&mut ledger, "b", NOON), None);
        assert_eq!(knock(&mut ledger, "a", NOON + 20_000), None);
    }

    #[test]
    fn new_conversations_are_fewer_than_connections() {
        let limits = Limits { address_connections_per_minute: 120, ..Limits::default() };
        let mut ledger = Ledger::default();
        let mut let_in = |begun, at| {
            let (what, address) = (What::Connection, "flood".to_owned());
            let knock = Knock { what, address, begun, limits, utc_offset_minutes: 420 };
            (0..200).filter(|_| ledger.check_quota(&knock, at).wait_ms.is_none()).count()
        };
        assert_eq!(let_in(false, NOON), 40, "a class of forty at the same moment");
        assert_eq!(let_in(true, NOON), 80, "who was there before comes back all the same");
        assert_eq!(let_in(false, NOON + 30_000), 20);
    }

    #[test]
    fn the_books_outlive_the_object() {
        let mut ledger = Ledger::default();
        used(&mut ledger, CONVERSATION, Some("a"), 1);
        used(&mut ledger, MESSAGE, Some("a"), 3);
        let rows = ["", "a"].map(|name| (name.to_owned(), ledger.counts(name)));
        let mut again = Ledger::from_rows(ledger.day(), rows.into());
        assert_eq!(again.counts("a"), UsageCounts { conversations: 1, messages: 4 });
        assert!(used(&mut again, MESSAGE, Some("a"), 1).is_some());
    }

    #[test]
    fn memory_stays_bounded() {
        let mut ledger = Ledger::default();
        for n in 0..2 * MAX_DOORS {
            knock(&mut ledger, &n.to_string(), NOON);
        }
        assert!(ledger.doors.len() <= MAX_DOORS);
    }
}
