//! From what the solvers learnt to a model small enough for the edge: the weights that matter, in 8 bits.

use crate::{
    calibrate::PLAIN,
    example::Options,
    features::{Hash, is_word},
    meaning::{Meaning, Sense},
    model::{Index, Model},
    rows::{MEANING, Rows, Vocabulary},
    solver::{LANES, Solver},
    weights::{Weights, quantise_level},
};
use std::sync::OnceLock;

/// Weights that are kept in any case, for an intent, and for a text. Measured: see `docs/intent.md`.
const ALWAYS: usize = 20_000;
const FOR_AN_INTENT: usize = 1_050;
/// A text of a small set is worth less than one of a large set, whose features are shared by more.
const FOR_A_TEXT: std::ops::RangeInclusive<usize> = 40..=150;

/// How much it counts how much a feature is used. Measured: at 0 AUROC is best, at 1 the size.
const USE: f32 = 0.6;

/// A weight: of which feature, for which intent, how much.
#[derive(Clone, Copy)]
struct Weight {
    feature: u32,
    intent: u16,
    value: f32,
    /// How much it is missed: its size, times a little of how much its feature is used.
    effect: f32,
}

/// A feature of the model: its hash, its rarity's code, its weights.
type KeptFeature = (Hash, u8, Vec<(u16, i8)>);

/// Makes the model of the solvers' weights; its scale is yet to be fitted.
pub fn build_model(
    intents: Vec<String>,
    machines: usize,
    vocabulary: &Vocabulary,
    rows: &Rows,
    solvers: &[Solver],
    options: &Options,
) -> Model {
    let most = options.max_weights.min(weight_budget(intents.len(), rows.len()));
    let weights = strongest_weights(machines, vocabulary, rows, solvers, most);
    let sense =
        options.meaning.as_ref().map(|table| build_sense(table, machines, vocabulary.hashes.len(), solvers));
    let biases = solvers.iter().flat_map(|solver| solver.bias).take(machines).collect();
    let largest = weights.iter().map(|weight| weight.value.abs()).fold(f32::MIN_POSITIVE, f32::max);
    // By feature and then by intent, features by their hash.
    let mut by_feature: Vec<Vec<(u16, i8)>> = vec![Vec::new(); vocabulary.hashes.len()];
    for weight in &weights {
        let level = quantise_level(weight.value / largest);
        if let Some(list) = by_feature.get_mut(weight.feature as usize).filter(|_| level != 0) {
            list.push((weight.intent, level));
        }
    }
    let mut kept: Vec<KeptFeature> = Vec::new();
    for ((hash, rarity), list) in vocabulary.hashes.iter().zip(&vocabulary.rarity).zip(by_feature) {
        if !list.is_empty() || is_word(*hash) {
            let code = (rarity - 1.0) / (vocabulary.unseen - 1.0).max(f32::MIN_POSITIVE) * 255.0;
            kept.push((*hash, code.round() as u8, list));
        }
    }
    kept.sort_unstable_by_key(|(hash, _, _)| *hash);
    let mut weights = Weights::new(machines);
    for (_, _, list) in &mut kept {
        list.sort_unstable();
        // Each machine occurs once, and no level is none: nothing is refused.
        weights.push(list.iter().copied()).unwrap_or_default();
    }
    Model {
        intents,
        biases,
        index: Index::new(kept.iter().map(|(hash, _, _)| *hash).collect()).unwrap_or_default(),
        rarity: kept.iter().map(|(_, code, _)| *code).collect(),
        weights,
        largest,
        unseen: vocabulary.unseen,
        scale: PLAIN,
        synonyms: options.synonyms.clone(),
        sense,
        meaning: options.meaning.clone().map(OnceLock::from).unwrap_or_default(),
    }
}

/// The weights of the dimensions of meaning, which stand after the `from` features of the vocabulary. All are kept.
fn build_sense(table: &Meaning, intents: usize, from: usize, solvers: &[Solver]) -> Sense {
    let dimension = |at: usize| {
        solvers.iter().flat_map(move |solver| solver.weights.get(at).copied().unwrap_or_default())
    };
    let all = (from..from + table.dimensions()).flat_map(|at| dimension(at).take(intents));
    let all: Vec<f32> = all.map(|weight| weight * MEANING).collect();
    let largest = all.iter().fold(f32::MIN_POSITIVE, |most, weight| most.max(weight.abs()));
    let levels = all.iter().map(|weight| (weight / largest * 127.0).round() as i8).collect();
    Sense::new(table.version(), largest, levels)
}

/// How many weights are kept.
fn weight_budget(intents: usize, texts: usize) -> usize {
    let for_a_text = (texts / 11).clamp(*FOR_A_TEXT.start(), *FOR_A_TEXT.end());
    (FOR_AN_INTENT * intents).min(for_a_text * texts).max(ALWAYS)
}

/// The `most` weights that do most to the scores.
fn strongest_weights(
    intents: usize,
    vocabulary: &Vocabulary,
    rows: &Rows,
    solvers: &[Solver],
    most: usize,
) -> Vec<Weight> {
    let sizes = rows.feature_norms(vocabulary.hashes.len());
    let mut all = Vec::new();
    for (solver, first) in solvers.iter().zip((0..).step_by(LANES)) {
        for (feature, (weights, size)) in solver.weights.iter().zip(&sizes).enumerate() {
            let of =
                weights.iter().enumerate().filter(|(lane, value)| first + lane < intents && **value != 0.0);
            all.extend(of.map(|(lane, value)| Weight {
                feature: feature as u32,
                intent: (first + lane) as u16,
                value: *value,
                effect: value.abs() * size.powf(USE),
            }));
        }
    }
    if all.len() > most {
        let strength = |a: &Weight, b: &Weight| {
            b.effect.total_cmp(&a.effect).then_with(|| (a.feature, a.intent).cmp(&(b.feature, b.intent)))
        };
        all.select_nth_unstable_by(most, strength);
        all.truncate(most);
    }
    all
}
