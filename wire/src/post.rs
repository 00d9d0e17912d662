//! Frames that are posted, where no socket gets through.

use crate::Up;
use serde::{Deserialize, Serialize};

/// The body of `POST /s/<site>/line`: frames as they would go through a socket.
///
/// Asked for `text/event-stream`, the answer goes on as a socket would, one [`crate::Down`] an event. Otherwise it holds
/// what concerns the speaker alone, one [`crate::Down`] a line: what a [`Up::Hello`] is told, acknowledgements, faults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Post {
    /// Proves that this visitor may read and write the conversation it names.
    pub ticket: String,
    /// At most [`crate::limits::MAX_POSTED`], in the order said.
    pub up: Vec<Up>,
}
