//! What words mean, learnt beforehand: a table of word vectors, so that a site with five phrases an intent also
//! understands words that stand in none of them. Optional: without it, the matcher is complete.
//!
//! How the table is made, and of what, stands in `intent/meaning/README.md`. The file, little endian:
//!
//! ```text
//! offset  bytes  what
//!      0      8  magic "HOIMEAN1"; the last character is the version of the format
//!      8      1  d: dimensions, even
//!      9      1  s: sections, one for a language or several that share words
//!     10     4s  u32: how many entries each section has
//!      …          then for each section with n entries:
//!            4n  u32: hashes of words and of pairs of words, as `features` makes them, ascending
//!             n  u8: each vector's step, 2^(step/16 - 12)
//!          nd/2  each vector: 4 bits a dimension, the lower first; less 8, in steps
//! ```

use std::{
    borrow::Cow,
    ops::Range,
    sync::{Arc, LazyLock},
};

use crate::{
    features::{Hash, WordHash, pair_hash},
    model::Index,
};

const MAGIC: &[u8; 8] = b"HOIMEAN1";

/// A table of word meaning. Make one with [`Meaning::read`], train with it through [`crate::Options::meaning`], and
/// give it to models that were trained with it by [`crate::Model::attach_meaning`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    version: u32,
    dimensions: usize,
    /// The file. Vectors are read from where they stand in it.
    bytes: Cow<'static, [u8]>,
    sections: Vec<Section>,
    /// What each step is worth, in bits: `f32` is not [`Eq`].
    steps: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Section {
    index: Index,
    /// Where in the file.
    steps: Range<usize>,
    vectors: Range<usize>,
}

/// Why bytes are not a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a table of word meaning, or it is damaged")]
pub struct MeaningError;

impl Meaning {
    /// The table that comes with this crate, see `intent/meaning/README.md`; read when it is first asked for. `None` only
    /// if the build carries a damaged file: then everything works without.
    pub fn bundled_table() -> Option<Arc<Meaning>> {
        static OURS: LazyLock<Option<Arc<Meaning>>> = LazyLock::new(|| {
            Meaning::read(include_bytes!("../meaning/table.bin").as_slice()).ok().map(Arc::new)
        });
        OURS.clone()
    }

    /// Reads a table. Bytes that live as long as the program are not copied.
    ///
    /// # Errors
    /// If the bytes are none, or are cut off or altered so that they cannot be read.
    pub fn read(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Meaning, MeaningError> {
        let bytes = bytes.into();
        let mut at = 0..0usize;
        let mut take = |length: usize| {
            at = at.end..at.end.checked_add(length).ok_or(MeaningError)?;
            bytes.get(at.clone()).map(|taken| (at.clone(), taken)).ok_or(MeaningError)
        };
        let (_, magic) = take(MAGIC.len())?;
        let (dimensions, sections) = match take(2)? {
            (_, [dimensions, sections]) if magic == MAGIC && dimensions % 2 == 0 => {
                (usize::from(*dimensions), usize::from(*sections))
            }
            _ => return Err(MeaningError),
        };
        let numbers = |(_, bytes): (_, &[u8])| -> Vec<u32> {
            bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect()
        };
        let mut read = Vec::new();
        for count in numbers(take(4 * sections)?) {
            let count = count as usize;
            let hashes = numbers(take(count.checked_mul(4).ok_or(MeaningError)?)?);
            let (steps, _) = take(count)?;
            let (vectors, _) = take(count.checked_mul(dimensions / 2).ok_or(MeaningError)?)?;
            read.push(Section { index: Index::new(hashes).ok_or(MeaningError)?, steps, vectors });
        }
        if at.end != bytes.len() {
            return Err(MeaningError);
        }
        let steps = (0..=u8::MAX).map(|step| (f32::from(step) / 16.0 - 12.0).exp2().to_bits()).collect();
        Ok(Meaning { version: hash_table_bytes(&bytes), dimensions, bytes, sections: read, steps })
    }

    /// Which table it is: differs whenever its bytes do.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// How many numbers a text's meaning is.
    pub(crate) fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// Whether a word is in the table.
    pub(crate) fn contains_word(&self, word: &str) -> bool {
        let hash = WordHash::hash_of(word);
        self.sections.iter().any(|section| section.index.find(hash).is_some())
    }

    /// The meaning of a text of these words: a direction, shorter the less of the text is known. All 0 if nothing is.
    pub(crate) fn embed(&self, words: &[Hash], out: &mut Vec<f32>) {
        out.clear();
        out.resize(self.dimensions, 0.0);
        let known =
            |section: &Section| words.iter().filter(|word| section.index.find(**word).is_some()).count();
        // The language is the one that knows most of the words; the first of several.
        let Some((section, known)) =
            self.sections.iter().rev().map(|s| (s, known(s))).max_by_key(|(_, known)| *known)
        else {
            return;
        };
        for (word, after) in words.iter().zip(words.iter().skip(1).map(Some).chain([None])) {
            self.add_word_vector(section, *word, out);
            after.iter().for_each(|after| self.add_word_vector(section, pair_hash(*word, **after), out));
        }
        let length = out.iter().map(|value| value * value).sum::<f32>().sqrt();
        if length > 0.0 {
            let part = known as f32 / words.len() as f32 / length;
            out.iter_mut().for_each(|value| *value *= part);
        }
    }

    fn add_word_vector(&self, section: &Section, hash: Hash, out: &mut [f32]) {
        let Some(at) = section.index.find(hash) else { return };
        let half = self.dimensions / 2;
        let part = |whole: &Range<usize>| self.bytes.get(whole.clone()).unwrap_or_default();
        let step = part(&section.steps).get(at).and_then(|step| self.steps.get(usize::from(*step)));
        let step = f32::from_bits(step.copied().unwrap_or_default());
        let vector = part(&section.vectors).get(at * half..(at + 1) * half).unwrap_or_default();
        let (pairs, _) = out.as_chunks_mut::<2>();
        for ([low, high], byte) in pairs.iter_mut().zip(vector) {
            *low += step * (f32::from(byte & 15) - 8.0);
            *high += step * (f32::from(byte >> 4) - 8.0);
        }
    }
}

/// FNV-1a of all bytes, eight at a time: the edge waits for it before its first answer.
fn hash_table_bytes(bytes: &[u8]) -> u32 {
    let (eights, rest) = bytes.as_chunks::<8>();
    let eights = eights.iter().map(|bytes| u64::from_le_bytes(*bytes));
    let all = eights.chain(rest.iter().map(|byte| u64::from(*byte)));
    let state = all.fold(0xcbf2_9ce4_8422_2325, |state: u64, next| {
        let state = (state ^ next).wrapping_mul(0x0000_0100_0000_01b3);
        state ^ (state >> 32)
    });
    (state ^ (state >> 32)) as u32
}

/// What a model learnt about meaning: for each dimension a weight for each intent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sense {
    /// The table it was trained with.
    pub table: u32,
    /// What the level 127 is worth.
    pub largest: f32,
    /// By dimension and then by intent.
    pub levels: Vec<i8>,
    /// What the levels are worth: 4 bytes each, so that adding them up needs no conversion.
    worth: Vec<f32>,
}

