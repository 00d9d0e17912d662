//! How much one visitor, one internet address and one site may use, so that nobody uses up what is there for all.
//!
//! What one visitor may send is counted in the conversation ([`crate::limits::sanitize::Budget`]); what an address and the whole
//! site may is counted here, in the Site object, one a site. A day is a day of the agency's own clock.

mod address;
mod book;
mod day;
mod ledger;

pub use address::{ClientAddress, hash_address};
pub use book::{AddressCounts, CountedConversations, PendingUsage, UsageBatch};
pub use day::UsageDay;
pub use ledger::{Knock, Ledger, Tally, UsageCounts, UsageVerdict, What};
