//! Text to ranked intents. No input or output, no clock, no randomness of its own, and nothing that knows of chats.
//!
//! # Where to start
//! [`train`] makes a [`Model`] of [`Example`]s; [`Model::rank`] ranks the intents of a text. Both see a text only
//! through `features`, so what was learnt is what is looked up. `docs/intent.md` draws the whole.

mod language;
mod normalise;

mod example;
mod synonyms;

mod features;

mod rows;
mod solver;

mod calibrate;
mod choose;
mod parallel;
mod train;

mod file;
mod likeness;
mod meaning;
mod model;
mod weights;

mod explain;
mod rank;
mod spelling;

pub use example::{Example, Options};
pub use explain::{Explained, FeatureContribution};
pub use file::ModelError;
pub use language::Languages;
pub use likeness::group_similar;
pub use meaning::{Meaning, MeaningError};
pub use model::Model;
pub use normalise::{is_syllable, normalised_words};
pub use rank::{Ranked, Ranking, RankingOutcome, Scratch};
pub use synonyms::SynonymRules;
pub use train::{Progress, TrainError, train, train_with};

/// Characters of a text that are read; the rest is ignored.
pub const MAX_CHARS: usize = 2_000;

/// Longest name of an intent, in bytes.
pub const MAX_NAME: usize = 256;