impl Sense {
    /// With these levels, of which 127 is worth `largest`.
    pub fn new(table: u32, largest: f32, levels: Vec<i8>) -> Sense {
        let worth = levels.iter().map(|level| f32::from(*level) * largest / 127.0).collect();
        Sense { table, largest, levels, worth }
    }

    /// Adds what `meaning` says to the scores.
    pub fn add_scores(&self, meaning: &[f32], scores: &mut [f32]) {
        // Four dimensions at a time: each score is then loaded and stored a quarter as often.
        let machines = scores.len().max(1);
        let (fours, rest) = meaning.as_chunks::<4>();
        let mut rows = self.worth.chunks_exact(machines);
        for [a, b, c, d] in fours {
            let mut row = || rows.next().unwrap_or_default().iter();
            let worths = row().zip(row()).zip(row().zip(row()));
            for (score, ((of_a, of_b), (of_c, of_d))) in scores.iter_mut().zip(worths) {
                *score += (a * of_a + b * of_b) + (c * of_c + d * of_d);
            }
        }
        for (value, row) in rest.iter().zip(rows) {
            scores.iter_mut().zip(row).for_each(|(score, worth)| *score += value * worth);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of two words, in two dimensions.
    fn bytes() -> Vec<u8> {
        let mut words =
            [("money", 0x9Fu8), ("cash", 0x8Eu8)].map(|(word, vector)| (WordHash::hash_of(word), vector));
        words.sort_unstable();
        let mut bytes = b"HOIMEAN1\x02\x01\x02\0\0\0".to_vec();
        words.iter().for_each(|(hash, _)| bytes.extend(hash.to_le_bytes()));
        bytes.extend([16, 16]);
        words.iter().for_each(|(_, vector)| bytes.push(*vector));
        bytes
    }

    #[test]
    fn words_point_somewhere() {
        let table = Meaning::read(bytes()).unwrap();
        let mut out = Vec::new();
        table.embed(&[WordHash::hash_of("money"), WordHash::hash_of("what")], &mut out);
        let length: f32 = out.iter().map(|value| value * value).sum();
        assert!((length - 0.25).abs() < 1e-4 && out[0] > out[1] && out[1] > 0.0, "{out:?}");
        table.embed(&[WordHash::hash_of("what")], &mut out);
        assert_eq!(out, [0.0, 0.0]);
        assert!(table.contains_word("cash") && !table.contains_word("what"));
    }

    #[test]
    fn damaged_tables_are_errors() {
        let bytes = bytes();
        for length in 0..bytes.len() {
            assert!(Meaning::read(bytes[..length].to_vec()).is_err());
        }
    }
}
