//! One conversation: what is written down, in which order, and what everybody connected is told.
//!
//! Pure: [`ConversationStore`] is where things are written, an SQLite database at the edge and a map in tests. The shell in
//! `edge/src/objects/conversation` calls these functions and performs the [`Effect`]s; each call runs without a pause, so everything it
//! writes is written together.

pub(crate) mod admission;
pub(crate) mod cases;
pub(crate) mod danger;
pub(crate) mod deferred_reply;
pub(crate) mod device_handoff;
pub(crate) mod documents;
pub(crate) mod effect;
pub(crate) mod feedback;
pub(crate) mod form_draft;
pub(crate) mod heard_as;
pub(crate) mod identity;
pub(crate) mod language;
pub(crate) mod message;
pub(crate) mod message_files;
pub(crate) mod personal;
pub(crate) mod push_subscriptions;
pub(crate) mod reply;
pub(crate) mod store;
pub(crate) mod unanswered;
pub(crate) mod visitor;

pub use crate::handoff::{
    assume_unattended, awaits_place, greet, is_with_people, may_send, open_file, place, queue_line, staff,
    telling, told, untold, withdraw_place,
};
pub use admission::{Bounds, Refusal, VISITOR_LINE, admit, reply_unbegun, take_token};
pub use cases::{case, cases, file, held_until, put as put_case, set_status_url, state_word};
pub use danger::{danger_in_answers, danger_reply, is_urgent, number_link, without_danger};
#[cfg(test)]
pub use deferred_reply::tests::published as tests_site;
pub use deferred_reply::{Arrived, arrive, defer_to_next_day, give_up, hand_over, leave_behind, lifetime_ms};
pub use device_handoff::joined;
pub use documents::{FORM as PAPERS_FORM, add, put_sealed, sealed};
pub use effect::{Audience, Caller, Effect, NoCaller, Task};
pub use feedback::{Rating, Survey, rated};
pub use form_draft::{form_draft, set_form_draft};
pub use identity::{Known, generation, identify, learn};
pub use personal::{Asked, NotTaken, Unasked, file_name, posted};
pub use push_subscriptions::{
    Device, Due, MAX_DEVICES, add_device, devices, drop_device, is_news, news, next_due, pushed, take_due,
    was_open,
};
pub use reply::{Growth, decline, fail, finish, grow, stop};
pub use store::{
    ConversationStore, Left, MemoryStore, Owner, Pending, RecordKey, RecordSpace, Side, StoreError,
};
pub use visitor::{afford, hear, hello};
