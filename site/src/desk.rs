//! People who answer in the chat.

use crate::Text;
use serde::{Deserialize, Serialize};

/// `[desk]` in `site.toml`: visitors can reach people, who answer at the edge's own desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskConfig {
    /// Where conversations can be sent.
    #[serde(default)]
    pub departments: Vec<DeskDepartment>,
    /// So many visitors may wait at once; who comes after them is asked to leave a message.
    pub queue: u32,
    /// Whether a person sees the agency's answers before the visitor does.
    #[serde(default)]
    pub approve_agency: bool,
}

/// `[[desk.departments]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskDepartment {
    /// Unique in the site: lower-case letters, digits and `-`.
    pub id: String,
    /// As staff and visitors see it.
    pub name: Text,
}

impl DeskConfig {
    /// How many may wait where the site doesn't say.
    pub const QUEUE: u32 = 20;
}
