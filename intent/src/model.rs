//! What was learnt, ready for matching.

use crate::features::{Block, Hash};

/// A trained matcher. [`Model::rank`] uses it, [`Model::read`] and [`Model::to_bytes`] keep it.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The names of the intents, in the order of their indices.
    pub(crate) intents: Vec<String>,
    /// Each intent's bias.
    pub(crate) biases: Vec<f32>,
    /// The features that occurred in training, sorted.
    pub(crate) features: Vec<Hash>,
    /// How much each feature counts, by rarity; beside `features`.
    pub(crate) rarity: Vec<f32>,
    /// Where each feature's weights begin in `weights`; one more than features.
    pub(crate) starts: Vec<u32>,
    /// Intent and weight in steps of `step`.
    pub(crate) weights: Vec<(u16, i8)>,
    /// What one step of a weight is worth.
    pub(crate) step: f32,
    /// How much a feature counts that did not occur in training.
    pub(crate) unseen: f32,
    /// How scores become probabilities and outcomes.
    pub(crate) scale: Scale,
}

/// How scores become probabilities and outcomes; fitted on texts the weights had not seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    /// How sharply scores tell intents apart.
    pub sharpness: f32,
    /// In-scope odds: a constant, the best score, its lead, the share of known features.
    pub scope: [f32; 4],
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

    /// Where `hash` stands among the features.
    pub(crate) fn feature(&self, hash: Hash) -> Option<usize> {
        self.features.binary_search(&hash).ok()
    }

    /// The weights of the feature at `index`.
    pub(crate) fn weights_of(&self, index: usize) -> &[(u16, i8)] {
        let range = self.starts.get(index).zip(self.starts.get(index + 1));
        range.and_then(|(from, to)| self.weights.get(*from as usize..*to as usize)).unwrap_or_default()
    }
}

/// Values by block.
pub(crate) type PerBlock = [f32; 2];

/// The place of `block` in a [`PerBlock`].
pub(crate) fn slot(values: &mut PerBlock, block: Block) -> &mut f32 {
    let [words, pieces] = values;
    match block {
        Block::Words => words,
        Block::Pieces => pieces,
    }
}
