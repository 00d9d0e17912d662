//! One slip of the finger in a long word: two letters swapped, one doubled or put in by mistake, one left out.
//!
//! Not one letter for another: "cooking" is no "choking".

use super::vocabulary::fnv_hash;

/// Letters of the shortest word that slips are looked for in.
const SHORTEST: usize = 6;
/// The same for Vietnamese: what is no syllable there is no word.
const SHORTEST_SYLLABLE: usize = 4;
/// Letters of the longest that is looked for.
const LONGEST: usize = 24;

/// Words by how they begin and by how they end: a slip spares one or the other.
#[derive(Debug, Default, PartialEq)]
pub struct Table {
    shortest: usize,
    /// Bucket and place of a word; then, by bucket, where its places begin.
    words: Vec<(usize, u32)>,
    buckets: Vec<u32>,
    places: Vec<u32>,
}

impl Table {
    /// An empty table for so many words; with `marks`, of Vietnamese.
    pub fn new(marks: bool, words: usize) -> Table {
        let shortest = if marks { SHORTEST_SYLLABLE } else { SHORTEST };
        let size = (words * 2).next_power_of_two();
        Table {
            shortest,
            buckets: vec![0; size + 1],
            words: Vec::with_capacity(words * 2),
            ..Table::default()
        }
    }

    /// Adds the word at `place`, if it is long enough and written in letters of one byte.
    pub fn insert(&mut self, word: &str, place: u32) {
        self.words.extend(self.buckets_of(word).into_iter().flatten().map(|bucket| (bucket, place)));
    }

    /// To be called when all words are in.
    pub fn build_buckets(&mut self) {
        let words = std::mem::take(&mut self.words);
        for (bucket, _) in &words {
            if let Some(count) = self.buckets.get_mut(bucket + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut self.buckets {
            sum += *count;
            *count = sum;
        }
        let mut next = self.buckets.clone();
        self.places = vec![0; words.len()];
        for (bucket, place) in words {
            if let Some(at) = next.get_mut(bucket) {
                if let Some(room) = self.places.get_mut(*at as usize) {
                    *room = place;
                }
                *at += 1;
            }
        }
    }

    /// The places of all words that `typed` may be a slip of, and of others.
    pub fn slip_candidates(&self, typed: &str) -> impl Iterator<Item = u32> {
        let places = |bucket: usize| {
            let from = self.buckets.get(bucket).copied().unwrap_or_default() as usize;
            let to = self.buckets.get(bucket + 1).copied().unwrap_or_default() as usize;
            self.places.get(from..to).unwrap_or_default().iter().copied()
        };
        let buckets = if typed.len() > LONGEST { None } else { self.buckets_of(typed) };
        buckets.into_iter().flatten().flat_map(places)
    }

    /// The buckets of how `word` begins and of how it ends. With one slip in at least `shortest` letters, the first half is
    /// as it should be, or the first letter and the last ones are.
    fn buckets_of(&self, word: &str) -> Option<[usize; 2]> {
        let letters = word.as_bytes();
        if letters.len() < self.shortest || !letters.iter().all(u8::is_ascii_lowercase) {
            return None;
        }
        let half = self.shortest / 2;
        let begin = letters.iter().take(half).copied();
        let end = letters.first().map(u8::to_ascii_uppercase).into_iter();
        let end = end.chain(letters.iter().skip(letters.len() + 1 - half).copied());
        let size = self.buckets.len().saturating_sub(2);
        Some([fnv_hash(begin) & size, fnv_hash(end) & size])
    }
}

/// Whether `typed` is `word` with one slip, not in its first letter.
pub fn is_slip(typed: &str, word: &str) -> bool {
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
