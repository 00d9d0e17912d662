//! One conversation: what is written down, in which order, and what everybody connected is told.
//!
//! Pure: [`ConversationStore`] is where things are written, an SQLite database at the edge and a map in tests. The shell in
//! `edge/src/objects/conversation` calls these functions and performs the [`Effect`]s; each call runs without a pause, so everything it
//! writes is written together.

pub(crate) mod admission;
pub(crate) mod callback;
pub(crate) mod case_lookup;
pub(crate) mod case_records;
pub(crate) mod cases;
pub(crate) mod danger;
pub(crate) mod deferred_reply;
pub(crate) mod device_handoff;
pub(crate) mod documents;
pub(crate) mod effect;
pub(crate) mod feedback;
pub(crate) mod form_draft;
pub(crate) mod identity;
pub(crate) mod language;
pub(crate) mod message;
pub(crate) mod message_files;
pub(crate) mod message_rate_limit;
pub(crate) mod opinion;
pub(crate) mod personal;
pub(crate) mod pick_inference;
pub(crate) mod push_subscriptions;
pub(crate) mod refusal;
pub(crate) mod reply;
pub(crate) mod retraction;
pub(crate) mod store;
pub(crate) mod unanswered;
pub(crate) mod visitor;

pub use crate::handoff::{
    assume_unattended, awaits_place, confirm_board_update, greet_staff, handle_staff_frame, has_board_update,
    is_with_people, may_send, next_board_update, open_file, queue_line, update_queue_place, withdraw_place,
};
pub use admission::{
    AdmissionRefusal, VISITOR_CONNECTION, VisitorLimits, admit_frame, charge_visitor, reply_unbegun,
};
pub use callback::{RecordedCallback, handle_callback};
pub use case_records::{find_case, held_until, list_cases, put_case, set_status_url};
pub use cases::{file_case, state_word};
pub use danger::{danger_in_answers, danger_reply, is_urgent, number_link, without_danger};
#[cfg(test)]
pub use deferred_reply::tests::published as tests_site;
pub use deferred_reply::{defer_to_next_day, give_up, hand_over, leave_behind, lifetime_ms};
pub use device_handoff::announce_device;
pub use documents::{PAPERS_FORM, add_documents, find_sealed, put_sealed};
pub use effect::{Audience, Caller, Effect, NoCaller, Task};
pub use feedback::rated_answers;
pub use form_draft::{form_draft, set_form_draft};
pub use identity::{IdentifyOutcome, identify_visitor, ticket_generation, update_context};
pub use message_rate_limit::apply_message_rate_limit;
pub use opinion::{Rating, Survey};
pub use personal::{PersonalDataHandling, PersonalDataWarning, PostRejection, check_post, file_name};
pub(crate) use pick_inference::find_picked_button;
pub use push_subscriptions::{
    Device, DuePush, MAX_DEVICES, add_device, drop_device, is_news, list_devices, next_due, record_push,
    schedule_pushes, take_due, was_open,
};
pub use refusal::{forget_refusal, record_refusal, without_refused};
pub use reply::{Growth, decline_reply, fail_reply, finish_reply, grow_reply, stop_reply};
pub use store::{
    ConversationStore, DeferredRetry, MemoryStore, Owner, Pending, RecordKey, RecordSpace, Side, StoreError,
};
pub use visitor::{handle_frame, handle_hello};
