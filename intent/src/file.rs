//! The model file. All numbers are little endian.
//!
//! ```text
//! offset  bytes  what
//!      0      8  magic "HOIMODL1"; the last character is the version
//!      8      4  i: number of intents, 1..=65535
//!     12      4  f: number of features
//!     16      4  w: number of weights
//!     20     36  nine f32: step, unseen, sharpness, scope (four), in_scope, sure
//!     56     4i  f32: the bias of each intent
//!      …     8f  u64: the features, ascending
//!      …     4f  f32: their rarities
//!      …   4f+4  u32: where each feature's weights begin; ascending, from 0 to w
//!      …     3w  u16 intent, i8 weight
//!      …      …  each intent's name: u16 length, UTF-8
//! ```

use crate::model::{Model, Scale};

const MAGIC: &[u8; 8] = b"HOIMODL1";
/// Longest name of an intent, in bytes.
const MAX_NAME: usize = 256;

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
        let mut out = Vec::with_capacity(64 + self.features.len() * 16 + self.weights.len() * 3);
        out.extend_from_slice(MAGIC);
        for count in [self.intents.len(), self.features.len(), self.weights.len()] {
            out.extend_from_slice(&(count as u32).to_le_bytes());
        }
        let Scale { sharpness, scope: [a, b, c, d], in_scope, sure } = self.scale;
        let scalars = [self.step, self.unseen, sharpness, a, b, c, d, in_scope, sure];
        let mut floats = |values: &[f32]| values.iter().for_each(|v| out.extend_from_slice(&v.to_le_bytes()));
        floats(&scalars);
        floats(&self.biases);
        self.features.iter().for_each(|hash| out.extend_from_slice(&hash.to_le_bytes()));
        self.rarity.iter().for_each(|value| out.extend_from_slice(&value.to_le_bytes()));
        self.starts.iter().for_each(|start| out.extend_from_slice(&start.to_le_bytes()));
        for (intent, weight) in &self.weights {
            out.extend_from_slice(&intent.to_le_bytes());
            out.extend_from_slice(&weight.to_le_bytes());
        }
        for name in &self.intents {
            out.extend_from_slice(&(name.len() as u16).to_le_bytes());
            out.extend_from_slice(name.as_bytes());
        }
        out
    }

    /// Reads a model. Allocates no more than a small multiple of `bytes`, whatever they say.
    ///
    /// # Errors
    /// Any [`ModelError`], for bytes of any kind.
    pub fn read(bytes: &[u8]) -> Result<Model, ModelError> {
        let mut reader = Reader { rest: bytes.strip_prefix(MAGIC).ok_or(ModelError::Magic)? };
        let (intents, features, weights) = (reader.count()?, reader.count()?, reader.count()?);
        let [step, unseen, sharpness, a, b, c, d, in_scope, sure] = reader.floats()?;
        let scale = Scale { sharpness, scope: [a, b, c, d], in_scope, sure };
        let model = Model {
            biases: reader.list(intents, f32::from_le_bytes)?,
            features: reader.list(features, u64::from_le_bytes)?,
            rarity: reader.list(features, f32::from_le_bytes)?,
            starts: reader.list(features + 1, u32::from_le_bytes)?,
            weights: reader
                .list(weights, |[a, b, c]: [u8; 3]| (u16::from_le_bytes([a, b]), i8::from_le_bytes([c])))?,
            intents: reader.names(intents)?,
            step,
            unseen,
            scale,
        };
        if !reader.rest.is_empty() {
            return Err(ModelError::Length);
        }
        model.check()
    }

    fn check(self) -> Result<Model, ModelError> {
        let finite = |values: &[f32]| values.iter().all(|value| value.is_finite());
        let Scale { sharpness, scope, in_scope, sure } = self.scale;
        let damaged = |what| Err(ModelError::Damaged(what));
        if self.intents.is_empty() || self.intents.len() > usize::from(u16::MAX) {
            return damaged("it has no intents, or too many");
        }
        if !self.features.is_sorted_by(|a, b| a < b) {
            return damaged("its features are not in order");
        }
        let whole = self.starts.first() == Some(&0)
            && self.starts.last().map(|end| *end as usize) == Some(self.weights.len());
        if !whole || !self.starts.is_sorted() {
            return damaged("its weights are not in order");
        }
        if self.weights.iter().any(|(intent, _)| usize::from(*intent) >= self.intents.len()) {
            return damaged("a weight is of no intent");
        }
        if !finite(&self.biases)
            || !finite(&self.rarity)
            || !finite(&[self.step, self.unseen, sharpness, in_scope, sure])
            || !finite(&scope)
        {
            return damaged("a number is none");
        }
        Ok(self)
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(ModelError::Length)?;
        self.rest = rest;
        Ok(taken)
    }

    fn count(&mut self) -> Result<usize, ModelError> {
        let bytes = self.take(4)?.first_chunk::<4>().ok_or(ModelError::Length)?;
        Ok(u32::from_le_bytes(*bytes) as usize)
    }

    fn floats<const N: usize>(&mut self) -> Result<[f32; N], ModelError> {
        let list = self.list(N, f32::from_le_bytes)?;
        list.try_into().map_err(|_| ModelError::Length)
    }

    /// `count` values of `N` bytes. The bytes must be there before anything is allocated for them.
    fn list<const N: usize, T>(
        &mut self,
        count: usize,
        value: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<T>, ModelError> {
        let bytes = self.take(count.checked_mul(N).ok_or(ModelError::Length)?)?;
        let (chunks, _) = bytes.as_chunks::<N>();
        Ok(chunks.iter().map(|chunk| value(*chunk)).collect())
    }

    fn names(&mut self, count: usize) -> Result<Vec<String>, ModelError> {
        (0..count).map(|_| self.name()).collect()
    }

    fn name(&mut self) -> Result<String, ModelError> {
        let length =
            self.take(2)?.first_chunk::<2>().map_or(0, |bytes| usize::from(u16::from_le_bytes(*bytes)));
        if length == 0 || length > MAX_NAME {
            return Err(ModelError::Damaged("an intent has no proper name"));
        }
        let name = std::str::from_utf8(self.take(length)?)
            .map_err(|_| ModelError::Damaged("a name is not UTF-8"))?;
        Ok(name.to_owned())
    }
}
