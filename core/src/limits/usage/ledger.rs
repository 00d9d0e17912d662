//! How much one address and a whole site have used today, and whether there is more: connections a minute, conversations and messages
//! a day.

use super::UsageDay;
use crate::limits::token_bucket::{RefillRate, TokenBucket};
use serde::{Deserialize, Serialize};
use site::Limits;
use std::collections::BTreeMap;

/// Most addresses whose connections are remembered. Beyond that those who waited longest start afresh.
const MAX_ADDRESSES: usize = 10_000;

/// What a poll costs, as a part of a connection: whoever polls does so every two seconds.
const POLL_COST: f64 = 0.05;

/// Of the connections a minute so many-th may be for new conversations: each makes a file, and tables in it when something is said.
/// A class that opens the chat at the same moment is let in.
const CONNECTIONS_A_BEGINNING: u32 = 3;
/// New conversations a minute that an address may always have, however few connections the site allows.
const BEGINNINGS: u32 = 10;

/// Somebody asks for a connection. Nothing of the day is used up by that.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConnectionRequest {
    /// What is counted.
    #[serde(rename = "what")]
    pub kind: ConnectionKind,
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

/// What is asked for. On the wire it has the names of the first version: a worker and an object may be of different ones for a
/// moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConnectionKind {
    /// A connection: a socket, a stream, or what costs as much.
    #[serde(rename = "Connection")]
    Full,
    /// A request without one, to ask whether there is something new: it costs a part of a connection.
    #[serde(rename = "Look")]
    Poll,
}

/// What was used since the last report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UsageReport {
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

/// What was used today. The counts must outlive the object; how often who connected in the last minute need not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UsageLedger {
    day: u64,
    site: UsageCounts,
    addresses: BTreeMap<String, UsageCounts>,
    connections: BTreeMap<String, ConnectionBuckets>,
}

/// How many connections an address may still open in this minute, and how many of them for new conversations.
#[derive(Debug, Clone, Copy, PartialEq)]
struct ConnectionBuckets {
    connections: TokenBucket,
    beginnings: TokenBucket,
}

impl UsageLedger {
    /// The counts of `day`, as they were kept: the site's own under the empty name.
    pub fn from_rows(day: u64, mut rows: BTreeMap<String, UsageCounts>) -> UsageLedger {
        let site = rows.remove("").unwrap_or_default();
        UsageLedger { day, site, addresses: rows, connections: BTreeMap::new() }
    }

    /// Which day these are the counts of.
    pub fn day(&self) -> u64 {
        self.day
    }

    /// Whether who asks may connect: how many connections an address may open in a minute, and whether there is anything left of its
    /// day. A connection that is granted is counted.
    pub fn check_connection_quota(&mut self, request: &ConnectionRequest, now: u64) -> UsageVerdict {
        let day = self.roll_over_day(request.utc_offset_minutes, now);
        let part = match request.kind {
            ConnectionKind::Full => 1.0,
            ConnectionKind::Poll => POLL_COST,
        };
        let wait_ms = self.charge_connection(request, part, now);
        let verdict = self.usage_verdict(&request.limits, Some(&request.address), day, now);
        let wait_ms = verdict.wait_ms.or(verdict.begin_ms.filter(|_| !request.begun)).or(wait_ms);
        UsageVerdict { wait_ms, ..verdict }
    }

    /// Counts what was used, and says of each address whether there is more.
    pub fn record_usage(&mut self, report: &UsageReport, now: u64) -> Vec<UsageVerdict> {
        let day = self.roll_over_day(report.utc_offset_minutes, now);
        for (address, counts) in &report.used {
            self.site.add(*counts);
            if let Some(address) = address {
                self.addresses.entry(address.clone()).or_default().add(*counts);
            }
        }
        let verdict = |(address, _): &(Option<String>, _)| {
            self.usage_verdict(&report.limits, address.as_deref(), day, now)
        };
        report.used.iter().map(verdict).collect()
    }

    /// The counts of `name`, of the site itself under the empty name.
    pub fn counts(&self, name: &str) -> UsageCounts {
        if name.is_empty() { self.site } else { self.addresses.get(name).copied().unwrap_or_default() }
    }

