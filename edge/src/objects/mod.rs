//! The Durable Objects, which keep everything.

pub mod board;
pub mod conversation;
pub mod site;
pub mod staff;
