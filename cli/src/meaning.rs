//! The table of word meaning that `hoi` carries.

use intent::{Meaning, Model, Options};
use std::sync::{Arc, LazyLock};

/// What it is and how it was made: `intent/meaning/README.md`.
const BYTES: &[u8] = include_bytes!("../../intent/meaning/table.bin");

/// `None` only if the build carries a damaged file: then everything works without.
static TABLE: LazyLock<Option<Arc<Meaning>>> = LazyLock::new(|| Meaning::read(BYTES).ok().map(Arc::new));

/// Options for training with the table.
pub fn options(seed: u64) -> Options {
    Options { seed, meaning: TABLE.clone(), ..Options::default() }
}

/// Gives `model` the table, if it was trained with it.
pub fn attach(model: &mut Model) {
    if let Some(table) = TABLE.as_ref() {
        model.attach(table);
    }
}
