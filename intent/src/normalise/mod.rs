//! The one reading of a text, for training and for matching.
//!
//! ```text
//! "Làm giaays KS,  e sinh2 15/8 đc ko ạ??"
//!    │ fold      lower case, no marks, one encoding                     fold.rs
//!    │ split     words; numbers and codes as classes                    split.rs, numbers.rs
//!    │ keys      Telex and VNI keystrokes that were left in             keystroke.rs
//!    ▼ short     abbreviations, by the language around them             short.rs
//! lam giay khai sinh e sinh 0date duoc khong a
//! ```
//!
//! Marks are dropped before anything is decided, so a text and its form without diacritics are read alike: that is
//! how half of all Vietnamese is typed. Nothing here knows a site or a model.

mod fold;
mod keystroke;
mod numbers;
mod packed;
mod short;
mod split;
mod syllable;

pub use fold::fold_char;
use keystroke::decode_telex;
use split::Splitter;
pub use syllable::is_syllable;

/// Reads texts. Holds the room for it, which is used again from text to text.
#[derive(Debug, Default)]
pub struct Normaliser {
    splitter: Splitter,
    kinds: Vec<WordKind>,
    /// What [`decode_telex`] made of a word.
    key: String,
    out: WordList,
}

/// What a word tells about the language of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WordKind {
    /// It can be Vietnamese.
    Syllable,
    /// It is a Vietnamese abbreviation and no word elsewhere.
    Short,
    /// It is Vietnamese with that many keystrokes left in.
    Telex(usize),
    /// Nothing: a number, a code, an abbreviation that is something else elsewhere.
    Neutral,
    /// It is of another language.
    Other,
}

impl Normaliser {
    /// The words of `text`; of a text longer than [`crate::MAX_CHARS`], those of its beginning.
    pub fn read_words(&mut self, text: &str) -> &WordList {
        let Normaliser { splitter, kinds, key, out } = self;
        let raw = splitter.split_words(text);
        kinds.clear();
        kinds.extend(raw.iter().map(|word| word_kind(word, key)));
        let vietnamese = is_vietnamese(kinds);
        out.clear();
        for (word, kind) in raw.iter().zip(kinds.iter()) {
            // No abbreviation is a syllable: see the tables' test.
            let long = match kind {
                WordKind::Syllable => None,
                WordKind::Short | WordKind::Telex(_) | WordKind::Neutral | WordKind::Other => {
                    short::expand_abbreviation(word, vietnamese)
                }
            };
            match (long, kind) {
                (Some(long), _) => long.split(' ').for_each(|word| out.push(word)),
                (None, WordKind::Telex(_)) if vietnamese => {
                    out.push(decode_telex(word, key).map_or(word, |(read, _)| read))
                }
                (None, _) => out.push(word),
            }
        }
        out
    }
}

/// The words of `text` as the matcher reads them, for explanations.
pub fn normalised_words(text: &str) -> Vec<String> {
    Normaliser::default().read_words(text).iter().map(str::to_owned).collect()
}

fn word_kind(word: &str, key: &mut String) -> WordKind {
    if syllable::is_syllable(word) {
        WordKind::Syllable
    } else if short::expand_abbreviation(word, false).is_some() {
        WordKind::Short
    } else if word.starts_with('0') || short::expand_abbreviation(word, true).is_some() {
        WordKind::Neutral
    } else {
        decode_telex(word, key).map_or(WordKind::Other, |(_, keys)| WordKind::Telex(keys))
    }
}

/// Whether most of a text can be Vietnamese. English has words of that form too (`can`, `the`, `me`), but seldom twice
/// as many as of another. One keystroke is weak evidence (`car` is *cả* in Telex), two are strong.
fn is_vietnamese(kinds: &[WordKind]) -> bool {
    let count = |is: fn(&WordKind) -> bool| kinds.iter().filter(|kind| is(kind)).count();
    let can_be = count(|kind| matches!(kind, WordKind::Syllable | WordKind::Short | WordKind::Telex(2..)));
    can_be > 2 * count(|kind| matches!(kind, WordKind::Other))
}

/// A list of words in one buffer.
#[derive(Debug, Default)]
pub struct WordList {
    text: String,
    /// Where each word ends in `text`; there is nothing between words.
    ends: Vec<usize>,
}

impl WordList {
    /// The words, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).filter_map(|(from, to)| self.text.get(*from..*to))
    }

    /// The word at `index`.
    pub fn get(&self, index: usize) -> Option<&str> {
        let from = index.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before))?;
        self.text.get(*from..*self.ends.get(index)?)
    }

    /// Takes all words away.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Adds a word.
    pub fn push(&mut self, word: &str) {
        self.text.push_str(word);
        self.ends.push(self.text.len());
    }

    /// Adds `word` to the last word.
    fn join_to_last(&mut self, word: &str) {
        self.text.push_str(word);
        if let Some(end) = self.ends.last_mut() {
            *end = self.text.len();
        }
    }
}

#[cfg(test)]
mod tests;
