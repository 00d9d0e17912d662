//! What one visitor, one address and one site may use, and what of their text is taken.
//!
//! Where each rate is limited, from the narrowest to the widest:
//!
//! - the messages of one visitor: [`crate::conversation::apply_message_rate_limit`], by its [`message_budget::MessageBudget`];
//! - the frames of one connection, of whatever kind: [`frame_rate_limit::FrameRateLimits`];
//! - the messages of one address in all its conversations: [`address_rate_limit::AddressRateLimits`];
//! - the connections of one address: [`usage::UsageLedger::check_connection_quota`];
//! - what an address and a whole site use in a day: [`usage::UsageLedger::record_usage`];
//! - guesses at a secret: [`attempts`], and [`crate::accounts::sign_in_attempts`] for passwords.

pub mod address_rate_limit;
pub mod attempts;
pub mod frame_rate_limit;
pub mod invisible;
pub mod message_budget;
pub mod sanitize;
pub mod token_bucket;
pub mod usage;
