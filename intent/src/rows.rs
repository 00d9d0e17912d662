//! Training texts as sparse rows, and the list of features they share.

use crate::{
    example::{Example, Options},
    features::{BLOCKS, Extractor, Hash, feature_block},
};
use std::collections::HashMap;

/// The texts of a training as rows of numbers, one after the other in memory.
#[derive(Debug, Default)]
pub struct Rows {
    /// Where each row begins; one more than rows.
    starts: Vec<usize>,
    features: Vec<u32>,
    values: Vec<f32>,
    /// Each row's squared length, the constant 1 of the bias included.
    pub squares: Vec<f32>,
}

/// One row: features, most frequent first in the list, and their values.
pub type SparseRow<'a> = (&'a [u32], &'a [f32]);

impl Rows {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.squares.len()
    }

    /// The row at `index`; an empty one if there is none.
    pub fn row(&self, index: usize) -> SparseRow<'_> {
        let range =
            self.starts.get(index).zip(self.starts.get(index + 1)).map_or(0..0, |(from, to)| *from..*to);
        (self.features.get(range.clone()).unwrap_or_default(), self.values.get(range).unwrap_or_default())
    }

    /// How large each feature is in all rows together: the root of its squares' sum.
    pub fn feature_norms(&self, features: usize) -> Vec<f32> {
        let mut sizes = vec![0f32; features];
        for (feature, value) in self.features.iter().zip(&self.values) {
            if let Some(size) = sizes.get_mut(*feature as usize) {
                *size += value * value;
            }
        }
        sizes.iter_mut().for_each(|size| *size = size.sqrt());
        sizes
    }

    fn push_row(&mut self, row: impl Iterator<Item = (u32, f32)>) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        let mut square = 1.0;
        for (feature, value) in row {
            self.features.push(feature);
            self.values.push(value);
            square += value * value;
        }
        self.squares.push(square);
        self.starts.push(self.features.len());
    }
}

/// The features that occur in training, the most frequent first: what is used together lies together.
#[derive(Debug)]
pub struct Vocabulary {
    /// By index.
    pub hashes: Vec<Hash>,
    /// In how many texts each occurs.
    pub texts: Vec<u32>,
    /// How much each counts.
    pub rarity: Vec<f32>,
    /// How much a feature counts that does not occur.
    pub unseen: f32,
    index: HashMap<Hash, u32>,
}

/// The features of each example, and all of them together. After the features of the vocabulary come the dimensions of
/// the text's meaning, if there is a table.
pub fn build_rows(examples: &[&Example], options: &Options) -> (Rows, Vocabulary) {
    let mut extractor = Extractor::default();
    let (mut counted, mut meanings) = (Vec::new(), Vec::new());
    for example in examples {
        let Example { text, lang, .. } = example;
        counted.push(extractor.extract(text, lang, &options.synonyms, |_, _| false).to_vec());
        let mut out = Vec::new();
        options.meaning.iter().for_each(|table| table.embed(extractor.word_hashes(), &mut out));
        meanings.push(out);
    }
    let vocabulary = Vocabulary::from_counts(&counted);
    let mut rows = Rows::default();
    for (counted, meaning) in counted.iter().zip(meanings) {
        let dimensions =
            (vocabulary.hashes.len() as u32..).zip(meaning.into_iter().map(|value| value * MEANING));
        rows.push_row(
            vocabulary.feature_vector(counted).chain(dimensions.filter(|(_, value)| *value != 0.0)),
        );
    }
    (rows, vocabulary)
}

/// How long the meaning of a text is, of which all words are known, beside the two blocks of length 1.
pub const MEANING: f32 = 1.0;

impl Vocabulary {
    fn from_counts(counted: &[Vec<(Hash, u32)>]) -> Vocabulary {
        let mut texts: HashMap<Hash, u32> = HashMap::new();
        for (hash, _) in counted.iter().flatten() {
            *texts.entry(*hash).or_default() += 1;
        }
        let mut list: Vec<(Hash, u32)> = texts.into_iter().collect();
        list.sort_unstable_by_key(|(hash, texts)| (std::cmp::Reverse(*texts), *hash));
        let (hashes, texts): (Vec<Hash>, Vec<u32>) = list.into_iter().unzip();
        Vocabulary {
            rarity: texts.iter().map(|n| inverse_document_frequency(*n, counted.len())).collect(),
            unseen: inverse_document_frequency(1, counted.len()),
            index: hashes.iter().zip(0..).map(|(hash, index)| (*hash, index)).collect(),
            hashes,
            texts,
        }
    }

    /// The values of a text's features, each block of length 1; unknown features count in the length.
    fn feature_vector(&self, counted: &[(Hash, u32)]) -> impl Iterator<Item = (u32, f32)> {
        let mut squares = [0f32; BLOCKS];
        let mut row = Vec::with_capacity(counted.len());
        for (hash, count) in counted {
            let index = self.index.get(hash).copied();
            let rarity =
                index.and_then(|index| self.rarity.get(index as usize)).copied().unwrap_or(self.unseen);
            let value = term_frequency(*count) * rarity;
            if let Some(square) = squares.get_mut(feature_block(*hash)) {
                *square += value * value;
            }
            row.extend(index.map(|index| (index, value, feature_block(*hash))));
        }
        row.sort_unstable_by_key(|(index, _, _)| *index);
        let lengths = squares.map(block_length);
        row.into_iter()
            .map(move |(index, value, block)| (index, value / lengths.get(block).copied().unwrap_or(1.0)))
    }
}

/// The length of a block whose values have the squared sum `square`.
pub fn block_length(square: f32) -> f32 {
    square.sqrt().max(f32::MIN_POSITIVE)
}

/// A feature that occurs often in one text counts more, but not by as much.
pub fn term_frequency(count: u32) -> f32 {
    // Nearly all occur once: no logarithm then.
    if count == 1 { 1.0 } else { 1.0 + (count as f32).ln() }
}

/// The square root of the inverse document frequency: rare features count more, but not by as much as usual.
pub fn inverse_document_frequency(texts: u32, of: usize) -> f32 {
    (((1.0 + of as f32) / (1.0 + texts as f32)).ln() + 1.0).sqrt()
}