    /// The day it is; the counts of an earlier one are dropped.
    fn roll_over_day(&mut self, utc_offset_minutes: i32, now: u64) -> UsageDay {
        let day = UsageDay::from_millis(now, utc_offset_minutes);
        if day.number != self.day {
            *self = UsageLedger {
                day: day.number,
                connections: std::mem::take(&mut self.connections),
                ..UsageLedger::default()
            };
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

    fn charge_connection(&mut self, request: &ConnectionRequest, part: f64, now: u64) -> Option<u64> {
        let address = &request.address;
        let connections = RefillRate::per_minute(request.limits.address_connections_per_minute);
        let most = request.limits.address_connections_per_minute / CONNECTIONS_A_BEGINNING;
        let beginnings = RefillRate::per_minute(most.max(BEGINNINGS));
        if self.connections.len() >= MAX_ADDRESSES && !self.connections.contains_key(address) {
            self.connections.retain(|_, buckets| {
                !buckets.connections.is_full(connections, now) || !buckets.beginnings.is_full(beginnings, now)
            });
            if self.connections.len() >= MAX_ADDRESSES {
                self.connections.clear();
            }
        }
        let full = || ConnectionBuckets {
            connections: TokenBucket::new_full(connections, now),
            beginnings: TokenBucket::new_full(beginnings, now),
        };
        let buckets = self.connections.entry(address.clone()).or_insert_with(full);
        let begins = request.kind == ConnectionKind::Full && !request.begun;
        let begin = if begins { buckets.beginnings.take_token(beginnings, now) } else { Ok(()) };
        begin.and_then(|()| buckets.connections.take_tokens(part, connections, now)).err()
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

    fn connect(ledger: &mut UsageLedger, address: &str, now: u64) -> Option<u64> {
        let (kind, address) = (ConnectionKind::Full, address.to_owned());
        let begun = false;
        ledger
            .check_connection_quota(
                &ConnectionRequest { kind, address, begun, limits: limits(), utc_offset_minutes: 420 },
                now,
            )
            .wait_ms
    }

    fn used(
        ledger: &mut UsageLedger,
        counts: UsageCounts,
        address: Option<&str>,
        times: usize,
    ) -> Option<u64> {
        let used = vec![(address.map(str::to_owned), counts); times];
        let report = UsageReport { used, happened: Vec::new(), limits: limits(), utc_offset_minutes: 420 };
        ledger.record_usage(&report, NOON).last().and_then(|verdict| verdict.begin_ms)
    }

    #[test]
    fn an_address_that_used_up_its_day_waits_for_the_next() {
        let mut ledger = UsageLedger::default();
        let rest = UsageDay::from_millis(NOON, 420).ends - NOON;
        assert_eq!(used(&mut ledger, MESSAGE, Some("a"), 4), None);
        assert_eq!(used(&mut ledger, MESSAGE, Some("a"), 1), Some(rest));
        assert_eq!(connect(&mut ledger, "a", NOON), Some(rest));
        assert_eq!(connect(&mut ledger, "b", NOON), None, "another address");
        assert_eq!(used(&mut ledger, CONVERSATION, Some("c"), 2), Some(rest), "its conversations");
        assert_eq!(connect(&mut ledger, "a", NOON + rest), None, "the next day");
        assert_eq!(ledger.counts(""), UsageCounts::default());
    }

    #[test]
    fn who_was_there_goes_on_whatever_another_at_the_address_begins() {
        let mut ledger = UsageLedger::default();
        let used = vec![(Some("office".to_owned()), CONVERSATION); 2];
        let report = UsageReport { used, happened: Vec::new(), limits: limits(), utc_offset_minutes: 420 };
        let verdict = ledger.record_usage(&report, NOON).pop().expect("one a use");
        assert!(verdict.wait_ms.is_none() && verdict.begin_ms.is_some());
        let request = |begun| ConnectionRequest {
            kind: ConnectionKind::Full,
            address: "office".to_owned(),
            begun,
            limits: limits(),
            utc_offset_minutes: 420,
        };
        assert_eq!(ledger.check_connection_quota(&request(true), NOON).wait_ms, None);
        assert!(ledger.check_connection_quota(&request(false), NOON).wait_ms.is_some());
    }

    #[test]
    fn a_site_has_a_day_of_its_own() {
        let mut ledger = UsageLedger::default();
        assert_eq!(used(&mut ledger, MESSAGE, None, 8), None);
        assert!(used(&mut ledger, MESSAGE, None, 1).is_some());
        assert!(connect(&mut ledger, "new", NOON).is_some());
    }

    #[test]
    fn who_connects_too_often_waits_a_little() {
        let mut ledger = UsageLedger::default();
        assert!((0..3).all(|_| connect(&mut ledger, "a", NOON).is_none()));
        assert_eq!(connect(&mut ledger, "a", NOON), Some(20_000));
        assert_eq!(connect(&mut ledger, "b", NOON), None);
        assert_eq!(connect(&mut ledger, "a", NOON + 20_000), None);
    }

    #[test]
    fn new_conversations_are_fewer_than_connections() {
        let limits = Limits { address_connections_per_minute: 120, ..Limits::default() };
        let mut ledger = UsageLedger::default();
        let mut let_in = |begun, at| {
            let (kind, address) = (ConnectionKind::Full, "flood".to_owned());
            let request = ConnectionRequest { kind, address, begun, limits, utc_offset_minutes: 420 };
            (0..200).filter(|_| ledger.check_connection_quota(&request, at).wait_ms.is_none()).count()
        };
        assert_eq!(let_in(false, NOON), 40, "a class of forty at the same moment");
        assert_eq!(let_in(true, NOON), 80, "who was there before comes back all the same");
        assert_eq!(let_in(false, NOON + 30_000), 20);
    }

    #[test]
    fn the_counts_outlive_the_object() {
        let mut ledger = UsageLedger::default();
        used(&mut ledger, CONVERSATION, Some("a"), 1);
        used(&mut ledger, MESSAGE, Some("a"), 3);
        let rows = ["", "a"].map(|name| (name.to_owned(), ledger.counts(name)));
        let mut again = UsageLedger::from_rows(ledger.day(), rows.into());
        assert_eq!(again.counts("a"), UsageCounts { conversations: 1, messages: 4 });
        assert!(used(&mut again, MESSAGE, Some("a"), 1).is_some());
    }

    #[test]
    fn memory_stays_bounded() {
        let mut ledger = UsageLedger::default();
        for n in 0..2 * MAX_ADDRESSES {
            connect(&mut ledger, &n.to_string(), NOON);
        }
        assert!(ledger.connections.len() <= MAX_ADDRESSES);
    }
}
