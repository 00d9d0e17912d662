//! What a conversation tells its site's index, and when it has to tell it again.

use serde::{Deserialize, Serialize};
use wire::Id;

/// The index is told anew after this long, in milliseconds, and lists a conversation for longer than that: so what is in
/// use stays listed, and what is gone is not for ever.
const AGAIN_MS: u64 = 7 * 86_400_000;

/// What a conversation tells its site's index: ids and keyed hashes, nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Which.
    pub conversation: Id,
    /// Of its visitor and its cases; they take the place of earlier ones.
    pub tags: Vec<String>,
    /// Until when it is listed, in milliseconds since 1970; 0: no longer.
    pub until: u64,
    /// Whether it was erased: codes that open it are deleted, and its cases' too, but for those in `tags`.
    #[serde(default)]
    pub erased: bool,
}

/// What the index was last told of a conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexEntry {
    /// Of its visitor and its cases.
    pub tags: Vec<String>,
    /// When, in milliseconds since 1970; 0: never.
    pub at: u64,
}

impl IndexEntry {
    /// Whether the index, which knows this, need not be told `fresh`.
    pub fn still_says(&self, fresh: &IndexEntry) -> bool {
        self.tags == fresh.tags && self.at != 0 && fresh.at.saturating_sub(self.at) < AGAIN_MS
    }

    /// What the index is told of `conversation`, which is kept for `life_ms` from now on, and until `held_until` in any
    /// case.
    pub fn to_listing(&self, conversation: Id, life_ms: u64, held_until: u64) -> Listing {
        let until = (self.at + life_ms).max(held_until) + 2 * AGAIN_MS;
        Listing { conversation, tags: self.tags.clone(), until, erased: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(tag: &str, at: u64) -> IndexEntry {
        IndexEntry { tags: vec![tag.to_owned()], at }
    }

    #[test]
    fn the_index_is_told_what_is_new_and_again_in_time() {
        let told = entry("a", 1_000);
        assert!(told.still_says(&entry("a", 1_000 + AGAIN_MS - 1)));
        assert!(!told.still_says(&entry("a", 1_000 + AGAIN_MS)), "else it would be forgotten");
        assert!(!told.still_says(&entry("b", 2_000)), "another visitor, or another case");
        assert!(
            !IndexEntry::default().still_says(&IndexEntry { at: 5, ..IndexEntry::default() }),
            "never told"
        );
    }

    #[test]
    fn it_lists_for_longer_than_it_is_silent() {
        let listing = entry("a", 1_000).to_listing(Id(7), 10_000, 5_000);
        assert_eq!(listing.until, 11_000 + 2 * AGAIN_MS);
        assert_eq!(entry("a", 1_000).to_listing(Id(7), 10_000, 99_000).until, 99_000 + 2 * AGAIN_MS);
    }
}
