//! The platform: time, randomness, settings, and the shapes of bodies, answers and sockets.

pub mod body;
pub mod config;
pub mod failpoint;
pub mod request_url;
pub mod response;
pub mod socket;

use hoi_core::time::{Millis, Seconds};
use wire::Id;
use worker::{Date, Error, Result};

/// Milliseconds since 1970.
pub fn now() -> u64 {
    Date::now().as_millis()
}

/// The moment, in whole seconds since 1970.
pub fn now_seconds() -> Seconds {
    Millis(now()).to_seconds()
}

/// 128 random bits.
pub fn random_id() -> Result<Id> {
    Ok(Id(u128::from_le_bytes(random_bytes::<16>()?)))
}

/// 64 random bits, for drawing waits; without randomness every wait is the shortest.
pub fn random_number() -> u64 {
    random_bytes::<8>().map_or(0, u64::from_le_bytes)
}

/// So many random bytes.
pub fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Error::RustError(format!("no randomness: {error}")))?;
    Ok(bytes)
}
