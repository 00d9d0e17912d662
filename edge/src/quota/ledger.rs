//! What was used today, and whether there is more.

use super::Day;
use crate::gate::{Bucket, Measure};
use serde::{Deserialize, Serialize};
use site::Limits;
use std::collections::BTreeMap;

/// Most addresses whose connections are remembered. Beyond that those who waited longest start afresh.
const MAX_DOORS: usize = 10_000;

/// What looking costs, as a part of a connection: whoever polls does so every two seconds.
const LOOK: f64 = 0.05;

/// Somebody wants to use something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spend {
    /// What.
    pub what: What,
    /// From which address, by its name of today; `None` where the edge isn't told addresses.
    pub address: Option<String>,
    /// How much there is.
    pub limits: Limits,
    /// The agency's clock, in minutes east of UTC.
    pub utc_offset_minutes: i32,
}

/// What is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// A line is opened. Nothing of the day is used up by that.
    Connection,
    /// Somebody without a line looks whether there is something new: a little of a connection.
    Look,
    /// The first message of a conversation was written.
    Conversation,
    /// Another message was written.
    Message,
}

/// Whether there is more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// How long to wait, in milliseconds; `None`: go on.
    pub wait_ms: Option<u64>,
}

/// What was used in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Conversations begun.
    pub conversations: u32,
    /// Messages written.
    pub messages: u32,
}

/// The day's books. The counts must outlive the object; who knocked how often in the last minute need not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    day: u64,
    site: Counts,
    addresses: BTreeMap<String, Counts>,
    doors: BTreeMap<String, Bucket>,
}

impl Ledger {
    /// The books of `day`, as they were kept: the site's own counts under the empty name.
    pub fn of(day: u64, mut rows: BTreeMap<String, Counts>) -> Ledger {
        let site = rows.remove("").unwrap_or_default();
        Ledger { day, site, addresses: rows, doors: BTreeMap::new() }
    }

    /// Which day these are the books of.
    pub fn day(&self) -> u64 {
        self.day
    }

    /// Counts it, and says whether there is more after it; a connection is refused as soon as there isn't.
    pub fn spend(&mut self, spend: &Spend, now: u64) -> Verdict {
        let day = Day::at(now, spend.utc_offset_minutes);
        if day.number != self.day {
            *self = Ledger { day: day.number, doors: std::mem::take(&mut self.doors), ..Ledger::default() };
        }
        let wait_ms = match spend.what {
            What::Connection => self.knocks(spend, 1.0, now),
            What::Look => self.knocks(spend, LOOK, now),
            What::Conversation => {
                self.count(spend, Counts { conversations: 1, messages: 1 });
                None
            }
            What::Message => {
                self.count(spend, Counts { conversations: 0, messages: 1 });
                None
            }
        };
        let used_up = self.is_used_up(spend).then(|| day.ends.saturating_sub(now));
        Verdict { wait_ms: used_up.or(wait_ms) }
    }

    /// The counts of `name`, of the site itself under the empty name.
    pub fn counts(&self, name: &str) -> Counts {
        if name.is_empty() { self.site } else { self.addresses.get(name).copied().unwrap_or_default() }
    }

    fn count(&mut self, spend: &Spend, more: Counts) {
        let add = |counts: &mut Counts| {
            counts.conversations = counts.conversations.saturating_add(more.conversations);
            counts.messages = counts.messages.saturating_add(more.messages);
        };
        add(&mut self.site);
        if let Some(address) = &spend.address {
            add(self.addresses.entry(address.clone()).or_default());
        }
    }

    fn is_used_up(&self, spend: &Spend) -> bool {
        let (limits, address) = (&spend.limits, spend.address.as_deref().unwrap_or("-"));
        let used = self.counts(address);
        self.site.messages >= limits.site_messages_per_day
            || used.messages >= limits.address_messages_per_day
            || used.conversations >= limits.address_conversations_per_day
    }

