//! What was learnt, ready for matching.

use crate::{
    features::Hash,
    meaning::{Meaning, Sense},
    synonyms::SynonymRules,
    weights::Weights,
};
use std::sync::{Arc, OnceLock};

/// A trained matcher. [`Model::rank`] uses it, [`Model::read`] and [`Model::to_bytes`] keep it.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The names of the intents, in the order of their indices.
    pub(crate) intents: Vec<String>,
    /// Each intent's bias; one more if texts out of scope were learnt like an intent.
    pub(crate) biases: Vec<f32>,
    /// The features with a weight, and all words that occurred in training.
    pub(crate) index: Index,
    /// How much each feature counts, by rarity, in 255ths from 1 to `unseen`; beside the features.
    pub(crate) rarity: Vec<u8>,
    /// What each feature says; beside the features.
    pub(crate) weights: Weights,
    /// What the highest level of a weight is worth.
    pub(crate) largest: f32,
    /// How much a feature counts that did not occur in training.
    pub(crate) unseen: f32,
    /// How scores become probabilities and outcomes.
    pub(crate) scale: Scale,
    /// What is read as something else.
    pub(crate) synonyms: SynonymRules,
    /// What was learnt about meaning, if it was trained with a table.
    pub(crate) sense: Option<Sense>,
    /// The table, once it is attached. Only ever the one it was trained with.
    pub(crate) meaning: OnceLock<Arc<Meaning>>,
}

/// How many things are known about a text when it is decided whether it is in scope; see [`crate::rank::Evidence`].
pub(crate) const INPUTS: usize = 6;

/// How scores become probabilities and outcomes; fitted on texts the weights had not seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    /// How sharply scores tell intents apart.
    pub sharpness: f32,
    /// In-scope log-odds: what each of the evidence's inputs adds.
    pub scope: [f32; INPUTS],
    /// From this chance of being in scope on, the text is taken to be.
    pub in_scope: f32,
    /// From this probability of the best intent on, it is answered without asking back.
    pub sure: f32,
}

impl Model {
    /// The names of the intents; [`crate::Ranked::intent`] is an index into this.
    pub fn intents(&self) -> &[String] {
        &self.intents
    }

    /// The [`Meaning::version`] of the table it was trained with, if any. Without that table attached it still ranks,
    /// though not as well.
    pub fn table_version(&self) -> Option<u32> {
        self.sense.as_ref().map(|sense| sense.table)
    }

    /// Whether it has all that it was trained with: no table, or that table.
    pub fn is_whole(&self) -> bool {
        self.sense.is_none() || self.meaning.get().is_some()
    }

    /// Gives the model the table it was trained with; `false`, and nothing changes, if that is another or none. A model
    /// that others hold can be given it: a server answers pages before the table has come.
    pub fn attach_meaning(&self, meaning: &Arc<Meaning>) -> bool {
        let fits = self.sense.as_ref().is_some_and(|sense| {
            sense.table == meaning.version() && sense.levels.len() == meaning.dimensions() * self.biases.len()
        });
        if fits {
            self.meaning.get_or_init(|| Arc::clone(meaning));
        }
        fits
    }

    /// How much the feature at `index` counts.
    pub(crate) fn feature_rarity(&self, index: usize) -> f32 {
        let share = f32::from(self.rarity.get(index).copied().unwrap_or(u8::MAX)) / 255.0;
        1.0 + share * (self.unseen - 1.0)
    }
}

/// Sorted hashes, found through their highest bits: nearly always one step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Index {
    hashes: Vec<Hash>,
    /// Where the hashes begin whose highest bits are the index; one more than there are such bits.
    buckets: Vec<u32>,
    shift: u32,
}

impl Index {
    /// `None` if `hashes` do not ascend.
    pub fn new(hashes: Vec<Hash>) -> Option<Index> {
        if !hashes.is_sorted_by(|a, b| a < b) {
            return None;
        }
        let bits = hashes.len().max(2).next_power_of_two().trailing_zeros();
        let shift = Hash::BITS - bits;
        let mut buckets = Vec::with_capacity((1 << bits) + 1);
        let mut at = 0;
        for bucket in 0..1u32 << bits {
            while hashes.get(at).is_some_and(|hash| hash >> shift < bucket) {
                at += 1;
            }
            buckets.push(at as u32);
        }
        buckets.push(hashes.len() as u32);
        Some(Index { hashes, buckets, shift })
    }

    /// The hashes, ascending.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// Where `hash` stands.
    pub fn find(&self, hash: Hash) -> Option<usize> {
        let bucket = (hash >> self.shift) as usize;
        let (from, to) = (*self.buckets.get(bucket)? as usize, *self.buckets.get(bucket + 1)? as usize);
        let offset = self.hashes.get(from..to)?.iter().position(|other| *other == hash)?;
        Some(from + offset)
    }
}
