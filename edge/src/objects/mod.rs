//! The Durable Objects, which keep everything.

pub mod board;
pub mod confirmed_session;
pub mod conversation;
pub mod site;
pub mod staff;
