//! What an instance of the worker measures in its memory: who is connected, and what was refused because too much came.

use std::collections::BTreeMap;

/// The log hears of refusals once in so long, in milliseconds.
const TOLD_MS: u64 = 60_000;

/// Sockets of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SocketCounts {
    /// Visitors'.
    pub visitors: u64,
    /// Desks'.
    pub desks: u64,
}

/// Refusals at a site by one limit.
#[derive(Debug)]
struct RefusalCount {
    site: String,
    limit: &'static str,
    all: u64,
    untold: u64,
    told_at: u64,
}

/// The measures, by site.
#[derive(Debug, Default)]
pub struct InstanceMeasures {
    /// By the site's name, a space, and the object's.
    sockets: BTreeMap<String, SocketCounts>,
    /// As many as there are sites with refusals, times the few limits: a list will do.
    refused: Vec<RefusalCount>,
}

impl InstanceMeasures {
    /// An object of `site` has so many sockets. It is told whole each time, so nothing adds up that is wrong once.
    pub fn set_sockets(&mut self, site: &str, object: &str, counts: SocketCounts) {
        let key = format!("{site} {object}");
        if counts == SocketCounts::default() {
            self.sockets.remove(&key);
        } else {
            self.sockets.insert(key, counts);
        }
    }

    /// All sockets at `site`.
    pub fn count_sockets(&self, site: &str) -> SocketCounts {
        let prefix = format!("{site} ");
        let own = self.sockets.range(prefix.clone()..).take_while(|(key, _)| key.starts_with(&prefix));
        own.fold(SocketCounts::default(), |sum, (_, counts)| SocketCounts {
            visitors: sum.visitors + counts.visitors,
            desks: sum.desks + counts.desks,
        })
    }

    /// Something was refused at `site` by `limit`; how many were since the log was last told, if it is to be told now.
    pub fn count_refusal(&mut self, site: &str, limit: &'static str, now: u64) -> Option<u64> {
        let known = self.refused.iter().position(|count| count.site == site && count.limit == limit);
        let place = known.unwrap_or(self.refused.len());
        if known.is_none() {
            let site = site.to_owned();
            self.refused.push(RefusalCount { site, limit, all: 0, untold: 0, told_at: 0 });
        }
        let count = self.refused.get_mut(place)?;
        count.all += 1;
        count.untold += 1;
        if now.saturating_sub(count.told_at) < TOLD_MS {
            return None;
        }
        count.told_at = now;
        Some(std::mem::take(&mut count.untold))
    }

    /// What was refused at `site`, by limit.
    pub fn list_refusals(&self, site: &str) -> Vec<(&'static str, u64)> {
        let own = self.refused.iter().filter(|count| count.site == site);
        own.map(|count| (count.limit, count.all)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_are_those_that_are_open_now() {
        let mut measures = InstanceMeasures::default();
        let counts = |visitors, desks| SocketCounts { visitors, desks };
        measures.set_sockets("ward", "a", counts(2, 0));
        measures.set_sockets("ward", "b", counts(1, 1));
        measures.set_sockets("town", "a", counts(5, 0));
        assert_eq!(measures.count_sockets("ward"), counts(3, 1));
        measures.set_sockets("ward", "a", counts(1, 0));
        measures.set_sockets("ward", "a", counts(1, 0));
        measures.set_sockets("ward", "b", counts(0, 0));
        assert_eq!(measures.count_sockets("ward"), counts(1, 0));
        assert_eq!(measures.count_sockets("nowhere"), counts(0, 0));
    }

    #[test]
    fn each_refusal_is_counted_and_the_log_told_once_a_minute() {
        let mut measures = InstanceMeasures::default();
        let now = 1_780_000_000_000;
        assert_eq!(measures.count_refusal("ward", "frames", now), Some(1));
        assert_eq!(measures.count_refusal("ward", "frames", now + 1), None);
        assert_eq!(measures.count_refusal("ward", "messages", now + 1), Some(1));
        assert_eq!(measures.count_refusal("ward", "frames", now + TOLD_MS), Some(2));
        assert_eq!(measures.list_refusals("ward"), [("frames", 3), ("messages", 1)]);
        assert_eq!(measures.list_refusals("town"), []);
    }
}
