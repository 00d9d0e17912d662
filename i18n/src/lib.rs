//! Every sentence and label that the product itself says, in one catalogue: `messages/<lang>.toml`.
//!
//! Visitors are spoken to in thirteen languages, [`Lang`]; staff work in three, [`StaffLang`]. What is said as it stands is a
//! [`Msg`], and `lang.text(Msg::…)` says it; what has something to fill in is a method of [`Lang`] with a parameter for each
//! placeholder. The widget's words are those of [`wire::Word`]: the edge sends them, the wasm carries none.
//!
//! To add a message, write it in every file that has its section: the build says which lack it.

mod date;
mod fill;
mod labels;
mod lang;
pub mod plural;
mod staff;
#[cfg(test)]
mod tests;

pub use fill::{Counted, Template};
pub use lang::{endonym, primary_subtag};
pub use staff::StaffLang;

use fill::fill;

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
