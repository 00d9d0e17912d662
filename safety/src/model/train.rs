//! Learning a [`Model`] from texts: `cargo run --release -p safety --features train --example train`.

use super::{
    KIND_SHARE, LEVELS, MAGIC, evidence_level,
    features::{ModelInput, extract_features},
    length_scale,
};
use crate::{
    danger_kind::DangerKind,
    data::{LANGUAGES, embedded_data},
    detect::read_in_language,
    fnv::fnv1a,
};
use unicode_normalization::UnicodeNormalization as _;

/// log2 of the danger weights.
const BITS: u32 = 18;
/// log2 of the weights of each kind.
const KIND_BITS: u32 = 16;
/// What a mistake costs when weights are learnt.
const COST: f32 = 3.0;
/// Steps of the greatest danger weight: more tell nothing that is seen, and pack worse.
const STEPS: f32 = 31.0;
/// The same of the weights of kinds.
const KIND_STEPS: f32 = 15.0;
/// Texts that a feature must stand in to count: what stands in one alone says nothing of others.
const TEXTS: u32 = 2;
/// Most passes over the texts.
const PASSES: usize = 60;

/// A text to learn from.
#[derive(Debug, Clone)]
pub struct TrainingText {
    /// Its danger.
    pub kind: Option<DangerKind>,
    /// Who wrote it: what is chosen, is chosen on texts of others than it was learnt from.
    pub writer: usize,
    /// Whether the rules were written after it: then it does not say how far they are to be trusted.
    pub fitted: bool,
    /// Whether it is no neighbour of danger but what people write every day.
    pub ordinary: bool,
    /// How much it counts.
    pub weight: f32,
    /// The text.
    pub text: String,
}

/// What is known of a text.
#[derive(Debug, Clone)]
pub struct TrainingRow {
    /// The line, by its place among those given.
    pub line: usize,
    /// Its danger.
    pub kind: Option<DangerKind>,
    /// See [`Line::writer`].
    pub writer: usize,
    /// See [`Line::fitted`].
    pub fitted: bool,
    /// See [`Line::ordinary`].
    pub ordinary: bool,
    weight: f32,
    features: Vec<u32>,
    /// See [`super::level`].
    pub level: u8,
    /// The rule's kind.
    pub rule: Option<DangerKind>,
    /// Whether that is its kind, whatever the model says.
    pub sure_of_kind: bool,
    /// Whether its marks were typed.
    pub marked: bool,
    /// Whether it is the line as it was written.
    pub own: bool,
}

/// The rows of `lines`, in the language `lang`; Vietnamese texts with marks also without them.
pub fn build_rows(lang: &str, lines: &[TrainingText]) -> Vec<TrainingRow> {
    let at = LANGUAGES.iter().position(|code| *code == lang).unwrap_or_default();
    let Some(language) = embedded_data().language(at) else { return Vec::new() };
    let mut out = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let mut texts = vec![(line.text.clone(), true, line.weight)];
        let bare = without_marks(&line.text);
        if lang == "vi" && bare != line.text {
            texts.push((bare, false, line.weight));
        }
        for (text, own, weight) in texts {
            let (words, signs) = (crate::text::tokenize(&text), crate::text::Signs::from_text(&text));
            let reading = read_in_language(language, &words);
            let found = language.match_phrases(&reading.words, reading.strict, &mut 0);
            let mentions = language.find_mentions(&found);
            let hit = if reading.likely { language.find_hit(&reading.words, &found, &mut 0) } else { None };
            let text = ModelInput {
                words: &reading.words,
                mentions: &mentions,
                language,
                strict: reading.strict,
                // Rules fit the texts that they were written after, and others less.
                hit: hit.filter(|_| !line.fitted),
                signs,
                found: &found,
            };
            let mut room = Vec::new();
            extract_features(&text, 0, reading.words.len(), &mut room);
            out.push(TrainingRow {
                line: number,
                kind: line.kind,
                writer: line.writer,
                fitted: line.fitted,
                ordinary: line.ordinary,
                weight,
                features: room,
                level: evidence_level(hit.as_ref(), &mentions),
                rule: hit.map(|hit| hit.kind),
                sure_of_kind: hit.is_some_and(|hit| hit.is_sure_of_kind(language)),
                marked: reading.marked,
                own,
            });
        }
    }
    out
}

fn without_marks(text: &str) -> String {
    let plain = text.nfd().filter(|c| !matches!(c, '\u{0300}'..='\u{036F}'));
    plain
        .map(|c| {
            if c == 'đ' {
                'd'
            } else if c == 'Đ' {
                'D'
            } else {
                c
            }
        })
        .collect()
}

/// Copies of each text that are taught beside it, each without some of its features: no few words may decide alone.
const COPIES: usize = 6;
/// Of a hundred features, left out of a copy.
const LEFT_OUT: u64 = 25;

