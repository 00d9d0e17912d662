//! What an operator has everybody told at once, whatever was published.

use crate::Run;
use serde::{Deserialize, Serialize};

/// How the site stands now, in the language that was asked for. Answers `GET /s/<site>/standing?lang=…`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// An important notice, shown above everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Run>,
    /// Whether the chat is switched off: nothing is taken, and the visitor is shown the other ways to the agency.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
}
