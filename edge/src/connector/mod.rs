//! Towards the agency: one file per protocol, one list.
//!
//! A connector builds requests and reads responses; it never sends anything. To add one, copy `webhook.rs`, put it
//! into [`CONNECTORS`], add its name to `site.toml`'s checks (`site/src/read/settings`) and a fixture to
//! `tests/fixtures/connectors`. The conformance test at the end of this file says what is missing.

mod signature;
mod sse;
mod webhook;

pub use signature::{sign, signing_key};

use wire::{Author, Button, Id};

/// Every connector, by the name used in `site.toml`.
pub const CONNECTORS: &[&dyn Connector] = &[&webhook::Webhook];

/// The connector called `name`.
pub fn connector(name: &str) -> Option<&'static dyn Connector> {
    CONNECTORS.iter().copied().find(|connector| connector.name() == name)
}

/// One agency's protocol.
pub trait Connector: Sync {
    /// The name used in `site.toml`: lower case, unique, never changed once released.
    fn name(&self) -> &'static str;
    /// The request for one question. Secrets go into headers and nowhere else.
    ///
    /// # Errors
    /// [`ConnectorError::Secret`] if the secret can't be used to sign.
    fn request(&self, ask: &Ask, agency: &Endpoint<'_>) -> Result<Outbound, ConnectorError>;
    /// A reader for the response that begins with `status` and `content_type`.
    ///
    /// # Errors
    /// [`ConnectorError::Status`] or [`ConnectorError::ContentType`] if this is no answer.
    fn reader(&self, status: u16, content_type: &str) -> Result<Box<dyn Reader>, ConnectorError>;
}

/// Reads one response as its bytes arrive, cut anywhere.
pub trait Reader {
    /// Reads more of the body.
    ///
    /// # Errors
    /// [`ConnectorError::Garbage`] or [`ConnectorError::TooLong`]; the reader is of no use after that.
    fn feed(&mut self, bytes: &[u8]) -> Result<Vec<Part>, ConnectorError>;
    /// The body has ended.
    ///
    /// # Errors
    /// [`ConnectorError::Garbage`] if it ended before anything could be understood.
    fn end(&mut self) -> Result<Vec<Part>, ConnectorError>;
}

/// A piece of a reply.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// More Markdown, to be appended.
    More(String),
    /// The whole reply; whatever came before is replaced.
    Whole(Reply),
    /// The reply is complete. A body that ends without this was cut.
    Done,
}

/// What the agency answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reply {
    /// Markdown.
    pub text: String,
    /// What to press next.
    pub buttons: Vec<Button>,
    /// Who answers, if the agency says so.
    pub author: Option<Author>,
}

/// One question for the agency.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Which site.
    pub site: String,
    /// Which conversation.
    pub conversation: Id,
    /// The question's id, as the visitor's side made it.
    pub id: Id,
    /// Its place in the conversation.
    pub seq: u64,
    /// What was asked.
    pub text: String,
    /// In which language.
    pub lang: String,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// What was said before, oldest first.
    pub history: Vec<Line>,
    /// What the matcher thought of, best first: intent and probability.
    pub candidates: Vec<(String, f32)>,
    /// The time of this request, in seconds since 1970.
    pub now: u64,
}

impl Ask {
    /// The same for every try of the same question, so that the agency acts once.
    pub fn key(&self) -> String {
        format!("msg_{}_{}", self.conversation, self.seq)
    }
}

/// Something said earlier.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Who said it.
    pub author: wire::AuthorKind,
    /// Its words.
    pub text: String,
}

/// Where a question goes.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint<'a> {
    /// The address.
    pub url: &'a str,
    /// The secret's value. It goes into a signature or a header, never into a body, a URL or a log.
    pub secret: &'a str,
}

/// A request to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Outbound {
    /// The address.
    pub url: String,
    /// Header names, lower case, and their values.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

/// Why the agency's answer is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectorError {
    /// The secret can't be used; the value is never repeated.
    #[error("the agency's secret is missing or not of the form whsec_<base64 of 24 to 64 bytes>")]
    Secret,
    /// Not a 2xx.
    #[error("the agency answered with status {0}")]
    Status(u16),
    /// Neither JSON nor an event stream.
    #[error("the agency answered with content type {0:?} instead of application/json or text/event-stream")]
    ContentType(String),
    /// Something that can't be understood.
    #[error("the agency's answer can't be read: {0}")]
    Garbage(&'static str),
    /// More than [`wire::limits::MAX_REPLY_BYTES`].
    #[error("the agency's answer is too long")]
    TooLong,
}

impl ConnectorError {
    /// Whether the same request may well succeed a moment later.
    pub fn may_retry(&self) -> bool {
        matches!(self, ConnectorError::Status(408 | 429 | 500..=599))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask() -> Ask {
        Ask {
            site: "ward".into(),
            conversation: Id(1),
            id: Id(2),
            seq: 3,
            text: "Đường trước nhà bị ngập".into(),
            lang: "vi".into(),
            at: 1,
            history: Vec::new(),
            candidates: Vec::new(),
            now: 2,
        }
    }

    #[test]
    fn every_connector_keeps_its_promises() {
        let secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        for connector in CONNECTORS {
            let name = connector.name();
            let twins = CONNECTORS.iter().filter(|other| other.name() == name).count();
            assert_eq!(
                twins, 1,
                "connector {name:?} stands twice in CONNECTORS; see edge/src/connector/mod.rs"
            );
            let agency = Endpoint { url: "https://agency.example/hoi", secret };
            let request = connector.request(&ask(), &agency).expect("a good secret is enough for a request");
            assert!(
                !request.body.contains(secret) && !request.url.contains(secret),
                "connector {name:?} put the secret in the body or URL. Secrets belong in Outbound.headers"
            );
            assert!(
                request.headers.iter().any(|(_, value)| value.contains(&ask().key())),
                "connector {name:?} sends no idempotency key: put Ask::key() into a header"
            );
            assert!(
                connector.reader(500, "application/json").is_err(),
                "connector {name:?} takes a 500 for an answer"
            );
            for content_type in ["text/html", "", "application/json", "text/event-stream"] {
                let Ok(mut reader) = connector.reader(200, content_type) else { continue };
                let garbage = reader.feed(b"<html>\xff\xfe\x00").and_then(|_| reader.end());
                assert!(
                    garbage.is_err(),
                    "connector {name:?} finds an answer in garbage of type {content_type:?}"
                );
            }
        }
    }
}
