//! The words of a language's rules as they are looked up: one sorted list of strings, and what each of them is.

use super::{
    slip,
    vocabulary::{END, LexiconVocabulary, WordId, fnv_hash},
};
use crate::text::{FoldedWord, MarkSource};

/// A number in digits, whichever.
const NUMBER: &str = "0";

/// One word with its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordEntry {
    /// Its number.
    pub id: WordId,
    /// Its vowels' marks.
    pub hats: u64,
    /// Its tone.
    pub tone: u8,
    /// Whether it is an abbreviation: it is written so, or without its marks.
    pub any: bool,
    /// Whether they must have been typed.
    pub must: bool,
}

/// What a string of the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Item {
    /// Where its letters end in the text of all; they begin where those of the string before end.
    pub to: usize,
    /// Where its entries end among all, likewise.
    pub entries: usize,
    /// The number of what begins so; [`END`] if nothing does.
    pub stem: WordId,
    /// What it is short for: its place in the list and one; 0 if nothing.
    pub long: usize,
}

/// Words, what words begin with, and abbreviations: sorted, each once.
#[derive(Debug, Default, PartialEq)]
pub struct WordIndex {
    /// Whether marks tell words apart.
    pub marks: bool,
    /// The letters of all strings.
    pub text: String,
    /// The strings.
    pub items: Vec<Item>,
    /// The entries of all.
    pub entries: Vec<WordEntry>,
    /// By hash, the place of a string and one; its length is a power of two.
    index: Vec<u32>,
    shortest_stem: usize,
    longest_stem: usize,
    slips: slip::Table,
}

impl WordIndex {
    /// Of a vocabulary.
    pub fn from_vocabulary(vocabulary: &LexiconVocabulary) -> WordIndex {
        let LexiconVocabulary { words, stems, shorts, .. } = vocabulary;
        let mut strings: Vec<&str> = words.keys().chain(stems.keys()).map(|word| &**word).collect();
        strings.sort_unstable();
        strings.dedup();
        let (mut text, mut items, mut entries) = (String::new(), Vec::new(), Vec::new());
        for string in &strings {
            text.push_str(string);
            entries.extend(words.get(*string).into_iter().flatten());
            let long = shorts.get(*string).and_then(|long| strings.binary_search(&&**long).ok());
            items.push(Item {
                to: text.len(),
                entries: entries.len(),
                stem: stems.get(*string).copied().unwrap_or(END),
                long: long.map_or(0, |at| at + 1),
            });
        }
        WordIndex::new(vocabulary.marks, text, items, entries)
    }

    /// Of its parts; the items in order.
    pub fn new(marks: bool, text: String, items: Vec<Item>, entries: Vec<WordEntry>) -> WordIndex {
        let size = (items.len() * 2).next_power_of_two();
        let mut index = vec![0_u32; size];
        let mut words =
            WordIndex { marks, text, items, entries, shortest_stem: usize::MAX, ..WordIndex::default() };
        let mut slips = slip::Table::new(marks, words.items.len());
        let mut from = Item::default();
        for (place, item) in (1_u32..).zip(&words.items) {
            let text = words.text.get(from.to..item.to).unwrap_or_default();
            let mut slot = fnv_hash(text.bytes());
            while let Some(taken) = index.get_mut(slot & (size - 1)) {
                if *taken == 0 {
                    *taken = place;
                    break;
                }
                slot += 1;
            }
            if item.stem != END {
                words.shortest_stem = words.shortest_stem.min(text.len());
                words.longest_stem = words.longest_stem.max(text.len());
            }
            if item.entries > from.entries {
                slips.insert(text, place - 1);
            }
            from = *item;
        }
        slips.build_buckets();
        WordIndex { index, slips, ..words }
    }

    /// The vocabulary it is of, to add to.
    pub fn to_vocabulary(&self) -> LexiconVocabulary {
        let mut vocabulary = LexiconVocabulary::new(self.marks);
        for (at, item) in self.items.iter().enumerate() {
            let text = self.text(at);
            if !self.entries(at).is_empty() {
                vocabulary.words.insert(text.into(), self.entries(at).to_vec());
            }
            if item.stem != END {
                vocabulary.stems.insert(text.into(), item.stem);
            }
            if let Some(long) = item.long.checked_sub(1) {
                vocabulary.shorts.insert(text.into(), self.text(long).into());
            }
        }
        let most = self.entries.iter().map(|entry| entry.id).chain(self.items.iter().map(|item| item.stem));
        vocabulary.next = most.max().unwrap_or(END) + 1;
        vocabulary
    }

