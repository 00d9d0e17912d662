//! Towards the agency: one file per protocol, one list.
//!
//! A connector builds requests and reads responses; it never sends anything. To add one, copy `webhook`, put it
//! into [`CONNECTORS`], its name into `site`'s `CONNECTORS`, and a fixture into `tests/fixtures/connectors`. The
//! conformance test in `tests.rs` says what is missing.

mod ask;
mod attachments;
mod body;
mod callback;
mod chatwoot;
mod error;
mod openai;
mod prompt;
mod protocol;
mod rasa;
mod reply;
mod signature;
mod sse;
#[cfg(test)]
pub mod tests;
mod webhook;

pub(crate) use ask::MAX_HISTORY;
pub use ask::{AgencyInfo, Ask, Endpoint, HistoryLine, KnownAnswer, Outbound, Verb};
pub use callback::{Callback, CallbackError, CaseReport, FileRequest, Incoming, MAX_CALLBACK_BYTES};
pub use error::ConnectorError;
pub use prompt::estimate_tokens;
pub use protocol::{Connector, ResponseReader};
pub(crate) use reply::truncate_reply;
pub use reply::{Enclosed, Reply, ReplyPart};
pub use signature::{CLOCK_TOLERANCE, sign_webhook, signing_keys, verify_webhook};
#[cfg(feature = "schema")]
pub(crate) use webhook::shape;

/// Every connector, by the name used in `site.toml`.
pub const CONNECTORS: &[&dyn Connector] =
    &[&webhook::Webhook, &openai::OpenAi, &rasa::Rasa, &chatwoot::Chatwoot];

/// Most requests that one question may take. Chatwoot's first one takes three, and one more to look before it asks
/// again; a language model's server may refuse three parameters.
pub const MAX_STEPS: usize = 5;

/// The connector called `name`.
pub fn find_connector(name: &str) -> Option<&'static dyn Connector> {
    CONNECTORS.iter().copied().find(|connector| connector.name() == name)
}
