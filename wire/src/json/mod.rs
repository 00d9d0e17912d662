//! The same JSON as the derived one, read and written by hand: for the widget, in which a general JSON library and its
//! code for every type would weigh more than the chat.
//!
//! [`read_json`] parses into a [`Value`] and each type takes its fields from that; [`write`] puts an [`Up`] into text.
//! `wire/tests/json.rs` compares both with the derived code: on every golden file, on values made up at random, and on
//! damaged text.
//!
//! # What a new type, field or variant needs
//! A line here. A field that is missing does not compile, as every literal in `records` names all of them; a variant
//! that is missing does not compile either, in `names` or in `wire/tests/json.rs`.

mod names;
mod records;
mod value;
mod write;

pub use records::Record;
pub use value::{Fields, Read, Value};
pub use write::{Writer, push_quoted, write_up};

#[cfg(doc)]
use crate::Up;

/// Deepest nesting that is read. What is ours nests ten deep.
pub const MAX_DEPTH: usize = 64;

/// What `text` holds; nothing if it isn't JSON, or not of this type. Fields nobody knows are skipped.
///
/// ```
/// let down = wire::json::read_json::<wire::Down>(r#"{"t":"ack","id":"00000000000000000000000000c0ffee","seq":5,"at":9}"#);
/// assert_eq!(down, Some(wire::Down::Ack { id: wire::Id(0xc0ffee), seq: 5, at: 9 }));
/// ```
pub fn read_json<T: Read>(text: &str) -> Option<T> {
    let value = value::parse_text(text)?;
    let mut good = true;
    let read = T::read(value, &mut good);
    good.then_some(read)
}
