//! Every decision of the assistant, without clock, network or platform: values in, values out.
//!
//! # Where to start
//! [`http::route`] says what a request wants. [`conversation`] is one visitor's conversation: [`conversation::handle_frame`] takes
//! what was said, [`decide::decide_turn`] chooses the answer, [`connector`] speaks to the agency, [`handoff`] brings in people.

pub mod accounts;
pub mod agency;
pub mod application;
pub mod board;
pub mod connector;
pub mod conversation;
pub mod crypto;
pub mod cues;
pub mod decide;
pub mod erasure;
pub mod files;
pub mod handoff;
pub mod hours;
pub mod http;
pub mod identity;
pub mod input;
pub mod languages;
pub mod limits;
pub mod metrics;
#[cfg(feature = "schema")]
pub mod openapi;
pub mod pick;
pub mod push;
pub mod quote;
pub mod rich;
pub mod site_registry;
pub mod site_status;
pub mod time;
