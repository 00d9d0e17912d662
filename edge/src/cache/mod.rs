//! What an isolate remembers between requests.

pub mod meaning;
pub mod registry;
pub mod sites;
pub mod usage;
