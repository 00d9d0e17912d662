//! The model file. All numbers are little endian.
//!
//! ```text
//! offset  bytes  what
//!      0      8  magic "HOIMODL4"; the last character is the version
//!      8      4  i: number of intents, 1..=65535
//!     12      4  f: number of features
//!     16      4  w: number of weights
//!     20      4  m: i, or i + 1 if texts out of scope were learnt like an intent, which then is the last
//!     24     44  eleven f32: largest, unseen, sharpness, scope (six), in_scope, sure
//!     68     4m  f32: the bias of each intent
//!      …     4f  u32: the features' hashes, ascending
//!      …      f  u8: their rarities, in 255ths from 1 to unseen
//!      …   f…5f  LEB128: how many weights each feature has; together w
//!      …  w, 2w  u8, or u16 if m > 256: the intent of each weight, ascending within a feature
//!      …      w  i8: its level; worth (level/127)², with the level's sign, of largest
//!      …      …  each intent's name: u16 length, UTF-8
//!      …      4  s: number of synonyms
//!      …      …  each one's language, words, and what they are read as: thrice u16 length, UTF-8; in order
//!      …    0, 8  if it was trained with a table of meaning: u32 the table's version, f32 what the level 127 is worth
//!      …      dm  then i8: the levels of each dimension, for each intent
//! ```

use crate::{
    meaning::Sense,
    model::{INPUTS, Index, Model, Scale},
    synonyms::{SynonymRule, SynonymRules},
    weights::{Weights, level_of},
};
use std::sync::OnceLock;

const MAGIC: &[u8; 8] = b"HOIMODL4";
/// Up to so many intents, one byte numbers them.
const NARROW: usize = 256;

/// Why bytes are not a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Not a model, or one of another version.
    #[error("this is not a model file of this version; train it again")]
    Magic,
    /// Shorter or longer than it says.
    #[error("the model file is cut off or damaged")]
    Length,
    /// Its parts contradict each other.
    #[error("the model file is damaged: {0}")]
    Damaged(&'static str),
}

