//! Texts and intents that are left out of the training, to see how they would have fared.

use super::Trial;
use crate::{
    features::{BLOCKS, feature_block},
    model::Index,
    rank::Evidence,
    rows::Vocabulary,
    solver::{LANES, Lanes, Solver, TrainingTask},
};

/// Into how many parts the texts, and the intents, are divided.
const PARTS: usize = 5;
/// So many texts should be tried, of both kinds.
const ENOUGH: usize = 200;

/// What is left out together.
pub struct Fold {
    /// Whether each text is.
    held: Vec<bool>,
    /// Their indices.
    texts: Vec<u32>,
    /// Whether each intent is.
    absent: Vec<bool>,
}

/// The scores of a fold's texts for a solver's intents, in order.
pub type Scores = Vec<Lanes>;

/// What is left out, one after the other.
pub fn make_folds(task: &TrainingTask<'_>, intents: usize) -> Vec<Fold> {
    let parts = (ENOUGH * PARTS).div_ceil(task.rows.len().max(1)).clamp(1, PARTS);
    let of_text = |text: usize| task.intents.get(text).copied().flatten().map(usize::from);
    let fold = |held: Vec<bool>, absent: Vec<bool>| {
        let texts = (0..).zip(&held).filter(|(_, held)| **held).map(|(text, _)| text).collect();
        Fold { held, texts, absent }
    };
    // Neighbours in sorted order are often near-copies; they should not all be left out together.
    let texts = (0..parts).map(|part| {
        let is_held = |text: usize| {
            // Texts out of scope are few: where only one part is tried, half of them are in it.
            let strange = of_text(text).is_none_or(|intent| intent >= intents);
            text % (if strange && parts == 1 { 2 } else { PARTS }) == part
        };
        fold((0..task.rows.len()).map(is_held).collect(), vec![false; intents])
    });
    let whole = (0..parts).map(|part| {
        let absent: Vec<bool> = (0..intents).map(|intent| intent % PARTS == part).collect();
        let is_absent =
            |text| of_text(text).and_then(|intent| absent.get(intent)).copied().unwrap_or_default();
        fold((0..task.rows.len()).map(is_absent).collect(), absent.clone())
    });
    texts.chain(whole).filter(|fold| fold.is_fair()).collect()
}

impl Fold {
    /// Something must be left out, and something must be left.
    fn is_fair(&self) -> bool {
        !self.texts.is_empty()
            && self.texts.len() < self.held.len()
            && !self.absent.iter().all(|absent| *absent)
    }

    /// What the texts of this fold would have scored, had they not been taught.
    pub fn held_out_scores(&self, task: &TrainingTask<'_>, solver: &Solver) -> Scores {
        let without = solver.retrain_without(task, &self.held);
        self.texts.iter().map(|text| without.row_scores(task.rows.row(*text as usize))).collect()
    }

    /// The trials of this fold. `scores` are those of all solvers, in order. Weak evidence is not tried: nobody types it.
    pub fn run_trials(
        &self,
        task: &TrainingTask<'_>,
        vocabulary: &Vocabulary,
        kept: &Index,
        scores: &[&Scores],
    ) -> Vec<Trial> {
        let mut held_texts = vec![0u32; vocabulary.hashes.len()];
        // Dimensions of meaning come after the features, and are skipped.
        for feature in self.texts.iter().flat_map(|text| task.rows.row(*text as usize).0) {
            held_texts.iter_mut().skip(*feature as usize).take(1).for_each(|count| *count += 1);
        }
        // Whether a feature is in the model, and would be without these texts.
        let known: Vec<bool> = (vocabulary.hashes.iter().zip(&vocabulary.texts).zip(&held_texts))
            .map(|((hash, all), held)| all > held && kept.find(*hash).is_some())
            .collect();
        let tried = self
            .texts
            .iter()
            .enumerate()
            .filter(|(_, text)| task.shares.get(**text as usize).is_some_and(|share| *share >= 1.0));
        tried.map(|(at, text)| self.run_trial(task, vocabulary, &known, *text as usize, at, scores)).collect()
    }

    fn run_trial(
        &self,
        task: &TrainingTask<'_>,
        vocabulary: &Vocabulary,
        known: &[bool],
        text: usize,
        at: usize,
        scores: &[&Scores],
    ) -> Trial {
        let lanes = |lane: usize| scores.get(lane / LANES)?.get(at)?.get(lane % LANES).copied();
        let all = scores.iter().flat_map(|scores| scores.get(at).copied().unwrap_or([f32::MIN; LANES]));
        let intent = task.intents.get(text).copied().flatten().map(usize::from);
        let (mut there, mut right) = (Vec::with_capacity(self.absent.len()), None);
        for (index, (score, absent)) in all.zip(&self.absent).enumerate() {
            if !absent {
                right = right.or((intent == Some(index)).then_some(there.len()));
                there.push(score);
            }
        }
        let mut shares = [0f32; BLOCKS];
        let (features, values) = task.rows.row(text);
        for (feature, value) in features.iter().zip(values) {
            let feature = *feature as usize;
            let block = vocabulary.hashes.get(feature).map_or(0, |hash| feature_block(*hash));
            if known.get(feature).copied().unwrap_or_default() {
                shares.iter_mut().skip(block).take(1).for_each(|share| *share += value * value);
            }
        }
        let none = self.absent.len();
        let strange =
            lanes(none).filter(|_| task.intents.iter().any(|intent| intent.map(usize::from) == Some(none)));
        let evidence = Evidence::from_scores(there.iter().copied(), shares, strange);
        Trial::new(&there, evidence, right, intent.is_none_or(|intent| intent == none))
    }
}
