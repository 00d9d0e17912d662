//! Time and randomness.

use wire::Id;
use worker::{Date, Error, Result, WebSocket, js_sys::Reflect};

/// Milliseconds since 1970.
pub fn now() -> u64 {
    Date::now().as_millis()
}

/// Whether `socket` is open. What was on its way when it was closed here comes in all the same, and need not be heard.
pub fn is_open(socket: &WebSocket) -> bool {
    /// `WebSocket.OPEN`.
    const OPEN: f64 = 1.0;
    let state = Reflect::get(socket.as_ref(), &"readyState".into()).ok().and_then(|state| state.as_f64());
    // Where it can't be told, sending will.
    state.is_none_or(|state| state == OPEN)
}

/// 128 random bits.
pub fn random_id() -> Result<Id> {
    Ok(Id(u128::from_le_bytes(random::<16>()?)))
}

/// 64 random bits, for drawing waits; without randomness every wait is the shortest.
pub fn random_number() -> u64 {
    random::<8>().map_or(0, u64::from_le_bytes)
}

/// So many random bytes.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Error::RustError(format!("no randomness: {error}")))?;
    Ok(bytes)
}
