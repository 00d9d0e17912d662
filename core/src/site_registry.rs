//! Which sites there are. A name that nobody published is refused before its object is asked: an object that is asked
//! exists, and on a server its file with it, for good.
//!
//! Sites that were published before there was a registry are found by asking their objects, as was done then: rarely,
//! for a while, and only on edges that have such sites.

use crate::limits::token_bucket::{RefillRate, TokenBucket};
use serde::{Deserialize, Serialize};

/// Unknown names that may be asked for at once, and the same number a day after that: each may leave a file.
const ASKED: RefillRate = RefillRate::per_day(24);
/// For so long after the registry's beginning an older site may come to light, in milliseconds.
const SEARCHED_MS: u64 = 60 * 86_400_000;

/// What is known of sites from before the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Older {
    /// Nothing: no site has come to light yet.
    #[default]
    Unknown,
    /// There are none: the edge's first site was published under the registry's eyes.
    None,
    /// There are some, and maybe more.
    Some,
}

/// How names are dealt with that are not in the registry.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LegacySiteSearch {
    older: Older,
    /// When the first name was asked for, in milliseconds since 1970.
    since: Option<u64>,
    left: Option<TokenBucket>,
}

/// How a site came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteDiscovery {
    /// Its first version was published just now.
    New,
    /// It was there before.
    Older,
}

impl LegacySiteSearch {
    /// Whether the object of a name that isn't known may be asked, in case the site is older than the registry.
    pub fn may_ask(&mut self, now: u64) -> bool {
        let since = *self.since.get_or_insert(now);
        if self.older == Older::None || now.saturating_sub(since) > SEARCHED_MS {
            return false;
        }
        self.left.get_or_insert_with(|| TokenBucket::new_full(ASKED, now)).take_token(ASKED, now).is_ok()
    }

    /// A site has come to be known.
    pub fn record_discovery(&mut self, how: SiteDiscovery) {
        self.older = match (self.older, how) {
            (Older::Unknown, SiteDiscovery::New) => Older::None,
            (known, SiteDiscovery::New) => known,
            (_, SiteDiscovery::Older) => Older::Some,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: u64 = 86_400_000;

    #[test]
    fn a_new_edge_never_asks_for_what_is_not_there() {
        let mut search = LegacySiteSearch::default();
        search.record_discovery(SiteDiscovery::New);
        assert!((0..1_000).all(|n| !search.may_ask(n)));
        search.record_discovery(SiteDiscovery::New);
        assert!(!search.may_ask(1_000));
    }

    #[test]
    fn an_upgraded_edge_finds_its_sites_and_strangers_make_little() {
        let mut search = LegacySiteSearch::default();
        assert!(search.may_ask(0));
        search.record_discovery(SiteDiscovery::Older);
        // Another site is published meanwhile.
        search.record_discovery(SiteDiscovery::New);
        let asked = (0..10_000).filter(|_| search.may_ask(0)).count();
        assert_eq!(asked, 23);
        let year = (0..365 * 24).filter(|hour| search.may_ask(hour * 3_600_000)).count();
        assert!((1_000..=24 * 61).contains(&year), "{year}: an hour each, for two months");
        assert!(!search.may_ask(61 * DAY_MS));
    }

    #[test]
    fn it_is_read_as_it_was_written() {
        let mut search = LegacySiteSearch::default();
        search.may_ask(5);
        search.record_discovery(SiteDiscovery::Older);
        let json = serde_json::to_string(&search).unwrap();
        assert_eq!(serde_json::from_str::<LegacySiteSearch>(&json).unwrap(), search);
    }
}
