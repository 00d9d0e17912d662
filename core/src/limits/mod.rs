//! What one visitor, one address and one site may use, and what of their text is taken.

pub mod address_limit;
pub mod attempts;
pub mod invisible;
pub mod rate_limit;
pub mod sanitize;
pub mod usage;
