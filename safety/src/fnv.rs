//! FNV-1a in 32 bits: for short texts that nobody chooses to make collide.

/// The hash of `bytes`.
pub fn fnv1a(bytes: impl IntoIterator<Item = u8>) -> u32 {
    let step = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    bytes.into_iter().fold(0x811c_9dc5, step)
}
