//! How much a text as a whole sounds like danger: a linear model over words, learnt from `tests/corpus/safety`. It
//! stands beside the rules: it supports or contradicts them, and finds alone what it is very sure of.
//!
//! The file, little endian:
//!
//! ```text
//! offset  bytes  what
//!      0      8  magic "HOISAFE1"; the last character is the version of the format
//!      8      4  u32: checksum of all that follows (FNV-1a)
//!     12      1  b: log2 of the danger weights
//!     13      1  k: log2 of the weights of each kind
//!     14      4  f32: what one step of a danger weight is worth
//!     18      4  f32: the same of a weight of a kind
//!     22      4  f32: bias of danger
//!     26     32  f32: bias of each of the 8 kinds
//!     58     56  f32: the least score by level, see `level`, for texts with marks, then without
//!    114    2^b  i8: danger weights
//!      …  8 2^k  i8: weights of the kinds, the 8 of a feature together
//! ```

pub mod features;
#[cfg(feature = "train")]
pub mod thresholds;
#[cfg(feature = "train")]
pub mod train;

use crate::{
    Kind,
    lexicon::{Hit, Mention},
};
use features::{Text, WINDOW, features};

const MAGIC: &[u8; 8] = b"HOISAFE1";
/// No rule and no sign of danger, a sign, and the five of [`crate::lexicon::Level`].
pub const LEVELS: usize = 7;

/// The level of a text.
pub fn level(hit: Option<&Hit>, mentions: &[Mention]) -> u8 {
    let sign = || u8::from(mentions.iter().any(|mention| mention.is_sign));
    hit.map_or_else(sign, |hit| hit.level as u8)
}

/// A model, in the bytes of its file.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    bits: u32,
    kind_bits: u32,
    step: f32,
    kind_step: f32,
    bias: f32,
    kind_biases: [f32; 8],
    /// By whether marks are typed, and level.
    least: [[f32; LEVELS]; 2],
    weights: &'static [u8],
    kind_weights: &'static [u8],
}

/// What the model says of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Said {
    /// How much it sounds like danger: the most of its parts.
    pub score: f32,
    /// Of which kind, if it is danger.
    pub kind: Kind,
    /// The first word of the part that sounds most like it.
    pub from: usize,
    /// Behind the last one.
    pub to: usize,
}

impl Model {
    /// Reads a file. `None` if it is none, of another version, cut off or damaged.
    pub fn read(bytes: &'static [u8]) -> Option<Model> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (sum, rest) = rest.split_first_chunk::<4>()?;
        if u32::from_le_bytes(*sum) != checksum(rest) {
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
        let (weights, kind_weights) = rest.split_at_checked(1 << bits)?;
        if kind_weights.len() != 8 << kind_bits {
            return None;
        }
        Some(Model { bits, kind_bits, step, kind_step, bias, kind_biases, least, weights, kind_weights })
    }

    /// What it says of `text`.
    pub fn say(&self, text: &Text<'_>, steps: &mut usize) -> Said {
        let mut best: Option<Said> = None;
        let mut room = Vec::new();
        let mut from = 0;
        loop {
            let to = text.words.len().min(from + WINDOW);
            features(text, from, to, &mut room);
            *steps += room.len();
            let score = self.score(&room);
            if best.is_none_or(|best| best.score < score) {
                best = Some(Said { score, kind: Kind::Medical, from, to });
            }
            if to == text.words.len() {
                break;
            }
            from += WINDOW / 2;
        }
        let mut best = best.unwrap_or(Said { score: self.bias, kind: Kind::Medical, from: 0, to: 0 });
        features(text, best.from, best.to, &mut room);
        best.kind = self.kind(&room);
        best
    }

    /// Whether a text is danger of which it says `score` and that is of `level`.
    pub fn is_danger(&self, score: f32, level: u8, marked: bool) -> bool {
        let least = self.least.get(usize::from(!marked)).and_then(|least| least.get(usize::from(level)));
        least.is_some_and(|least| score >= *least)
    }

    fn score(&self, features: &[u32]) -> f32 {
        let weight = |hash: &u32| {
            let weight = self.weights.get((hash >> (32 - self.bits)) as usize).copied().unwrap_or_default();
            i32::from(weight as i8)
        };
        self.bias + self.step * scale(features.len()) * features.iter().map(weight).sum::<i32>() as f32
    }

    fn kind(&self, features: &[u32]) -> Kind {
        let mut sums = [0_i32; 8];
        for hash in features {
            let at = 8 * (hash >> (32 - self.kind_bits)) as usize;
            let weights = self.kind_weights.get(at..at + 8).unwrap_or_default();
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += i32::from(*weight as i8);
            }
        }
        let unit = self.kind_step * scale(features.len());
        let scores = sums.iter().zip(self.kind_biases).map(|(sum, bias)| *sum as f32 * unit + bias);
        let best = Kind::ALL.into_iter().zip(scores).max_by(|(_, a), (_, b)| a.total_cmp(b));
        best.map_or(Kind::Medical, |(kind, _)| kind)
    }
}

/// What each of `features` features counts: texts of all lengths are equally long.
pub fn scale(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}

/// The name of a class or a topic.
pub fn hash(name: &str) -> u32 {
    checksum(name.as_bytes())
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum: u32, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
