//! How much a text as a whole sounds like danger, and like each of its kinds: linear models over words, learnt from
//! `tests/corpus/safety`; the score is the one and [`KIND_SHARE`] of the most of the others. It stands beside the rules: it supports or contradicts them, and finds alone what it is very sure of.
//!
//! The file, little endian:
//!
//! ```text
//! offset  bytes  what
//!      0      8  magic "HOISAFE3"; the last character is the version of the format
//!      8      4  u32: checksum of all that follows (FNV-1a)
//!     12      1  b: log2 of the danger weights
//!     13      1  k: log2 of the weights of each kind
//!     14      4  f32: what one step of a danger weight is worth
//!     18      4  f32: the same of a weight of a kind
//!     22      4  f32: bias of danger
//!     26     32  f32: bias of each of the 8 kinds
//!     58     56  f32: the least score by level, see `level`, for texts with marks, then without
//!    114      …  the 2^b danger weights
//!      …      …  the 8 2^k weights of the kinds, the 8 of a feature together
//! ```
//!
//! Most weights are 0: of each list those that are not are written, one byte (i8) behind how many zeros stand before it
//! (LEB128), behind how many they are (u32).

pub mod features;
#[cfg(feature = "train")]
pub mod thresholds;
#[cfg(feature = "train")]
pub mod train;

use crate::{
    danger_kind::DangerKind,
    fnv::fnv1a,
    lexicon::{Hit, Mention},
};
use features::{ModelInput, extract_features, window_size};

const MAGIC: &[u8; 8] = b"HOISAFE3";
/// No rule and no sign of danger, a sign, and the five of [`crate::lexicon::Level`].
pub const LEVELS: usize = 7;

/// How much it counts that a text sounds like one kind.
const KIND_SHARE: f32 = 0.7;

/// The level of a text.
pub fn evidence_level(hit: Option<&Hit>, mentions: &[Mention]) -> u8 {
    let sign = || u8::from(mentions.iter().any(|mention| mention.is_sign));
    hit.map_or_else(sign, |hit| hit.level as u8)
}

/// A model.
#[derive(Debug, Clone)]
pub struct DangerModel {
    bits: u32,
    kind_bits: u32,
    step: f32,
    kind_step: f32,
    bias: f32,
    kind_biases: [f32; 8],
    /// By whether marks are typed, and level.
    least: [[f32; LEVELS]; 2],
    weights: Vec<i8>,
    kind_weights: Vec<i8>,
}

/// What the model says of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DangerPrediction {
    /// How much it sounds like danger, and like the kind that it most sounds like: the most of its parts.
    pub score: f32,
    /// Of which kind, if it is danger.
    pub kind: DangerKind,
    /// The first word of the part that sounds most like it.
    pub from: usize,
    /// Behind the last one.
    pub to: usize,
}

