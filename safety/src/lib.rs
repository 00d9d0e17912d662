//! Whether somebody who writes is in danger, and what to say at once. No input or output, no clock.
//!
//! Asked before everything else on every way in: what it finds is never ranked, forwarded or given to a model.
//!
//! # Where to start
//! [`detect`] says what a text tells of. The words and rules are data, a file a language in `data`; `text` and
//! `vietnamese` fold what people really type, `lexicon` reads the rules and searches for them. [`danger_answer`]
//! and [`find_numbers`] are what is said then. `docs/safety.md` shows what is found and what is missed.

mod answers;
mod danger_kind;
mod data;
mod detect;
mod fnv;
mod keys;
mod lexicon;
mod model;
mod numbers;
mod site;
mod text;
mod vietnamese;

pub use answers::{danger_answer, emergency_text, not_urgent};
pub use danger_kind::DangerKind;
pub use data::{DetectionData, DetectionDataError, LANGUAGES};
#[cfg(feature = "embed")]
pub use data::{EMBEDDED_FILE, embedded_data, load_languages};
pub use detect::DetectedDanger;
#[cfg(feature = "embed")]
pub use detect::detect;
pub use lexicon::{LexiconError, Steps, Strength, compile_lexicon};
#[cfg(feature = "train")]
pub use model::{LEVELS, thresholds, train};
pub use numbers::{Number, find_numbers, has_numbers};
pub use site::{Addition, AdditionError, Additions, DataMissing, Lexicon, OwnNumber};
pub use text::MAX_CHARS;
