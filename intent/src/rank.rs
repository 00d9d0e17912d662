//! Ranking the intents of one text.

use crate::{
    features::{Buffers, block, extract},
    model::{Model, PerBlock, slot},
};

/// How many intents a ranking names at most.
pub const RANKED: usize = 3;

/// What a text is taken to mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The most likely intents, best first; empty for a text without words.
    pub ranked: Vec<Ranked>,
    /// The probability that none of the intents is meant. With those of all intents it sums to 1.
    pub none: f32,
    /// Rises with how sure it is that the text is in scope, also where it is rejected; 0 to 1.
    pub score: f32,
    /// What follows from that.
    pub outcome: Outcome,
}

/// An intent and its probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// An index into [`Model::intents`].
    pub intent: usize,
    /// 0 to 1.
    pub p: f32,
}

/// What to do with a ranking. The thresholds are the model's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Answer the first.
    Sure,
    /// Ask which of those ranked is meant.
    Unsure,
    /// None of them.
    None,
}

/// Room that is used again from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    buffers: Buffers,
    scores: Vec<f32>,
    found: Vec<(usize, f32)>,
}

impl Scratch {
    /// The scores of the last text, by intent.
    pub(crate) fn scores(&self) -> &[f32] {
        &self.scores
    }
}

/// What the scores of a text say, before they are scaled.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Evidence {
    /// The best score.
    pub best: f32,
    /// How far the second is behind.
    pub lead: f32,
    /// The share of the text's features that occurred in training, 0 to 1.
    pub known: f32,
}

impl Model {
    /// Ranks the intents of `text`. `lang` is the visitor's language: answers differ by it, words are one for all.
    pub fn rank(&self, text: &str, _lang: &str, scratch: &mut Scratch) -> Ranking {
        let Some(evidence) = self.score(text, scratch) else {
            return Ranking { ranked: Vec::new(), none: 1.0, score: 0.0, outcome: Outcome::None };
        };
        let in_scope = self.scale.in_scope_chance(&evidence);
        let sharpness = self.scale.sharpness;
        let total: f32 = scratch.scores.iter().map(|score| (sharpness * (score - evidence.best)).exp()).sum();
        let mut ranked: Vec<Ranked> = Vec::with_capacity(RANKED + 1);
        for (intent, score) in scratch.scores.iter().enumerate() {
            let p = in_scope * (sharpness * (score - evidence.best)).exp() / total;
            let at = ranked.iter().position(|other| other.p < p).unwrap_or(ranked.len());
            if at < RANKED {
                ranked.insert(at, Ranked { intent, p });
                ranked.truncate(RANKED);
            }
        }
        let outcome = self.scale.outcome(in_scope, ranked.first().map_or(0.0, |first| first.p));
        Ranking { ranked: plausible(ranked, outcome), none: 1.0 - in_scope, score: in_scope, outcome }
    }

    /// Fills `scratch.scores` with a score for each intent; `None` for a text without words.
    pub(crate) fn score(&self, text: &str, scratch: &mut Scratch) -> Option<Evidence> {
        let Scratch { buffers, scores, found } = scratch;
        extract(text, buffers);
        if buffers.counted.is_empty() || self.intents.is_empty() {
            return None;
        }
        found.clear();
        let (mut squares, mut known): (PerBlock, f32) = ([0.0; 2], 0.0);
        for (hash, count) in &buffers.counted {
            let index = self.feature(*hash);
            let rarity = index.and_then(|index| self.rarity.get(index)).copied().unwrap_or(self.unseen);
            let value = tf(*count) * rarity;
            *slot(&mut squares, block(*hash)) += value * value;
            if let Some(index) = index {
                known += 1.0;
                let signed = if block(*hash) == crate::features::Block::Words { value } else { -value };
                found.push((index, signed));
            }
        }
        let [words, pieces] = squares.map(|square| square.sqrt().max(f32::MIN_POSITIVE));
        scores.clear();
        scores.extend_from_slice(&self.biases);
        for (index, value) in found.iter() {
            // The sign carries the block; values themselves are never negative.
            let value = if value.is_sign_positive() { value / words } else { -value / pieces };
            for (intent, weight) in self.weights_of(*index) {
                if let Some(score) = scores.get_mut(usize::from(*intent)) {
                    *score += value * self.step * f32::from(*weight);
                }
            }
        }
        let best = scores.iter().copied().fold(f32::MIN, f32::max);
        let at = scores.iter().position(|score| *score == best).unwrap_or_default();
        let others = scores.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, score)| *score);
        let second = others.fold(f32::MIN, f32::max).max(best - 4.0);
        Some(Evidence { best, lead: best - second, known: known / buffers.counted.len() as f32 })
    }
}

/// When asking back, only what is really likely is offered.
fn plausible(ranked: Vec<Ranked>, outcome: Outcome) -> Vec<Ranked> {
    let best = ranked.first().map_or(0.0, |first| first.p);
    match outcome {
        Outcome::Unsure => ranked.into_iter().filter(|one| one.p * 8.0 >= best).collect(),
        Outcome::Sure | Outcome::None => ranked,
    }
}

/// A feature that occurs often in one text counts more, but not by as much.
pub(crate) fn tf(count: u32) -> f32 {
    1.0 + (count as f32).ln()
}