impl DangerModel {
    /// Reads a file. `None` if it is none, of another version, cut off or damaged.
    pub fn read(bytes: &[u8]) -> Option<DangerModel> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (sum, rest) = rest.split_first_chunk::<4>()?;
        if u32::from_le_bytes(*sum) != fnv1a(rest.iter().copied()) {
            return None;
        }
        let ([bits, kind_bits], mut rest) = rest.split_first_chunk::<2>()?;
        let (bits, kind_bits) = (u32::from(*bits), u32::from(*kind_bits));
        if !(8..=20).contains(&bits) || !(8..=20).contains(&kind_bits) {
            return None;
        }
        let mut number = || {
            let (number, after) = rest.split_first_chunk::<4>()?;
            rest = after;
            Some(f32::from_le_bytes(*number)).filter(|number| !number.is_nan())
        };
        let (step, kind_step, bias) = (number()?, number()?, number()?);
        let mut kind_biases = [0.0; 8];
        for bias in &mut kind_biases {
            *bias = number()?;
        }
        let mut least = [[0.0; LEVELS]; 2];
        for score in least.iter_mut().flatten() {
            *score = number()?;
        }
        let (weights, rest) = unpack_weights(rest, 1 << bits)?;
        let (kind_weights, rest) = unpack_weights(rest, 8 << kind_bits)?;
        if !rest.is_empty() {
            return None;
        }
        Some(DangerModel {
            bits,
            kind_bits,
            step,
            kind_step,
            bias,
            kind_biases,
            least,
            weights,
            kind_weights,
        })
    }

    /// What it says of `text`.
    pub fn predict(&self, text: &ModelInput<'_>, steps: &mut usize) -> DangerPrediction {
        let mut best: Option<DangerPrediction> = None;
        let mut room = Vec::new();
        let (mut from, window) = (0, window_size(text.words));
        loop {
            let to = text.words.len().min(from + window);
            extract_features(text, from, to, &mut room);
            *steps += 2 * room.len();
            let (kind, of_kind) = self.predict_kind(&room);
            let score = self.score(&room) + KIND_SHARE * of_kind;
            if best.is_none_or(|best| best.score < score) {
                best = Some(DangerPrediction { score, kind, from, to });
            }
            if to == text.words.len() {
                break;
            }
            from += window / 2;
        }
        best.unwrap_or(DangerPrediction { score: self.bias, kind: DangerKind::Medical, from: 0, to: 0 })
    }

    /// Whether a text is danger of which it says `score` and that is of `level`.
    pub fn is_danger(&self, score: f32, level: u8, marked: bool) -> bool {
        let least = self.least.get(usize::from(!marked)).and_then(|least| least.get(usize::from(level)));
        least.is_some_and(|least| score >= *least)
    }

    fn score(&self, features: &[u32]) -> f32 {
        let weight = |hash: &u32| {
            i32::from(self.weights.get((hash >> (32 - self.bits)) as usize).copied().unwrap_or_default())
        };
        self.bias + self.step * length_scale(features.len()) * features.iter().map(weight).sum::<i32>() as f32
    }

    /// The kind it most sounds like, and how much.
    fn predict_kind(&self, features: &[u32]) -> (DangerKind, f32) {
        let mut sums = [0_i32; 8];
        for hash in features {
            let at = 8 * (hash >> (32 - self.kind_bits)) as usize;
            let weights = self.kind_weights.get(at..at + 8).unwrap_or_default();
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += i32::from(*weight);
            }
        }
        let unit = self.kind_step * length_scale(features.len());
        let scores = sums.iter().zip(self.kind_biases).map(|(sum, bias)| *sum as f32 * unit + bias);
        let best = DangerKind::ALL.into_iter().zip(scores).max_by(|(_, a), (_, b)| a.total_cmp(b));
        best.unwrap_or((DangerKind::Medical, 0.0))
    }
}

/// The `size` weights that `bytes` begin with, and the rest.
fn unpack_weights(bytes: &[u8], size: usize) -> Option<(Vec<i8>, &[u8])> {
    let (count, mut rest) = bytes.split_first_chunk::<4>()?;
    let (mut weights, mut at) = (vec![0; size], 0_usize);
    for _ in 0..u32::from_le_bytes(*count) {
        let mut shift = 0;
        while let [part, after @ ..] = rest {
            rest = after;
            at += usize::from(part & 0x7f).checked_shl(shift)?;
            shift += 7;
            if part & 0x80 == 0 {
                break;
            }
        }
        let [weight, after @ ..] = rest else { return None };
        rest = after;
        *weights.get_mut(at)? = *weight as i8;
        at += 1;
    }
    Some((weights, rest))
}

/// What each of `features` features counts: texts of all lengths are equally long.
pub fn length_scale(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_files_are_read_and_others_are_not() {
        for lang in ["vi", "en", "fr"] {
            let file = std::fs::read(format!("data/model-{lang}.bin")).unwrap();
            assert!(
                DangerModel::read(&file).is_some_and(|model| model.weights.iter().any(|weight| *weight != 0))
            );
            assert!(DangerModel::read(&file[..file.len() - 1]).is_none());
            let mut altered = file.to_vec();
            altered[200] ^= 1;
            assert!(DangerModel::read(&altered).is_none());
        }
    }

    #[test]
    fn weights_stand_behind_their_zeros() {
        let (weights, rest) = unpack_weights(&[2, 0, 0, 0, 1, 5, 0x81, 1, 0xff, 9], 140).unwrap();
        assert_eq!((weights[1], weights[131], rest), (5, -1, &[9][..]));
        assert!(unpack_weights(&[1, 0, 0, 0, 8, 1], 8).is_none());
        assert!(unpack_weights(&[1, 0, 0, 0, 0x80], 8).is_none());
    }
}
