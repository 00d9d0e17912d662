//! What a training is given.

use crate::{meaning::Meaning, synonyms::SynonymRules};
use std::sync::Arc;

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
    /// A table of word meaning to learn with; the model then works best with the same table attached.
    pub meaning: Option<Arc<Meaning>>,
    /// What the site declares to mean the same.
    pub synonyms: SynonymRules,
}

impl Default for Options {
    fn default() -> Self {
        Options { seed: 1, max_weights: 400_000, meaning: None, synonyms: SynonymRules::default() }
    }
}
