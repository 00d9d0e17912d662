//! One slip of the finger in a long word: two letters swapped, one doubled or put in by mistake, one left out.
//!
//! Not one letter for another: "cooking" is no "choking".

use super::vocabulary::Fnv;
use std::hash::Hasher as _;

/// Letters of the shortest word that slips are looked for in.
pub const SHORTEST: usize = 6;
/// The same for Vietnamese: what is no syllable there is no word.
pub const SHORTEST_SYLLABLE: usize = 4;

/// The words of a lexicon, by what they are with one letter less.
#[derive(Debug, Default)]
pub struct Table {
    words: Vec<Box<str>>,
    shortest: usize,
    /// Sorted: the hash of a word or of a word without one letter, and its place in `words`.
    shorter: Vec<(u32, u32)>,
}

impl Table {
    /// A table of those of `words` that are long enough and written in letters of one byte.
    pub fn of<'a>(words: impl Iterator<Item = &'a str>, shortest: usize) -> Table {
        let long = |word: &&str| word.len() >= shortest && word.bytes().all(|byte| byte.is_ascii_lowercase());
        let mut words: Vec<Box<str>> = words.filter(long).map(Box::from).collect();
        words.sort_unstable();
        let mut shorter = Vec::with_capacity(words.len() * 9);
        for (at, word) in (0_u32..).zip(&words) {
            shorter.push((hash(word, usize::MAX), at));
            shorter.extend((0..word.len()).map(|without| (hash(word, without), at)));
        }
        shorter.sort_unstable();
        shorter.dedup();
        Table { words, shortest, shorter }
    }

    /// Calls `found` with each word that `typed` may be meant for.
    pub fn find(&self, typed: &str, mut found: impl FnMut(&str)) {
        if typed.len() < self.shortest || typed.len() > 24 || !typed.bytes().all(|b| b.is_ascii_lowercase()) {
            return;
        }
        let wholes = std::iter::once(usize::MAX).chain(0..typed.len());
        for without in wholes {
            let hash = hash(typed, without);
            let from = self.shorter.partition_point(|(other, _)| *other < hash);
            for (_, at) in self.shorter.iter().skip(from).take_while(|(other, _)| *other == hash) {
                if let Some(word) = self.words.get(*at as usize).filter(|word| is_slip(typed, word)) {
                    found(word);
                }
            }
        }
    }
}

/// The hash of `word` without its letter at `without`.
fn hash(word: &str, without: usize) -> u32 {
    let mut hash = Fnv::default();
    let (before, after) = word.as_bytes().split_at(without.min(word.len()));
    hash.write(before);
    hash.write(after.get(1..).unwrap_or_default());
    let whole = hash.finish();
    (whole ^ (whole >> 32)) as u32
}

/// Whether `typed` is `word` with one slip, not in its first letter.
fn is_slip(typed: &str, word: &str) -> bool {
    let (typed, word) = (typed.as_bytes(), word.as_bytes());
    if typed.first() != word.first() {
        return false;
    }
    let same = typed.iter().zip(word).take_while(|(a, b)| a == b).count();
    let (left, right) = (typed.get(same..).unwrap_or_default(), word.get(same..).unwrap_or_default());
    match (left, right) {
        ([a, b, rest @ ..], [c, d, other @ ..]) if typed.len() == word.len() => {
            a == d && b == c && rest == other
        }
        ([_, rest @ ..], other) if typed.len() == word.len() + 1 => rest == other,
        (other, [_, rest @ ..]) if typed.len() + 1 == word.len() => rest == other,
        _ => false,
    }
}
