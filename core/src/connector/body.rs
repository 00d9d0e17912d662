//! A response in one piece.

use super::{ConnectorError, ReplyPart, ResponseReader};
use wire::limits::MAX_REPLY_BYTES;

/// Longest body that is read in one piece, in bytes: a reply with every letter escaped, and what stands around it.
const MAX_BODY_BYTES: usize = 8 * MAX_REPLY_BYTES;

/// Collects a body and lets `understand` make parts of it once it has ended.
pub struct Whole<F> {
    body: Vec<u8>,
    understand: F,
}

impl<F: Fn(&[u8]) -> Result<Vec<ReplyPart>, ConnectorError>> Whole<F> {
    /// A reader that gives the whole body to `understand`.
    pub fn new(understand: F) -> Self {
        Whole { body: Vec::new(), understand }
    }
}

impl<F: Fn(&[u8]) -> Result<Vec<ReplyPart>, ConnectorError>> ResponseReader for Whole<F> {
    fn feed(&mut self, bytes: &[u8]) -> Result<Vec<ReplyPart>, ConnectorError> {
        if self.body.len().saturating_add(bytes.len()) > MAX_BODY_BYTES {
            return Err(ConnectorError::TooLong);
        }
        self.body.extend_from_slice(bytes);
        Ok(Vec::new())
    }

    fn finish(&mut self) -> Result<Vec<ReplyPart>, ConnectorError> {
        (self.understand)(&self.body)
    }
}

/// A status of success, or the error it stands for.
pub fn check_status(status: u16) -> Result<(), ConnectorError> {
    if (200..300).contains(&status) { Ok(()) } else { Err(ConnectorError::from_status(status)) }
}

/// The type of a content, without parameters, lower case.
pub fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().chars().take(80).collect()
}
