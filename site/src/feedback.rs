//! What visitors are asked about answers and conversations.

use serde::{Deserialize, Serialize};

/// `[feedback]` in `site.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Feedback {
    /// Whether each answer is followed by "Was this helpful?".
    pub thumbs: bool,
    /// Whether visitors who end the chat are asked how it was.
    pub survey: bool,
}

impl Default for Feedback {
    fn default() -> Self {
        Feedback { thumbs: true, survey: false }
    }
}
