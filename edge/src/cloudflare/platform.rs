//! Time and randomness.

use wire::Id;
use worker::{Date, Error, Result};

/// Milliseconds since 1970.
pub fn now() -> u64 {
    Date::now().as_millis()
}

/// 128 random bits.
pub fn random_id() -> Result<Id> {
    Ok(Id(u128::from_le_bytes(random::<16>()?)))
}

/// A random share of `span`.
pub fn jitter(span: u64) -> u64 {
    let bits = random::<2>().map_or(0, u16::from_le_bytes);
    span * u64::from(bits) / u64::from(u16::MAX)
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Error::RustError(format!("no randomness: {error}")))?;
    Ok(bytes)
}
