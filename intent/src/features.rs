//! What the matcher sees of a text. The only feature code: training and matching both call [`Extractor::extract`].

use crate::{
    normalise::{Normaliser, WordList},
    synonyms::SynonymRules,
};

/// Shortest and longest piece of a word that is a feature, in characters.
const PIECES: std::ops::RangeInclusive<usize> = 2..=5;

/// Features are words and pairs of words, or pieces of words. Each block is brought to length 1 by itself.
pub const BLOCKS: usize = 2;

/// A feature by its hash; the two lowest bits say of which [`FeatureKind`] it is.
pub type Hash = u32;

/// Kinds of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeatureKind {
    /// A word.
    Word = 0,
    /// A piece of a word, with the word's borders.
    Piece = 1,
    /// Two neighbours.
    Pair = 2,
}

/// Which block a feature is of: 0 words and pairs, 1 pieces.
pub fn feature_block(hash: Hash) -> usize {
    (hash & 1) as usize
}

/// Whether a feature is a word.
pub fn is_word(hash: Hash) -> bool {
    hash & 3 == FeatureKind::Word as Hash
}

/// Takes features out of texts. Holds the room for it, so that matching does not allocate.
#[derive(Debug, Default)]
pub struct Extractor {
    reader: Normaliser,
    /// Room for what synonyms are read as.
    room: WordList,
    spelling: String,
    hashes: Vec<Hash>,
    counted: Vec<(Hash, u32)>,
    words: Vec<Hash>,
}

impl Extractor {
    /// The features of `text`, written in `lang`, ascending, with how often each occurs.
    ///
    /// `mend` may write another spelling of a word it is shown into the string, and say so; the features then are those
    /// of that spelling.
    pub fn extract(
        &mut self,
        text: &str,
        lang: &str,
        synonyms: &SynonymRules,
        mut mend: impl FnMut(&str, &mut String) -> bool,
    ) -> &[(Hash, u32)] {
        let Extractor { reader, room, spelling, hashes, counted, words } = self;
        hashes.clear();
        words.clear();
        let mut before = None;
        for typed in synonyms.apply_rules(lang, reader.read_words(text), room).iter() {
            spelling.clear();
            let mended = mend(typed, spelling);
            let word = if mended { spelling.as_str() } else { typed };
            // What was really typed is unknown, and counts in the length: a guess is not a known word.
            hashes.extend(mended.then(|| WordHash::hash_of(typed)));
            let own = WordHash::hash_of(word);
            hashes.push(own);
            words.push(own);
            hashes.extend(before.map(|before| pair_hash(before, own)));
            before = Some(own);
            push_char_ngrams(word, hashes);
        }
        hashes.sort_unstable();
        counted.clear();
        for hash in hashes.iter() {
            match counted.last_mut() {
                Some((last, count)) if last == hash => *count += 1,
                _ => counted.push((*hash, 1)),
            }
        }
        counted
    }

    /// The words of the last text, in order.
    pub fn word_hashes(&self) -> &[Hash] {
        &self.words
    }

    /// The features of the last text.
    pub fn feature_counts(&self) -> &[(Hash, u32)] {
        &self.counted
    }
}

/// The hash of a word that is not finished.
#[derive(Debug, Clone, Copy)]
pub struct WordHash(u64);

impl Default for WordHash {
    fn default() -> WordHash {
        WordHash(hash_seed(FeatureKind::Word))
    }
}

impl WordHash {
    /// The feature that is `word`.
    pub fn hash_of(word: &str) -> Hash {
        word.bytes().fold(WordHash::default(), WordHash::with_letter).finish()
    }

    /// With one more letter.
    pub fn with_letter(self, letter: u8) -> WordHash {
        WordHash(fnv1a_step(self.0, letter))
    }

    /// The feature that is the word so far.
    pub fn finish(self) -> Hash {
        finish_hash(self.0, FeatureKind::Word)
    }
}

/// The feature that is two neighbours, which are words.
pub fn pair_hash(before: Hash, after: Hash) -> Hash {
    let bytes = before.to_le_bytes().into_iter().chain(after.to_le_bytes());
    finish_hash(bytes.fold(hash_seed(FeatureKind::Pair), fnv1a_step), FeatureKind::Pair)
}

/// The feature that is a piece of a word, with `_` for the word's border.
pub fn piece_hash(piece: &str) -> Hash {
    finish_hash(piece.bytes().fold(hash_seed(FeatureKind::Piece), fnv1a_step), FeatureKind::Piece)
}

/// Adds the pieces of `_word_`.
fn push_char_ngrams(word: &str, hashes: &mut Vec<Hash>) {
    let letters = || std::iter::once('_').chain(word.chars()).chain(std::iter::once('_'));
    for (from, _) in letters().enumerate() {
        let mut state = hash_seed(FeatureKind::Piece);
        for (length, letter) in (1..=*PIECES.end()).zip(letters().skip(from)) {
            state = letter.encode_utf8(&mut [0; 4]).bytes().fold(state, fnv1a_step);
            if PIECES.contains(&length) {
                hashes.push(finish_hash(state, FeatureKind::Piece));
            }
        }
    }
}

/// FNV-1a.
fn fnv1a_step(state: u64, byte: u8) -> u64 {
    (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Where the hash of each kind of feature begins.
fn hash_seed(kind: FeatureKind) -> u64 {
    fnv1a_step(0xcbf2_9ce4_8422_2325, kind as u8)
}

/// FNV leaves its high bits thin for short inputs: mixed once more, so that all bits depend on all bytes.
fn finish_hash(state: u64, kind: FeatureKind) -> Hash {
    let state = (state ^ (state >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((state >> 32) as Hash & !3) | kind as Hash
}
