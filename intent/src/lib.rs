//! Text to ranked intents. No input or output, no clock, no randomness of its own, and nothing that knows of chats.
//!
//! # Where to start
//! [`train`] makes a [`Model`] of [`Example`]s; [`Model::rank`] ranks the intents of a text. Both see a text only
//! through `features`, so what was learnt is what is looked up.

mod calibrate;
mod explain;
mod features;
mod file;
mod linear;
mod model;
mod normalise;
mod rank;
mod train;

pub use file::ModelError;
pub use model::Model;
pub use normalise::words;
pub use rank::{Outcome, Ranked, Ranking, Scratch};
pub use train::{Example, Options, Progress, TrainError, train};

/// Characters of a text that are read; the rest is ignored.
pub const MAX_CHARS: usize = 2_000;
