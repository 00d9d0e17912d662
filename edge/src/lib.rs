//! The worker. Everything outside `cloudflare` is pure: it takes values and returns values.

pub mod assets;
pub mod document;
pub mod words;
