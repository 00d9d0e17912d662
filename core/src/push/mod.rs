//! Web Push: a visitor's device is told that there is news, while no page of the visitor's is open.
//!
//! Nothing but that it is so: a push carries no payload, so no push service learns what the news is. The device says a
//! sentence that it was given when the visitor turned this on (the page's script, `pages::push_script`). Which devices a conversation has, and when one
//! of them is due, is written down by [`crate::conversation`].

mod endpoint;
mod key;
mod sending;

pub use endpoint::{MAX_ENDPOINT_BYTES, is_permitted};
pub use key::VapidKey;
pub use sending::{PushOutcome, classify_response, request_headers};
