//! Which conversation, and who is in it.

use hoi_core::board::StaffMember;
use serde::{Deserialize, Serialize};
use wire::Id;

/// Tells one conversation of the edge from the others. An object keeps its own with its first message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConversationKey {
    /// The site.
    pub site: String,
    /// The conversation.
    pub conversation: Id,
}

/// A visitor who has shown a ticket. Sockets carry it through the object's sleep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitorSession {
    /// Which conversation the ticket opens.
    pub whose: ConversationKey,
    /// The generation of the ticket.
    pub generation: u32,
    /// Under which name the visitor's address is counted.
    pub address: Option<String>,
    /// Where cases of the site are looked up, as this visitor reaches it.
    #[serde(default)]
    pub status: String,
}

/// Somebody at the desk, in one conversation. Sockets carry it through the object's sleep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StaffSession {
    /// Which conversation.
    pub whose: ConversationKey,
    /// Who it is.
    pub who: StaffMember,
    /// Digest of the session, to ask for it again.
    pub session: String,
}
