//! Every sentence the widget says of its own accord, one file per language. The page drawn without the widget
//! needs them too, and so the widget's wasm carries none.

/// Stub.
pub fn stub() {}
