//! Which words a language's rules are made of, while they are being read.

use super::words::WordEntry;
use crate::{
    fnv::fnv1a,
    text::{FoldedWord, MarkSource},
};
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// The number of a word. [`END`] is the end of a sentence.
pub type WordId = u32;
/// The end or the beginning of a sentence.
pub const END: WordId = 0;
/// FNV-1a: words are short and nobody gains by making them collide: each is looked up a fixed number of times.
#[derive(Clone, Copy)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// In one step, and folded so that the lowest bits depend on all.
    fn write_u32(&mut self, number: u32) {
        let mixed = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

/// The hash of `bytes`, for a table whose size is a power of two.
pub fn fnv_hash(bytes: impl Iterator<Item = u8>) -> usize {
    let whole = fnv1a(bytes);
    (whole ^ (whole >> 15)) as usize
}

/// A map with [`Fnv`].
pub type Map<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// The words of a language.
#[derive(Debug, Default)]
pub struct LexiconVocabulary {
    /// Whether marks tell words apart.
    pub marks: bool,
    /// By their plain letters.
    pub words: Map<Box<str>, Vec<WordEntry>>,
    /// What a word may begin with, whatever follows.
    pub stems: Map<Box<str>, WordId>,
    /// Abbreviations, and what they are short for.
    pub shorts: Map<Box<str>, Box<str>>,
    /// The number of the next new word.
    pub next: WordId,
}

impl LexiconVocabulary {
    /// Empty. With `marks`, words that differ in marks are different words.
    pub fn new(marks: bool) -> LexiconVocabulary {
        LexiconVocabulary { marks, next: END + 1, ..LexiconVocabulary::default() }
    }

    /// The number of `word`, which is added if it is new.
    pub fn intern_word(&mut self, word: &FoldedWord) -> WordId {
        self.intern(word, false)
    }

    /// The same for a word that is another without its marks: it is found only where marks were typed.
    pub fn marked_word(&mut self, word: &FoldedWord) -> WordId {
        self.intern(word, true)
    }

    fn intern(&mut self, word: &FoldedWord, must: bool) -> WordId {
        if word.plain.is_empty() {
            return END;
        }
        let entries = self.words.entry(word.plain.as_str().into()).or_default();
        let (hats, tone) = if self.marks { (word.hats, word.tone) } else { (0, 0) };
        let same =
            |known: &&WordEntry| known.hats == hats && known.tone == tone && !known.any && known.must == must;
        if let Some(known) = entries.iter().find(same) {
            return known.id;
        }
        let id = self.next;
        self.next += 1;
        entries.push(WordEntry { id, hats, tone, any: false, must });
        id
    }

    /// The number of what begins with `stem`.
    pub fn intern_stem(&mut self, stem: &str) -> WordId {
        let next = &mut self.next;
        *self.stems.entry(stem.into()).or_insert_with(|| {
            *next += 1;
            *next - 1
        })
    }

    /// Reads `short` as `word` too.
    pub fn add_abbreviation(&mut self, short: &FoldedWord, word: &FoldedWord) {
        let id = self.intern_word(word);
        let entries = self.words.entry(short.plain.as_str().into()).or_default();
        if !entries.iter().any(|entry| entry.id == id) {
            let FoldedWord { hats, tone, marks, .. } = *short;
            // Short and with marks it is a word of its own without them.
            let must = marks != MarkSource::None && short.plain.len() <= 3;
            entries.push(WordEntry { id, hats, tone, any: true, must });
        }
        self.shorts.entry(short.plain.as_str().into()).or_insert_with(|| word.plain.as_str().into());
    }

    /// Numbers all words anew, in their order, then what words begin with: so numbers need not be written down. The new number
    /// of each old one.
    pub fn number_in_order(&mut self) -> Map<WordId, WordId> {
        let mut numbers = Map::default();
        numbers.insert(END, END);
        let mut next = END;
        let mut number = |id: &mut WordId| {
            next += 1;
            numbers.insert(*id, next);
            *id = next;
        };
        let mut words: Vec<_> = self.words.iter_mut().collect();
        words.sort_unstable_by_key(|(word, _)| *word);
        words
            .iter_mut()
            .flat_map(|(_, entries)| entries.iter_mut())
            .filter(|entry| !entry.any)
            .for_each(|entry| number(&mut entry.id));
        let mut stems: Vec<_> = self.stems.iter_mut().collect();
        stems.sort_unstable_by_key(|(stem, _)| *stem);
        stems.into_iter().for_each(|(_, id)| number(id));
        for entry in words.into_iter().flat_map(|(_, entries)| entries).filter(|entry| entry.any) {
            entry.id = numbers.get(&entry.id).copied().unwrap_or(END);
        }
        self.next = next + 1;
        numbers
    }
}