impl Model {
    /// The model as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let hashes = self.index.hashes();
        let rows = 0..self.weights.feature_count();
        let weights = || rows.clone().flat_map(|feature| self.weights.feature_weights(feature));
        let mut out = Vec::with_capacity(128 + hashes.len() * 6 + self.weights.weight_count() * 3);
        out.extend_from_slice(MAGIC);
        for count in [self.intents.len(), hashes.len(), self.weights.weight_count(), self.biases.len()] {
            out.extend_from_slice(&(count as u32).to_le_bytes());
        }
        let Scale { sharpness, scope, in_scope, sure } = self.scale;
        let scalars = [self.largest, self.unseen, sharpness].into_iter().chain(scope).chain([in_scope, sure]);
        scalars
            .chain(self.biases.iter().copied())
            .for_each(|value| out.extend_from_slice(&value.to_le_bytes()));
        hashes.iter().for_each(|hash| out.extend_from_slice(&hash.to_le_bytes()));
        out.extend_from_slice(&self.rarity);
        rows.clone()
            .for_each(|feature| write_leb(&mut out, self.weights.feature_weights(feature).count() as u32));
        for (intent, _) in weights() {
            let [low, high] = intent.to_le_bytes();
            out.push(low);
            out.extend((self.biases.len() > NARROW).then_some(high));
        }
        out.extend(weights().map(|(_, worth)| level_of(worth) as u8));
        self.intents.iter().for_each(|name| write_text(&mut out, name));
        let rules = self.synonyms.rules();
        out.extend_from_slice(&(rules.len() as u32).to_le_bytes());
        for SynonymRule { lang, from, to } in rules {
            [lang, from, to].into_iter().for_each(|text| write_text(&mut out, text));
        }
        if let Some(Sense { table, largest, levels, .. }) = &self.sense {
            out.extend_from_slice(&table.to_le_bytes());
            out.extend_from_slice(&largest.to_le_bytes());
            out.extend(levels.iter().map(|level| *level as u8));
        }
        out
    }

    /// Reads a model. Allocates no more than a small multiple of `bytes`, whatever they say.
    ///
    /// # Errors
    /// Any [`ModelError`], for bytes of any kind.
    pub fn read(bytes: &[u8]) -> Result<Model, ModelError> {
        let mut reader = ModelReader { rest: bytes.strip_prefix(MAGIC).ok_or(ModelError::Magic)? };
        let (intents, features) = (reader.read_count()?, reader.read_count()?);
        let (weights, machines) = (reader.read_count()?, reader.read_count()?);
        let [largest, unseen, sharpness] = reader.read_floats()?;
        let scope: [f32; INPUTS] = reader.read_floats()?;
        let [in_scope, sure] = reader.read_floats()?;
        let biases = reader.read_list(machines, f32::from_le_bytes)?;
        let hashes = reader.read_list(features, u32::from_le_bytes)?;
        let rarity = reader.read_bytes(features)?.to_vec();
        let counts = reader.read_weight_counts(features)?;
        let of = match machines {
            0..=NARROW => reader.read_list(weights, |[low]: [u8; 1]| u16::from(low))?,
            _ => reader.read_list(weights, u16::from_le_bytes)?,
        };
        let levels = reader.read_list(weights, |[level]: [u8; 1]| level as i8)?;
        let intents = reader.read_names(intents)?;
        let synonyms = reader.read_synonyms()?;
        let sense = reader.read_sense(machines)?;
        let index = Index::new(hashes).ok_or(ModelError::Damaged("its features are not in order"))?;
        let scale = Scale { sharpness, scope, in_scope, sure };
        let weights = weights_of(machines, &counts, &of, &levels)?;
        Model {
            intents,
            biases,
            index,
            rarity,
            weights,
            largest,
            unseen,
            scale,
            synonyms,
            sense,
            meaning: OnceLock::new(),
        }
        .check_consistency()
    }

    fn check_consistency(self) -> Result<Model, ModelError> {
        let Scale { sharpness, scope, in_scope, sure } = self.scale;
        let scalars = [self.largest, self.unseen, sharpness, in_scope, sure];
        // Beyond, scores would no longer be finite.
        let sound = |values: &[f32]| values.iter().all(|value| value.abs() < 1e6);
        let damaged = |what| Err(ModelError::Damaged(what));
        if self.intents.is_empty() || self.intents.len() > usize::from(u16::MAX) {
            return damaged("it has no intents, or too many");
        }
        if !(self.intents.len()..=self.intents.len() + 1).contains(&self.biases.len()) {
            return damaged("its biases are not those of its intents");
        }
        if !self.intents.is_sorted_by(|a, b| a < b) {
            return damaged("its intents are not in order");
        }
        if !sound(&[self.sense.as_ref().map_or(0.0, |sense| sense.largest)]) {
            return damaged("a number is none");
        }
        if !sound(&self.biases) || !sound(&scalars) || !sound(&scope) || self.unseen < 1.0 {
            return damaged("a number is none");
        }
        Ok(self)
    }
}

/// The weights of all features: how many each has, then intent and level of each.
fn weights_of(machines: usize, counts: &[u32], of: &[u16], levels: &[i8]) -> Result<Weights, ModelError> {
    let damaged = ModelError::Damaged("its weights are not in order");
    let mut weights = Weights::new(machines);
    let (mut of, mut levels) = (of, levels);
    for count in counts {
        let (own, of_rest) = of.split_at_checked(*count as usize).ok_or(damaged)?;
        let (own_levels, levels_rest) = levels.split_at_checked(*count as usize).ok_or(damaged)?;
        weights.push(own.iter().copied().zip(own_levels.iter().copied())).ok_or(damaged)?;
        (of, levels) = (of_rest, levels_rest);
    }
    if of.is_empty() { Ok(weights) } else { Err(damaged) }
}

