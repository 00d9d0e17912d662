//! Why the agency's answer is none.

use crate::quote::quote_text;

/// Why the agency's answer is none. For the log only: visitors see the site's fallback.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectorError {
    /// The secret can't be used; the value is never repeated.
    #[error(
        "the agency's secret is missing, or not of the form this connector needs (see docs/connectors.md)"
    )]
    Secret,
    /// The site's settings are incomplete for this connector.
    #[error("the site's settings don't suffice: {0}")]
    Settings(&'static str),
    /// Not a 2xx.
    #[error("the agency answered with status {0}")]
    Status(u16),
    /// A type that the protocol doesn't have.
    #[error("the agency answered with content type {quoted}, which this connector can't read", quoted = quote_text(.0))]
    ContentType(String),
    /// Something that can't be understood.
    #[error("the agency's answer can't be read: {0}")]
    Garbage(&'static str),
    /// A status of 200, and an error inside. The text is the other side's code for it, never its message.
    #[error("the agency's server reported an error inside its answer: {quoted}", quoted = quote_text(.0))]
    Reported(String),
    /// More than [`wire::limits::MAX_REPLY_BYTES`].
    #[error("the agency's answer is too long")]
    TooLong,
}

impl ConnectorError {
    /// Whether the same request may well succeed a moment later.
    pub fn may_retry(&self) -> bool {
        match self {
            ConnectorError::Status(status) => matches!(status, 408 | 425 | 429 | 500..=599),
            ConnectorError::Secret
            | ConnectorError::Settings(_)
            | ConnectorError::ContentType(_)
            | ConnectorError::Garbage(_)
            | ConnectorError::Reported(_)
            | ConnectorError::TooLong => false,
        }
    }

    /// Whether asking again hours later is pointless too: the agency has understood the question and refused it.
    pub fn is_final(&self) -> bool {
        match self {
            // 401, 403 and 404 are what a broken set-up answers; it may be mended by then.
            ConnectorError::Status(status) => {
                (400..500).contains(status) && !matches!(status, 401 | 403 | 404 | 408 | 425 | 429)
            }
            ConnectorError::TooLong => true,
            ConnectorError::Secret
            | ConnectorError::Settings(_)
            | ConnectorError::ContentType(_)
            | ConnectorError::Garbage(_)
            | ConnectorError::Reported(_) => false,
        }
    }
}
