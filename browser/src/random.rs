//! Randomness, from the browser's cryptographic generator.

use crate::dom::window;
use wire::Id;

/// 128 fresh random bits.
pub fn random_id() -> Id {
    Id(u128::from_le_bytes(random_bytes()))
}

/// Uniform over all of `u32`.
pub fn uniform_u32() -> u32 {
    u32::from_le_bytes(random_bytes())
}

fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}
