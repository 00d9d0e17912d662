//! The worker. Everything outside `cloudflare` is pure: it takes values and returns values; no clock, no network, no
//! platform type.
//!
//! # Where to start
//! [`route`] says what a request wants. [`conversation`] is one visitor's conversation: [`conversation::hear`] takes
//! what was said, [`turn::decide`] chooses the answer, [`connector`] speaks to the agency. [`document`] is the page
//! in the frame.

pub mod address_limit;
pub mod agency;
pub mod assets;
pub mod attempts;
pub mod case;
pub mod check;
pub mod code;
pub mod connector;
pub mod conversation;
pub mod cues;
pub mod desk;
pub mod document;
pub mod erasure;
pub mod files;
pub mod form;
pub mod gate;
pub mod headers;
pub mod home;
pub mod hours;
pub mod identity;
pub mod input;
pub mod invisible;
mod keyed;
pub mod navigation;
#[cfg(feature = "schema")]
pub mod openapi;
pub mod origin;
pub mod pairing;
pub mod pass;
pub mod phrases;
pub mod posted;
pub mod push;
pub mod quota;
pub mod rate_limit;
pub mod report;
pub mod rich;
pub mod route;
pub mod sealed;
pub mod site_registry;
pub mod staff;
pub mod standing;
pub mod studio;
pub mod ticket;
pub mod turn;
pub mod words;

#[cfg(target_arch = "wasm32")]
mod cloudflare;
