//! What the widget and the desk have a browser do alike: sockets, uploads, storage, timers, announcements, randomness.
//! It decides nothing; what comes of it is told to whoever asked.
//!
//! On the host there is nothing in here.
#![cfg(target_arch = "wasm32")]

pub mod announce;
pub mod callback;
pub mod dom;
pub mod lazy_load;
pub mod random;
pub mod socket;
pub mod storage;
pub mod timers;
