//! What the frame's document carries, so that its first paint needs no second request.

use crate::{Id, Look, Message, Words};
use serde::{Deserialize, Serialize};

/// Stands in the document as JSON, in `<script type="application/json" id="hoi-boot">`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Boot {
    /// [`crate::VERSION`] of the edge.
    pub v: u32,
    /// The public half of the site's settings.
    pub look: Look,
    /// The widget's own words, in `look.lang`.
    pub words: Words,
    /// A conversation nobody has used yet. It exists only once something is said in it.
    pub conversation: Id,
    /// The ticket for it.
    pub ticket: String,
    /// What was said already, when the document answers a form that was posted without the widget.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Message>,
}
