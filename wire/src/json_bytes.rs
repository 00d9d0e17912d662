//! How bodies in JSON become values, where the general JSON library is there. The widget has [`crate::json`].

mod by_name;

use by_name::ByName;
use serde::de::{DeserializeOwned, Error as _};

/// Parses a body. The only way to do so from bytes: `serde_json` compiles a type's code once for each kind of source, and strings are one
/// already (46 kB of the worker's wasm, uncompressed).
///
/// # Errors
/// If `bytes` are not UTF-8, no JSON, or not of this shape.
pub fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_json::Error> {
    parse_json_text(str::from_utf8(bytes).map_err(serde_json::Error::custom)?)
}

/// Parses a text, the fields of structs by their names alone: what the worker is made of reads JSON so and no other way, or a type's
/// code would be there twice.
///
/// # Errors
/// If `text` is no JSON, or not of this shape.
pub fn parse_json_text<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let mut source = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(ByName(&mut source))?;
    source.end()?;
    Ok(value)
}

#[cfg(test)]
mod tests;
