//! Tables of short words, searched as numbers: several times quicker than as text, and every word of every text is looked
//! up in some.

use std::sync::LazyLock;

/// Longest word in a table, in bytes.
const LONGEST: usize = 7;

/// The words of a table, sorted.
pub struct Packed(LazyLock<Vec<u64>>);

impl Packed {
    /// A table that `words` gives when it is first used.
    pub const fn new(words: fn() -> Vec<u64>) -> Packed {
        Packed(LazyLock::new(words))
    }

    /// Where `word` stands.
    pub fn find(&self, word: &str) -> Option<usize> {
        self.0.binary_search(&pack_word(word)?).ok()
    }

    /// Whether `word` is in the table.
    pub fn contains_word(&self, word: &str) -> bool {
        self.find(word).is_some()
    }
}

/// `words` as a table holds them; none is left out: see the tables' tests.
pub fn pack_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<u64> {
    words.into_iter().filter_map(pack_word).collect()
}

/// The letters from the highest byte on, and how many there are: in the order of the words. `None` if it is too long.
fn pack_word(word: &str) -> Option<u64> {
    if word.len() > LONGEST {
        return None;
    }
    let letters = word.bytes().fold(0, |letters, letter| letters << 8 | u64::from(letter));
    Some((letters << (8 * (LONGEST - word.len())) << 8) | word.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_the_order_of_words() {
        let words = ["", "a", "ab", "abcdefg", "b", "ba", "z"];
        let packed = pack_words(words);
        assert_eq!(packed.len(), words.len());
        assert!(packed.is_sorted_by(|a, b| a < b));
        assert_eq!(pack_word("abcdefgh"), None);
    }
}
