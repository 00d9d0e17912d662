//! One conversation: what is written down, in which order, and what everybody connected is told.
//!
//! Pure: [`Log`] is where things are written, an SQLite table at the edge and a vector in tests. The shell in
//! `cloudflare` calls these functions and performs the [`Effect`]s; each call runs without a pause, so everything it
//! writes is written together.

mod cases;
mod danger;
mod devices;
mod elsewhere;
mod feedback;
mod hear;
mod heard_as;
mod identify;
mod language;
mod late;
mod learn;
mod log;
mod message;
mod papers;
mod people;
mod personal;
mod reply;

pub use cases::{case, file, held_until, put as put_case, set_status_url, state_word};
pub use danger::{danger_in_answers, danger_reply, is_urgent, number_link, without_danger};
pub use devices::{
    Device, Due, MAX_DEVICES, add_device, devices, drop_device, is_news, news, next_due, pushed, take_due,
    was_open,
};
pub use elsewhere::joined;
pub use feedback::{Rating, Survey, rated};
pub use hear::{afford, budget_wait, hear, hello, typed_chars};
pub use identify::{Known, generation, identify, learn};
#[cfg(test)]
pub use late::tests::published as tests_site;
pub use late::{Arrived, arrive, defer_to_next_day, give_up, hand_over, leave_behind, lifetime_ms};
pub use log::{Left, Log, Memory, Owner, Pending};
pub use papers::{FORM as PAPERS_FORM, add, put_sealed, sealed};
pub use people::{
    assume_unattended, awaits_place, greet, is_with_people, may_send, open_file, place, queue_line, staff,
    telling, told, untold, withdraw_place,
};
pub use personal::{Asked, NotTaken, Unasked, file_name, posted};
pub use reply::{Growth, decline, fail, finish, grow, stop};

use wire::{Down, desk::ChatDown};

/// Something the shell must do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send to the connection that spoke.
    Send(Down),
    /// Send to every other connection of this conversation.
    Others(Down),
    /// Send to every connection of this conversation.
    All(Down),
    /// Send to every connection of the visitor's.
    Visitors(Down),
    /// Send to every desk that has this conversation open.
    Desks(ChatDown),
    /// Send to the desk that spoke.
    Desk(ChatDown),
    /// Tell the site's board how this conversation stands.
    Board,
    /// Bring the pending question `seq` to the agency.
    Forward(u64),
    /// Stop the reply to the pending question behind `seq`.
    Stop(u64),
}
