//! The agency's people: what a site's board knows of the conversations they are wanted in, and what it decides.
//!
//! A conversation's own side of it is [`crate::conversation`]; what is sent is in [`wire::desk`].

mod audit;
mod desk_frames;
mod listing;
mod queue;
mod unanswered;

pub use audit::{Keys, Trail, TrailEnd, is_whole, next_act, reaches_end};
pub use desk_frames::{describe_decision, find_refusal, frame_cost};
pub use listing::{
    QueueChange, changed_places, count_available, is_going, list_people, listed_chats, place_waiting,
    queue_change,
};
pub use queue::{Placed, queue_positions, usual_wait_minutes};
pub use unanswered::group_questions;

use serde::{Deserialize, Serialize};
use wire::desk::{Chat, Role, Wondered};

/// Somebody who is signed in at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffMember {
    /// The account's name.
    pub name: String,
    /// As visitors and colleagues see it.
    pub shown: String,
    /// At this site.
    pub role: Role,
}

/// Something that was done, on its way to the audit trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEvent {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// Who: the account's name, or [`OPERATOR`].
    pub who: String,
    /// What.
    pub act: String,
    /// What it was about.
    pub about: String,
}

/// Who acts through the admin API.
pub const OPERATOR: &str = "operator";

/// What a conversation tells its site's board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardUpdate {
    /// How it stands now.
    pub chat: Chat,
    /// What was done since the board was last told.
    pub done: Vec<AuditEvent>,
    /// For how many days the site keeps what it lists.
    pub keep_days: u32,
}

/// What conversations could not answer, on its way to the site's board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnansweredBatch {
    /// The questions; their numbers are given at the board.
    pub questions: Vec<Wondered>,
    /// For how many days the site keeps them.
    pub keep_days: u32,
    /// The hash of the conversation: they go when it is erased.
    #[serde(default)]
    pub tag: String,
}
