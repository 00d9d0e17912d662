//! What the matcher sees of a text. The only feature code: training and matching both call [`extract`].

use crate::normalise::words_into;

/// Shortest and longest piece of a word that is a feature, in characters.
const PIECES: std::ops::RangeInclusive<usize> = 2..=5;

/// Features are words and pairs of words, or pieces of words. Each block is brought to length 1 by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    /// Words and pairs of neighbours.
    Words = 0,
    /// Pieces of words, with the word's borders.
    Pieces = 1,
}

/// A feature by its hash; the lowest bit says which block it is of.
pub type Hash = u64;

/// Which block a feature is of.
pub fn block(hash: Hash) -> Block {
    if hash & 1 == 0 { Block::Words } else { Block::Pieces }
}

/// Room that is used again from text to text, so that matching does not allocate.
#[derive(Debug, Default)]
pub struct Buffers {
    text: String,
    word: Vec<u8>,
    borders: Vec<usize>,
    hashes: Vec<Hash>,
    /// The features of the last text, sorted, with how often each occurs.
    pub counted: Vec<(Hash, u32)>,
}

/// Fills `buffers.counted` with the features of `text`.
pub fn extract(text: &str, buffers: &mut Buffers) {
    let Buffers { text: normal, word, borders, hashes, counted } = buffers;
    words_into(text, normal);
    hashes.clear();
    let mut before: Option<Hash> = None;
    for current in normal.split_ascii_whitespace() {
        let own = hash(b"w", current.as_bytes());
        hashes.push(own & !1);
        if let Some(before) = before {
            hashes.push(hash(b"p", &[before.to_le_bytes(), own.to_le_bytes()].concat()) & !1);
        }
        before = Some(own);
        pieces(current, word, borders, hashes);
    }
    hashes.sort_unstable();
    counted.clear();
    for hash in hashes.iter() {
        match counted.last_mut() {
            Some((last, count)) if last == hash => *count += 1,
            _ => counted.push((*hash, 1)),
        }
    }
}

/// The pieces of `_word_`.
fn pieces(current: &str, word: &mut Vec<u8>, borders: &mut Vec<usize>, hashes: &mut Vec<Hash>) {
    word.clear();
    word.push(b'_');
    word.extend_from_slice(current.as_bytes());
    word.push(b'_');
    borders.clear();
    borders.extend((0..word.len()).filter(|at| word.get(*at).is_none_or(|byte| byte & 0xC0 != 0x80)));
    borders.push(word.len());
    for length in PIECES {
        let starts = borders.iter().zip(borders.iter().skip(length));
        hashes.extend(starts.filter_map(|(from, to)| Some(hash(b"c", word.get(*from..*to)?) | 1)));
    }
}

/// FNV-1a over a tag and the bytes, mixed once more so that all bits depend on all bytes.
fn hash(tag: &[u8], bytes: &[u8]) -> Hash {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in tag.iter().chain(bytes) {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    state ^= state >> 32;
    state = state.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    state ^ (state >> 29)
}
