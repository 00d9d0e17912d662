//! How much one visitor, one internet address and one site may use, so that nobody uses up what is there for all.
//!
//! What one visitor may send is counted in the conversation ([`crate::conversation::apply_message_rate_limit`]); what an address and the whole
//! site may is counted here, in the Site object, one a site. A day is a day of the agency's own clock.

mod address;
mod day;
mod ledger;
mod pending_usage;

pub use address::{ClientAddress, hash_address};
pub use day::UsageDay;
pub use ledger::{ConnectionKind, ConnectionRequest, UsageCounts, UsageLedger, UsageReport, UsageVerdict};
pub use pending_usage::{AddressCounts, CountedConversations, PendingUsage, UsageBatch};