    fn knocks(&mut self, spend: &Spend, part: f64, now: u64) -> Option<u64> {
        let address = spend.address.as_ref()?;
        let measure = Measure::per_minute(spend.limits.address_connections_per_minute);
        if self.doors.len() >= MAX_DOORS && !self.doors.contains_key(address) {
            self.doors.retain(|_, door| !door.is_full(measure, now));
            if self.doors.len() >= MAX_DOORS {
                self.doors.clear();
            }
        }
        let door = self.doors.entry(address.clone()).or_insert_with(|| Bucket::full(measure, now));
        door.take_part(part, measure, now).err()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: u64 = 1_780_000_000_000;

    fn spend(what: What, address: &str) -> Spend {
        let limits = Limits {
            address_connections_per_minute: 3,
            address_conversations_per_day: 2,
            address_messages_per_day: 5,
            site_messages_per_day: 9,
            ..Limits::default()
        };
        Spend { what, address: Some(address.into()), limits, utc_offset_minutes: 420 }
    }

    fn used(ledger: &mut Ledger, what: What, address: &str, times: u32) -> Verdict {
        (0..times).fold(Verdict { wait_ms: None }, |_, _| ledger.spend(&spend(what, address), NOON))
    }

    #[test]
    fn an_address_that_used_up_its_day_waits_for_the_next() {
        let mut ledger = Ledger::default();
        let rest = Day::at(NOON, 420).ends - NOON;
        assert_eq!(used(&mut ledger, What::Message, "a", 4).wait_ms, None);
        assert_eq!(used(&mut ledger, What::Message, "a", 1).wait_ms, Some(rest));
        assert_eq!(used(&mut ledger, What::Connection, "a", 1).wait_ms, Some(rest));
        assert_eq!(used(&mut ledger, What::Connection, "b", 1).wait_ms, None, "another address");
        assert_eq!(used(&mut ledger, What::Conversation, "c", 2).wait_ms, Some(rest), "its conversations");
        assert_eq!(ledger.spend(&spend(What::Connection, "a"), NOON + rest).wait_ms, None, "the next day");
        assert_eq!(ledger.counts(""), Counts::default());
    }

    #[test]
    fn a_site_has_a_day_of_its_own() {
        let mut ledger = Ledger::default();
        for n in 0..9 {
            let unknown = Spend { address: None, ..spend(What::Message, "") };
            let verdict = ledger.spend(&unknown, NOON);
            assert_eq!(verdict.wait_ms.is_some(), n == 8, "{n}");
        }
        assert!(used(&mut ledger, What::Connection, "new", 1).wait_ms.is_some());
    }

    #[test]
    fn who_knocks_too_often_waits_a_little() {
        let mut ledger = Ledger::default();
        assert_eq!(used(&mut ledger, What::Connection, "a", 3).wait_ms, None);
        assert_eq!(used(&mut ledger, What::Connection, "a", 1).wait_ms, Some(20_000));
        assert_eq!(used(&mut ledger, What::Connection, "b", 1).wait_ms, None);
        assert_eq!(ledger.spend(&spend(What::Connection, "a"), NOON + 20_000).wait_ms, None);
    }

    #[test]
    fn the_books_outlive_the_object() {
        let mut ledger = Ledger::default();
        used(&mut ledger, What::Conversation, "a", 1);
        used(&mut ledger, What::Message, "a", 3);
        let rows = ["", "a"].map(|name| (name.to_owned(), ledger.counts(name)));
        let mut again = Ledger::of(ledger.day(), rows.into());
        assert_eq!(again.counts("a"), Counts { conversations: 1, messages: 4 });
        assert!(used(&mut again, What::Message, "a", 1).wait_ms.is_some());
    }

    #[test]
    fn memory_stays_bounded() {
        let mut ledger = Ledger::default();
        for n in 0..2 * MAX_DOORS {
            used(&mut ledger, What::Connection, &n.to_string(), 1);
        }
        assert!(ledger.doors.len() <= MAX_DOORS);
    }
}