/// A text's length, then the text, of which no more than the length can say is kept.
fn write_text(out: &mut Vec<u8>, text: &str) {
    let text = text.get(..text.floor_char_boundary(usize::from(u16::MAX))).unwrap_or_default();
    out.extend_from_slice(&(text.len() as u16).to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
fn write_leb(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

struct ModelReader<'a> {
    rest: &'a [u8],
}

impl<'a> ModelReader<'a> {
    fn read_bytes(&mut self, length: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(ModelError::Length)?;
        self.rest = rest;
        Ok(taken)
    }

    fn read_count(&mut self) -> Result<usize, ModelError> {
        let bytes = self.read_bytes(4)?.first_chunk::<4>().ok_or(ModelError::Length)?;
        Ok(u32::from_le_bytes(*bytes) as usize)
    }

    fn read_floats<const N: usize>(&mut self) -> Result<[f32; N], ModelError> {
        let list = self.read_list(N, f32::from_le_bytes)?;
        list.try_into().map_err(|_| ModelError::Length)
    }

    /// `count` values of `N` bytes. The bytes must be there before anything is allocated for them.
    fn read_list<const N: usize, T>(
        &mut self,
        count: usize,
        value: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<T>, ModelError> {
        let bytes = self.read_bytes(count.checked_mul(N).ok_or(ModelError::Length)?)?;
        let (chunks, _) = bytes.as_chunks::<N>();
        Ok(chunks.iter().map(|chunk| value(*chunk)).collect())
    }

    /// How many weights each feature has.
    fn read_weight_counts(&mut self, features: usize) -> Result<Vec<u32>, ModelError> {
        // Each takes a byte at least, so that this allocates no more than the bytes that are there.
        let mut counts = Vec::with_capacity(features.min(self.rest.len()));
        for _ in 0..features {
            counts.push(self.read_leb128()?);
        }
        Ok(counts)
    }

    fn read_leb128(&mut self) -> Result<u32, ModelError> {
        let mut value = 0u32;
        for shift in (0..28).step_by(7) {
            let byte = self.read_bytes(1)?.first().copied().unwrap_or_default();
            value |= u32::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                // One number has one form: a last byte of 0 says nothing.
                return if byte == 0 && shift > 0 { Err(ModelError::Length) } else { Ok(value) };
            }
        }
        Err(ModelError::Length)
    }

    /// What is left: nothing, or what was learnt about meaning.
    fn read_sense(&mut self, machines: usize) -> Result<Option<Sense>, ModelError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let table = self.read_count()? as u32;
        let [largest] = self.read_floats()?;
        let levels = self.read_bytes(self.rest.len())?;
        if machines == 0 || levels.is_empty() || levels.len() % machines != 0 {
            return Err(ModelError::Length);
        }
        Ok(Some(Sense::new(table, largest, levels.iter().map(|level| *level as i8).collect())))
    }

    fn read_names(&mut self, count: usize) -> Result<Vec<String>, ModelError> {
        (0..count).map(|_| self.read_name()).collect()
    }

    fn read_name(&mut self) -> Result<String, ModelError> {
        let name = self.read_text()?;
        let is_name = (1..=crate::MAX_NAME).contains(&name.len());
        if is_name { Ok(name) } else { Err(ModelError::Damaged("an intent has no proper name")) }
    }

    /// What is read as something else. Each takes bytes, so this allocates no more than a small multiple of what is there.
    fn read_synonyms(&mut self) -> Result<SynonymRules, ModelError> {
        let count = self.read_count()?;
        let mut rules = Vec::new();
        for _ in 0..count {
            rules.push(SynonymRule {
                lang: self.read_text()?,
                from: self.read_text()?,
                to: self.read_text()?,
            });
        }
        let synonyms = SynonymRules::from_rules(rules.clone());
        let in_order = synonyms.rules() == rules;
        if in_order { Ok(synonyms) } else { Err(ModelError::Damaged("its synonyms are not in order")) }
    }

    fn read_text(&mut self) -> Result<String, ModelError> {
        let length = self.read_bytes(2)?.first_chunk::<2>().map_or(0, |bytes| u16::from_le_bytes(*bytes));
        let text = std::str::from_utf8(self.read_bytes(usize::from(length))?);
        Ok(text.map_err(|_| ModelError::Damaged("a text is not UTF-8"))?.to_owned())
    }
}
