//! Which words a language's rules are made of, and which of them a typed word can be.

use super::slip;
use crate::text::{Marks, Word};
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// The number of a word. [`END`] is the end of a sentence.
pub type Id = u32;
/// The end or the beginning of a sentence.
pub const END: Id = 0;
/// A number in digits, whichever.
const NUMBER: &str = "0";

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

/// A map with [`Fnv`].
pub type Map<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// One word with its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    id: Id,
    hats: u64,
    tone: u8,
    /// Whether it is an abbreviation: it is written so, or without its marks.
    any: bool,
    /// Whether they must have been typed.
    must: bool,
}

/// The words of a language.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Whether marks tell words apart.
    marks: bool,
    words: Map<Box<str>, Vec<Entry>>,
    /// What a word may begin with, whatever follows.
    stems: Map<Box<str>, Id>,
    shortest_stem: usize,
    longest_stem: usize,
    shorts: Map<Box<str>, Box<str>>,
    slips: slip::Table,
    next: Id,
}

impl Vocabulary {
    /// Empty. With `marks`, words that differ in marks are different words.
    pub fn new(marks: bool) -> Vocabulary {
        Vocabulary { marks, next: END + 1, shortest_stem: usize::MAX, ..Vocabulary::default() }
    }

    /// The number of `word`, which is added if it is new.
    pub fn word(&mut self, word: &Word) -> Id {
        self.add(word, false)
    }

    /// The same for a word that is another without its marks: it is found only where marks were typed.
    pub fn marked_word(&mut self, word: &Word) -> Id {
        self.add(word, true)
    }

    fn add(&mut self, word: &Word, must: bool) -> Id {
        if word.plain.is_empty() {
            return END;
        }
        let entries = self.words.entry(word.plain.as_str().into()).or_default();
        let (hats, tone) = if self.marks { (word.hats, word.tone) } else { (0, 0) };
        let same =
            |known: &&Entry| known.hats == hats && known.tone == tone && !known.any && known.must == must;
        if let Some(known) = entries.iter().find(same) {
            return known.id;
        }
        let id = self.next;
        self.next += 1;
        entries.push(Entry { id, hats, tone, any: false, must });
        id
    }

    /// The number of what begins with `stem`.
    pub fn stem(&mut self, stem: &str) -> Id {
        let next = &mut self.next;
        let id = *self.stems.entry(stem.into()).or_insert_with(|| {
            *next += 1;
            *next - 1
        });
        self.shortest_stem = self.shortest_stem.min(stem.len());
        self.longest_stem = self.longest_stem.max(stem.len());
        id
    }

    /// Reads `short` as `word` too.
    pub fn short(&mut self, short: &Word, word: &Word) {
        let id = self.word(word);
        let entries = self.words.entry(short.plain.as_str().into()).or_default();
        if !entries.iter().any(|entry| entry.id == id) {
            let Word { hats, tone, marks, .. } = *short;
            // Short and with marks it is a word of its own without them.
            let must = marks != Marks::None && short.plain.len() <= 3;
            entries.push(Entry { id, hats, tone, any: true, must });
        }
        self.shorts.entry(short.plain.as_str().into()).or_insert_with(|| word.plain.as_str().into());
    }

    /// Whether `plain` is an abbreviation.
    pub fn is_short(&self, plain: &str) -> bool {
        self.shorts.contains_key(plain)
    }

    /// What `plain` is short for, in plain letters.
    pub fn long(&self, plain: &str) -> Option<&str> {
        self.shorts.get(plain).map(|word| &**word)
    }

    /// Whether `plain` is written in some rule.
    pub fn is_known(&self, plain: &str) -> bool {
        self.words.contains_key(plain)
    }

    /// Makes what finds slips of the finger; to be called when all words are in.
    pub fn finish(&mut self) {
        let shortest = if self.marks { slip::SHORTEST_SYLLABLE } else { slip::SHORTEST };
        self.slips = slip::Table::of(self.words.keys().map(|word| &**word), shortest);
    }

    /// Pushes the numbers of all that `word` can be. `strict`: a word without marks has none.
    pub fn look_up(&self, word: &Word, strict: bool, out: &mut Vec<Id>) {
        if word.plain.is_empty() {
            return out.push(END);
        }
        let before = out.len();
        self.exact(&word.plain, word, strict, out);
        if let Some(doubled) = &word.doubled {
            self.exact(doubled, word, strict, out);
        }
        if word.plain.starts_with(|c: char| c.is_ascii_digit()) {
            return self.exact(NUMBER, word, false, out);
        }
        if word.plain.len() >= self.shortest_stem {
            for end in self.shortest_stem..=self.longest_stem.min(word.plain.len()) {
                if let Some(id) = word.plain.get(..end).and_then(|stem| self.stems.get(stem)) {
                    out.push(*id);
                }
            }
        }
        if out.len() == before && self.may_be_a_slip(&word.plain) {
            self.slips.find(&word.plain, |meant| self.exact(meant, word, false, out));
        }
        if out.len() == before {
            arabic_article(&word.plain, |rest| self.exact(rest, word, false, out));
        }
    }

    /// In Vietnamese what is a syllable is a word of its own; elsewhere the lexicon lists those that are near.
    fn may_be_a_slip(&self, plain: &str) -> bool {
        !self.marks || !intent::is_syllable(plain)
    }

    fn exact(&self, plain: &str, word: &Word, strict: bool, out: &mut Vec<Id>) {
        let Some(entries) = self.words.get(plain) else { return };
        for entry in entries {
            let fits = !self.marks || fits(word, entry, strict);
            if fits {
                out.push(entry.id);
            }
        }
    }
}

/// Whether `word` with its marks can be `entry`.
fn fits(word: &Word, entry: &Entry, strict: bool) -> bool {
    // Southern hands write the hook for the tilde and the other way round.
    let tone = |tone: u8| if tone == 4 { 3 } else { tone };
    let same_tone = tone(word.tone) == tone(entry.tone);
    if entry.any && word.marks != Marks::None {
        return word.hats == entry.hats && word.tone == entry.tone;
    }
    match word.marks {
        Marks::None if entry.must => false,
        Marks::None => !strict || entry.any || entry.tone == 0 && entry.hats == 0,
        Marks::Keys => same_tone || word.tone == 0 && word.plain.len() >= 4,
        Marks::Typed => {
            let within = word.hats & entry.hats == word.hats;
            let long = word.plain.len() >= 4;
            same_tone && word.hats == entry.hats
                || long && word.tone == 0 && word.hats == entry.hats
                || long && same_tone && word.tone != 0 && within
        }
    }
}

/// Words of Arabic that are written together with the next one: "and", "by", "for", "the".
fn arabic_article(word: &str, mut look_up: impl FnMut(&str)) {
    for before in ["وال", "بال", "فال", "لل", "ال", "و", "ف", "ب", "ل"] {
        if let Some(rest) = word.strip_prefix(before).filter(|rest| rest.chars().count() >= 2) {
            look_up(rest);
        }
    }
}