impl TrainingRow {
    /// The row without some of its features, others for each copy, at half the weight.
    fn with_dropout(&self, copy: usize) -> TrainingRow {
        let mut state = (self.line as u64) << 8 | (copy as u64) << 1 | u64::from(self.own);
        let mut part = self.clone();
        part.weight *= 0.5;
        part.features.retain(|hash| {
            state = (state ^ u64::from(*hash))
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % 100 >= LEFT_OUT
        });
        part
    }
}

/// Weights by bucket and a bias, not rounded.
pub struct Learnt {
    danger: (Vec<f32>, f32),
    kinds: Vec<(Vec<f32>, f32)>,
}

/// Learns from those of `rows` that `taught` lets through.
pub fn train_model(rows: &[TrainingRow], taught: impl Fn(&TrainingRow) -> bool) -> Learnt {
    let whole: Vec<&TrainingRow> = rows.iter().filter(|row| taught(row)).collect();
    let parts: Vec<TrainingRow> = (0..COPIES)
        .flat_map(|copy| whole.iter().filter(|row| row.weight > 0.5).map(move |row| row.with_dropout(copy)))
        .collect();
    // Each kind is told from all others and from what is harmless.
    let known = frequent_buckets(&whole, KIND_BITS);
    let kinds =
        DangerKind::ALL.map(|kind| train_svm(&whole, KIND_BITS, &known, |row| row.kind == Some(kind)));
    let known = frequent_buckets(&whole, BITS);
    let rows: Vec<&TrainingRow> = whole.into_iter().chain(&parts).collect();
    let danger = train_svm(&rows, BITS, &known, |row| row.kind.is_some());
    let mut learnt = Learnt { danger, kinds: kinds.into() };
    // What is judged is what will be written.
    let [danger, kind] = learnt.quantisation_steps();
    let round = |weights: &mut Vec<f32>, step: f32| {
        weights.iter_mut().for_each(|weight| *weight = (*weight / step).round() * step);
    };
    round(&mut learnt.danger.0, danger);
    learnt.kinds.iter_mut().for_each(|(weights, _)| round(weights, kind));
    learnt
}

impl Learnt {
    /// How much a row sounds like danger, and like its kind.
    pub fn score(&self, row: &TrainingRow) -> f32 {
        let (weights, bias) = &self.danger;
        sum_weights(weights, &row.features, BITS) * length_scale(row.features.len())
            + bias
            + KIND_SHARE * self.predict_kind(row).1
    }

    /// Of which kind a row is, if it is danger, and how much it sounds like it.
    pub fn predict_kind(&self, row: &TrainingRow) -> (DangerKind, f32) {
        let unit = length_scale(row.features.len());
        let scores = self
            .kinds
            .iter()
            .map(|(weights, bias)| sum_weights(weights, &row.features, KIND_BITS) * unit + bias);
        let best = DangerKind::ALL.into_iter().zip(scores).max_by(|(_, a), (_, b)| a.total_cmp(b));
        best.unwrap_or((DangerKind::Medical, 0.0))
    }

    /// What a step of a danger weight is worth, and one of a weight of a kind.
    fn quantisation_steps(&self) -> [f32; 2] {
        let most =
            |all: &mut dyn Iterator<Item = &f32>| all.fold(0f32, |most, weight| most.max(weight.abs()));
        let danger = most(&mut self.danger.0.iter()) / STEPS;
        [danger, most(&mut self.kinds.iter().flat_map(|(weights, _)| weights)) / KIND_STEPS]
    }

    /// The file, with the thresholds `least`.
    pub fn to_bytes(&self, least: &[[f32; LEVELS]; 2]) -> Vec<u8> {
        let [danger, kind] = self.quantisation_steps();
        let mut rest = vec![BITS as u8, KIND_BITS as u8];
        let numbers =
            [danger, kind, self.danger.1].into_iter().chain(self.kinds.iter().map(|(_, bias)| *bias));
        for number in numbers.chain(least.iter().flatten().copied()) {
            rest.extend(number.to_le_bytes());
        }
        let of_kinds = (0..1 << KIND_BITS).flat_map(|at| {
            self.kinds.iter().map(move |(weights, _)| weights.get(at).copied().unwrap_or(0.0))
        });
        rest.extend(pack_weights(self.danger.0.iter().copied(), danger));
        rest.extend(pack_weights(of_kinds, kind));
        let mut bytes = MAGIC.to_vec();
        bytes.extend(fnv1a(rest.iter().copied()).to_le_bytes());
        bytes.extend(rest);
        bytes
    }
}

