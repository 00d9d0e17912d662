//! How bodies in JSON become values, where the general JSON library is there. The widget has [`crate::json`].

use serde::de::{DeserializeOwned, Error as _};

/// Parses a body. The only way to do so from bytes: `serde_json` compiles a type's code once for each kind of source, and strings are one
/// already (46 kB of the worker's wasm, uncompressed).
///
/// # Errors
/// If `bytes` are not UTF-8, no JSON, or not of this shape.
pub fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_str(str::from_utf8(bytes).map_err(serde_json::Error::custom)?)
}
