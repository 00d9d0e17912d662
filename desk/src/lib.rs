//! The staff's side: the desk at which people of the agency answer.
//!
//! # Where to start
//! [`desk`] decides, `host` touches the browser, `view` draws, [`words`] holds every sentence that is shown. Only the first and
//! the last exist outside of a browser, and the first is where everything worth testing is.
#![cfg_attr(target_arch = "wasm32", recursion_limit = "512")]

pub mod desk;
#[cfg(target_arch = "wasm32")]
mod host;
#[cfg(target_arch = "wasm32")]
mod view;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub use view::start;