/// Weights in steps, without the zeros: see the layout in `mod.rs`.
fn pack_weights(weights: impl Iterator<Item = f32>, step: f32) -> Vec<u8> {
    let (mut bytes, mut count, mut zeros) = (Vec::new(), 0_u32, 0_usize);
    for weight in weights {
        let level = (weight / step).round().clamp(-127.0, 127.0) as i8;
        if level == 0 {
            zeros += 1;
            continue;
        }
        while zeros > 0x7f {
            bytes.push(zeros as u8 | 0x80);
            zeros >>= 7;
        }
        bytes.extend([zeros as u8, level as u8]);
        zeros = 0;
        count += 1;
    }
    count.to_le_bytes().into_iter().chain(bytes).collect()
}

fn sum_weights(weights: &[f32], features: &[u32], bits: u32) -> f32 {
    features.iter().filter_map(|hash| weights.get((hash >> (32 - bits)) as usize)).sum()
}

/// By bucket, whether its features stand in enough texts to count.
fn frequent_buckets(rows: &[&TrainingRow], bits: u32) -> Vec<bool> {
    let mut texts = vec![0_u32; 1 << bits];
    for hash in rows.iter().filter(|row| row.own).flat_map(|row| &row.features) {
        if let Some(count) = texts.get_mut((hash >> (32 - bits)) as usize) {
            *count += 1;
        }
    }
    texts.into_iter().map(|count| count >= TEXTS).collect()
}

/// A linear support vector machine with the squared hinge loss, by dual coordinate descent (Hsieh et al., ICML 2008).
/// Each feature counts by how much more often it stands on one side (Wang and Manning, "Baselines and bigrams", ACL
/// 2012); the weights that are returned have that in them.
fn train_svm(
    rows: &[&TrainingRow],
    bits: u32,
    known: &[bool],
    is_yes: impl Fn(&TrainingRow) -> bool,
) -> (Vec<f32>, f32) {
    let size = 1_usize << bits;
    let bucket = |hash: &u32| (hash >> (32 - bits)) as usize;
    let (mut yes, mut no) = (vec![1f32; size], vec![1f32; size]);
    let (mut all_yes, mut all_no) = (1f32, 1f32);
    for row in rows {
        let (side, all) = if is_yes(row) { (&mut yes, &mut all_yes) } else { (&mut no, &mut all_no) };
        *all += row.weight;
        for hash in &row.features {
            if let Some(count) = side.get_mut(bucket(hash)) {
                *count += row.weight;
            }
        }
    }
    let tilt = (all_yes / all_no).ln();
    let sides = yes.iter().zip(&no).zip(known);
    let share: Vec<f32> = sides
        .map(|((yes, no), known)| if *known { ((yes / no).ln() - tilt).abs().min(TILT) + 1.0 } else { 0.0 })
        .collect();
    let (mut weights, mut bias) = (vec![0f32; size], 0f32);
    let mut alphas = vec![0f32; rows.len()];
    let squares: Vec<f32> = rows
        .iter()
        .map(|row| {
            let squares =
                row.features.iter().filter_map(|hash| share.get(bucket(hash))).map(|share| share * share);
            1.0 + squares.sum::<f32>() / row.features.len().max(1) as f32
        })
        .collect();
    for pass in 0..PASSES {
        let mut largest = 0f32;
        for at in shuffled_order(rows.len(), pass as u64) {
            let (Some(row), Some(alpha), Some(square)) = (rows.get(at), alphas.get_mut(at), squares.get(at))
            else {
                continue;
            };
            let unit = length_scale(row.features.len());
            let side = if is_yes(row) { 1.0 } else { -1.0 };
            let dot =
                row.features.iter().map(bucket).filter_map(|at| Some(weights.get(at)? * share.get(at)?));
            let score = bias + unit * dot.sum::<f32>();
            let slack = 0.5 / (COST * row.weight.max(1e-3));
            let gradient = side * score - 1.0 + slack * *alpha;
            let next = (*alpha - gradient / (square + slack)).max(0.0);
            let change = (next - *alpha) * side;
            *alpha = next;
            if change == 0.0 {
                continue;
            }
            largest = largest.max(change.abs());
            bias += change;
            for at in row.features.iter().map(bucket) {
                if let (Some(weight), Some(share)) = (weights.get_mut(at), share.get(at)) {
                    *weight += change * unit * share;
                }
            }
        }
        if largest < 0.001 {
            break;
        }
    }
    (weights.iter().zip(share).map(|(weight, share)| weight * share).collect(), bias)
}

/// How much more a feature counts at most that stands on one side alone.
const TILT: f32 = 1.5;

/// 0 to `n` in an order that only the seed decides (Fisher and Yates, with a small linear generator).
fn shuffled_order(n: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let mut state = seed ^ 0x9e37_79b9_7f4a_7c15;
    for i in (1..n).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, (state >> 33) as usize % (i + 1));
    }
    order
}
