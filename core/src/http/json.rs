//! How bodies in JSON become values.

use serde::de::{DeserializeOwned, Error as _};

/// Parses a body. The only way to do so from bytes: `serde_json` compiles all of a type's code again for each kind of source, and
/// strings are one of them already. In the worker's script that was 70 kB, compressed.
///
/// # Errors
/// If `bytes` are not UTF-8, no JSON, or not of this shape.
pub fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_str(str::from_utf8(bytes).map_err(serde_json::Error::custom)?)
}
