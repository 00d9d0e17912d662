//! What a part of the worker knows of a site's usage ledger: what is used and not counted there yet, and who has used up his day.

use super::{UsageCounts, UsageVerdict};
use crate::metrics::Happened;
use std::collections::{BTreeMap, HashSet};
use wire::Id;

/// Bringing it to the ledger takes no longer than this, in milliseconds; whoever is at it longer never ends.
const GIVEN_UP_MS: u64 = 5_000;
/// Most conversations that are remembered as counted.
const MAX_COUNTED: usize = 20_000;
/// A day, in milliseconds.
const DAY_MS: u64 = 86_400_000;

/// By which address, under its name of today, how much was used.
pub type AddressCounts = (Option<String>, UsageCounts);

/// What is used at a site, on its way to the site's usage ledger.
#[derive(Debug, Default)]
pub struct PendingUsage {
    used: BTreeMap<Option<String>, UsageCounts>,
    happened: BTreeMap<(&'static str, String), u32>,
    /// Since when somebody is bringing it there, in milliseconds since 1970.
    since: Option<u64>,
    /// Who has used up his day, and until when, in milliseconds since 1970: for everything, and for new conversations.
    spent: BTreeMap<Option<String>, (u64, u64)>,
}

/// What is brought to the ledger at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageBatch {
    /// What was used.
    pub used: Vec<AddressCounts>,
    /// What happened, how often: event, what it was about.
    pub happened: Vec<(String, String, u32)>,
}

impl PendingUsage {
    /// How long `address` has to wait at `now` before it may say more, in milliseconds; `begun`: in a conversation that was
    /// there before.
    pub fn remaining_wait(&self, address: Option<&String>, begun: bool, now: u64) -> Option<u64> {
        let (all, new) = self.spent.get(&address.cloned()).copied()?;
        let until = if begun { all } else { new };
        until.checked_sub(now).filter(|ms| *ms > 0)
    }

    /// Counts what an address used, and what happened. Whether somebody has to bring it to the ledger: nobody is at that.
    pub fn add(&mut self, used: Option<AddressCounts>, happened: &[Happened], now: u64) -> bool {
        if let Some((address, counts)) = used {
            self.used.entry(address).or_default().add(counts);
        }
        for each in happened {
            *self.happened.entry(each.name()).or_default() += 1;
        }
        // Should an object die at it, another goes on.
        let idle = self.since.is_none_or(|since| now.saturating_sub(since) > GIVEN_UP_MS);
        if idle {
            self.since = Some(now);
        }
        idle
    }

    /// Takes what is to be brought to the ledger at `now`; nothing if there is nothing, and then nobody is at it any more.
    pub fn take_batch(&mut self, now: u64) -> Option<UsageBatch> {
        let used: Vec<_> = std::mem::take(&mut self.used).into_iter().collect();
        let happened = std::mem::take(&mut self.happened).into_iter();
        let happened: Vec<_> = happened.map(|((event, about), n)| (event.to_owned(), about, n)).collect();
        let any = !used.is_empty() || !happened.is_empty();
        self.since = any.then_some(now);
        any.then_some(UsageBatch { used, happened })
    }

    /// What the ledger said of these addresses.
    pub fn apply_verdicts(&mut self, addresses: Vec<Option<String>>, verdicts: Vec<UsageVerdict>, now: u64) {
        self.spent.retain(|_, (all, new)| (*all).max(*new) > now);
        let until = |wait: Option<u64>| wait.map_or(0, |wait| now + wait);
        let waits = addresses
            .into_iter()
            .zip(verdicts)
            .map(|(address, verdict)| (address, (until(verdict.wait_ms), until(verdict.begin_ms))));
        self.spent.extend(waits.filter(|(_, (all, new))| (*all).max(*new) > 0));
    }
}

/// Conversations that were counted as begun today: who comes back to an empty one, because the network is bad, has not begun
/// another.
#[derive(Debug, Default)]
pub struct CountedConversations {
    day: u64,
    ids: HashSet<Id>,
}

impl CountedConversations {
    /// Whether this one was not counted yet, as far as is remembered; it is from now on.
    pub fn insert(&mut self, conversation: Id, now: u64) -> bool {
        let today = now / DAY_MS;
        if self.day != today || self.ids.len() >= MAX_COUNTED {
            (self.day, self.ids) = (today, HashSet::new());
        }
        self.ids.insert(conversation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_780_000_000_000;
    const MESSAGE: UsageCounts = UsageCounts { conversations: 0, messages: 1 };

    fn used(address: &str) -> Option<AddressCounts> {
        Some((Some(address.to_owned()), MESSAGE))
    }

    #[test]
    fn one_brings_what_all_use() {
        let mut usage = PendingUsage::default();
        assert!(usage.add(used("a"), &[], NOW), "nobody is at it");
        assert!(!usage.add(used("a"), &[], NOW + 1) && !usage.add(used("b"), &[], NOW + 2));
        let batch = usage.take_batch(NOW + 3).expect("something was used");
        let messages: Vec<_> = batch.used.iter().map(|(_, counts)| counts.messages).collect();
        assert_eq!(messages, [2, 1]);
        assert!(!usage.add(used("a"), &[], NOW + 4), "it is still on its way");
        assert!(usage.take_batch(NOW + 5).is_some() && usage.take_batch(NOW + 6).is_none());
        assert!(usage.add(used("a"), &[], NOW + 7), "it has come to an end");
        assert!(usage.add(used("a"), &[], NOW + 7 + GIVEN_UP_MS + 1), "whoever was at it has died");
    }

    #[test]
    fn who_has_used_up_his_day_waits() {
        let mut usage = PendingUsage::default();
        let (here, there) = ("here".to_owned(), "there".to_owned());
        let all = UsageVerdict { wait_ms: Some(5_000), begin_ms: Some(5_000) };
        let new = UsageVerdict { wait_ms: None, begin_ms: Some(9_000) };
        usage.apply_verdicts(vec![Some(here.clone()), Some(there.clone())], vec![all, new], NOW);
        assert_eq!(usage.remaining_wait(Some(&here), true, NOW), Some(5_000));
        assert_eq!(usage.remaining_wait(Some(&there), true, NOW), None, "what was begun goes on");
        assert_eq!(usage.remaining_wait(Some(&there), false, NOW), Some(9_000));
        assert_eq!(usage.remaining_wait(None, false, NOW), None);
        assert_eq!(usage.remaining_wait(Some(&here), true, NOW + 5_000), None, "a wait ends");
    }

    #[test]
    fn who_comes_back_has_not_begun_another() {
        let mut counted = CountedConversations::default();
        assert!(counted.insert(Id(1), NOW) && counted.insert(Id(2), NOW));
        assert!(!counted.insert(Id(1), NOW + 1));
        assert!(counted.insert(Id(1), NOW + DAY_MS), "another day");
    }
}
