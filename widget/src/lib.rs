//! The guest on the page: the chat panel that runs in the frame.
//!
//! # Where to start
//! [`chat`] decides, `host` touches the browser, `view` draws. Only the first exists outside of a browser, and that is
//! where everything worth testing is.
#![cfg_attr(target_arch = "wasm32", recursion_limit = "256")]

pub mod chat;
#[cfg(target_arch = "wasm32")]
mod host;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub use view::start;
