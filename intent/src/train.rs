//! Training.

use crate::{
    calibrate,
    features::{Buffers, Hash, block, extract},
    linear::{Row, one_class},
    model::{Model, PerBlock, Scale, slot},
    rank::tf,
};
use std::collections::BTreeMap;

/// Something a visitor may type, and what is meant by it.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// What is meant; `None`: none of the intents.
    pub intent: Option<String>,
    /// Its language.
    pub lang: String,
    /// 1 for a phrase as people type it; less for weaker evidence, such as a title.
    pub weight: f32,
}

/// How to train.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Decides the order in which examples are visited; the same seed gives the same model.
    pub seed: u64,
    /// Most weights kept; the weakest go first.
    pub max_weights: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { seed: 1, max_weights: 400_000 }
    }
}

/// How far training has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Intents learnt, over all passes.
    pub done: usize,
    /// Intents to learn, over all passes.
    pub of: usize,
}

/// Why there is nothing to train on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    /// No example names an intent.
    #[error("no example names an intent")]
    NoIntents,
    /// More intents than the model file can number.
    #[error("more than 65535 intents")]
    TooManyIntents,
}

/// Trains a model. Deterministic for the examples, whatever their order, and the seed.
///
/// # Errors
/// Any [`TrainError`].
pub fn train(
    examples: &[Example],
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Model, TrainError> {
    let mut examples: Vec<&Example> = examples.iter().collect();
    examples.sort_by(|a, b| (&a.text, &a.intent, &a.lang).cmp(&(&b.text, &b.intent, &b.lang)));
    let classes = classes(&examples);
    if classes.is_empty() {
        return Err(TrainError::NoIntents);
    }
    if classes.len() > usize::from(u16::MAX) {
        return Err(TrainError::TooManyIntents);
    }
    let mut steps = Steps { done: 0, of: classes.len() * (1 + calibrate::PASSES), progress };
    let scale = calibrate::scale(&examples, options, &mut steps);
    Ok(fit(&examples, options, scale, &mut steps))
}

/// Counts finished work.
pub(crate) struct Steps<'a> {
    pub done: usize,
    pub of: usize,
    pub progress: &'a mut dyn FnMut(Progress),
}

impl Steps<'_> {
    fn one(&mut self) {
        self.done += 1;
        (self.progress)(Progress { done: self.done.min(self.of), of: self.of });
    }
}

/// The intents, sorted.
fn classes(examples: &[&Example]) -> Vec<String> {
    let mut names: Vec<String> = examples.iter().filter_map(|example| example.intent.clone()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Learns the weights; `scale` is only put in.
pub(crate) fn fit(examples: &[&Example], options: &Options, scale: Scale, steps: &mut Steps<'_>) -> Model {
    let intents = classes(examples);
    let counted = count(examples);
    let (features, rarity) = vocabulary(&counted);
    let unseen = rarity_of(1, examples.len());
    let rows: Vec<Row> = counted.iter().map(|row| vector(row, &features, &rarity)).collect();
    let share: Vec<f32> = examples.iter().map(|example| example.weight).collect();
    let order = shuffled(rows.len(), options.seed);
    let mut biases = Vec::with_capacity(intents.len());
    let mut kept: Vec<(u32, u16, f32)> = Vec::new();
    for (class, name) in intents.iter().enumerate() {
        let of: Vec<bool> = examples.iter().map(|example| example.intent.as_ref() == Some(name)).collect();
        let mut weights = one_class(&rows, &share, &of, features.len(), &order);
        biases.push(weights.pop().unwrap_or_default());
        let strong = weights.into_iter().enumerate().filter(|(_, weight)| *weight != 0.0);
        kept.extend(strong.map(|(feature, weight)| (feature as u32, class as u16, weight)));
        steps.one();
    }
    prune(&mut kept, options.max_weights);
    let largest = kept.iter().map(|(_, _, weight)| weight.abs()).fold(f32::MIN_POSITIVE, f32::max);
    let step = largest / 127.0;
    kept.retain(|(_, _, weight)| (weight / step).round() != 0.0);
    kept.sort_unstable_by_key(|(feature, class, _)| (*feature, *class));
    let mut starts = Vec::with_capacity(features.len() + 1);
    let mut at = 0;
    for feature in 0..=features.len() as u32 {
        while kept.get(at).is_some_and(|(f, _, _)| *f < feature) {
            at += 1;
        }
        starts.push(at as u32);
    }
    let weights = kept.iter().map(|(_, class, weight)| (*class, (weight / step).round() as i8)).collect();
    Model { intents, biases, features, rarity, starts, weights, step, unseen, scale }
}

fn count(examples: &[&Example]) -> Vec<Vec<(Hash, u32)>> {
    let mut buffers = Buffers::default();
    let counted = examples.iter().map(|example| {
        extract(&example.text, &mut buffers);
        buffers.counted.clone()
    });
    counted.collect()
}

/// The features that occur, sorted, and their rarity.
fn vocabulary(counted: &[Vec<(Hash, u32)>]) -> (Vec<Hash>, Vec<f32>) {
    let mut texts: BTreeMap<Hash, u32> = BTreeMap::new();
    for (hash, _) in counted.iter().flatten() {
        *texts.entry(*hash).or_default() += 1;
    }
    texts.into_iter().map(|(hash, n)| (hash, rarity_of(n, counted.len()))).unzip()
}

/// The square root of the inverse document frequency: rare features count more, but not by as much as usual.
fn rarity_of(texts: u32, of: usize) -> f32 {
    (((1.0 + of as f32) / (1.0 + texts as f32)).ln() + 1.0).sqrt()
}

/// The features of one text, each block of length 1.
fn vector(counted: &[(Hash, u32)], features: &[Hash], rarity: &[f32]) -> Row {
    let mut squares: PerBlock = [0.0; 2];
    let mut row: Vec<(u32, f32, Hash)> = Vec::with_capacity(counted.len());
    for (hash, count) in counted {
        let Ok(index) = features.binary_search(hash) else { continue };
        let value = tf(*count) * rarity.get(index).copied().unwrap_or(1.0);
        *slot(&mut squares, block(*hash)) += value * value;
        row.push((index as u32, value, *hash));
    }
    let mut lengths = squares.map(|square| square.sqrt().max(f32::MIN_POSITIVE));
    row.into_iter().map(|(index, value, hash)| (index, value / *slot(&mut lengths, block(hash)))).collect()
}

/// Keeps the `most` strongest weights.
fn prune(kept: &mut Vec<(u32, u16, f32)>, most: usize) {
    if kept.len() > most {
        kept.select_nth_unstable_by(most, |a, b| {
            b.2.abs().total_cmp(&a.2.abs()).then((a.0, a.1).cmp(&(b.0, b.1)))
        });
        kept.truncate(most);
    }
}

/// 0 to `n` in an order that only the seed decides (Fisher and Yates, with a small linear generator).
fn shuffled(n: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let mut state = seed ^ 0x9e37_79b9_7f4a_7c15;
    for i in (1..n).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, (state >> 33) as usize % (i + 1));
    }
    order
}
