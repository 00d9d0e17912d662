//! The frame's document.

/// Stub.
pub fn stub() {}