    /// The string at `at`.
    pub fn text(&self, at: usize) -> &str {
        let from = at.checked_sub(1).and_then(|before| self.items.get(before)).map_or(0, |item| item.to);
        self.items.get(at).and_then(|item| self.text.get(from..item.to)).unwrap_or_default()
    }

    /// The entries of the string at `at`.
    pub fn entries(&self, at: usize) -> &[WordEntry] {
        let from = at.checked_sub(1).and_then(|before| self.items.get(before)).map_or(0, |item| item.entries);
        self.items.get(at).and_then(|item| self.entries.get(from..item.entries)).unwrap_or_default()
    }

    /// Where `plain` stands in the list.
    fn find(&self, plain: &str) -> Option<usize> {
        let mut slot = fnv_hash(plain.bytes());
        loop {
            let place = *self.index.get(slot & self.index.len().wrapping_sub(1))?;
            let at = (place as usize).checked_sub(1)?;
            if self.text(at) == plain {
                return Some(at);
            }
            slot += 1;
        }
    }

    /// Whether `plain` is an abbreviation.
    pub fn is_short(&self, plain: &str) -> bool {
        self.expand_abbreviation(plain).is_some()
    }

    /// What `plain` is short for, in plain letters.
    pub fn expand_abbreviation(&self, plain: &str) -> Option<&str> {
        let item = self.items.get(self.find(plain)?)?;
        Some(self.text(item.long.checked_sub(1)?))
    }

    /// Whether `plain` is written in some rule.
    pub fn is_known(&self, plain: &str) -> bool {
        self.find(plain).is_some_and(|at| !self.entries(at).is_empty())
    }

    /// Pushes the numbers of all that `word` can be. `strict`: a word without marks has none.
    pub fn look_up(&self, word: &FoldedWord, strict: bool, out: &mut Vec<WordId>) {
        if word.plain.is_empty() {
            return out.push(END);
        }
        let before = out.len();
        self.push_exact(&word.plain, word, strict, out);
        if let Some(doubled) = &word.doubled {
            self.push_exact(doubled, word, strict, out);
        }
        if word.plain.starts_with(|c: char| c.is_ascii_digit()) {
            return self.push_exact(NUMBER, word, false, out);
        }
        self.push_stems(&word.plain, out);
        if out.len() == before && self.may_be_a_slip(&word.plain) {
            let is_meant = |at: &u32| slip::is_slip(&word.plain, self.text(*at as usize));
            let mut meant: Vec<u32> = self.slips.slip_candidates(&word.plain).filter(is_meant).collect();
            meant.sort_unstable();
            meant.dedup();
            meant.into_iter().for_each(|at| self.push_fitting(at as usize, word, false, out));
        }
        if out.len() == before {
            arabic_article(&word.plain, |rest| self.push_exact(rest, word, false, out));
        }
    }

    /// Pushes the numbers of all that `plain` begins with.
    fn push_stems(&self, plain: &str, out: &mut Vec<WordId>) {
        for end in self.shortest_stem..=self.longest_stem.min(plain.len()) {
            let stem = plain.get(..end).and_then(|stem| self.find(stem)).and_then(|at| self.items.get(at));
            out.extend(stem.map(|item| item.stem).filter(|stem| *stem != END));
        }
    }

    /// In Vietnamese what is a syllable is a word of its own; elsewhere the lexicon lists those that are near.
    fn may_be_a_slip(&self, plain: &str) -> bool {
        !self.marks || !intent::is_syllable(plain)
    }

    fn push_exact(&self, plain: &str, word: &FoldedWord, strict: bool, out: &mut Vec<WordId>) {
        if let Some(at) = self.find(plain) {
            self.push_fitting(at, word, strict, out);
        }
    }

    fn push_fitting(&self, at: usize, word: &FoldedWord, strict: bool, out: &mut Vec<WordId>) {
        let fits = |entry: &&WordEntry| !self.marks || matches_entry(word, entry, strict);
        out.extend(self.entries(at).iter().filter(fits).map(|entry| entry.id));
    }
}

/// Whether `word` with its marks can be `entry`.
fn matches_entry(word: &FoldedWord, entry: &WordEntry, strict: bool) -> bool {
    // Southern hands write the hook for the tilde and the other way round.
    let tone = |tone: u8| if tone == 4 { 3 } else { tone };
    let same_tone = tone(word.tone) == tone(entry.tone);
    if entry.any && word.marks != MarkSource::None {
        return word.hats == entry.hats && word.tone == entry.tone;
    }
    match word.marks {
        MarkSource::None if entry.must => false,
        MarkSource::None => !strict || entry.any || entry.tone == 0 && entry.hats == 0,
        MarkSource::Keys => same_tone || word.tone == 0 && word.plain.len() >= 4,
        MarkSource::Typed => {
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
