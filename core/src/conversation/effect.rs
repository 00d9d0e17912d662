//! What follows from a decision, besides what it has written.

use wire::{Down, Fault, Id, desk::ChatDown};

/// Something the shell must do, after all that the decision has written is written.
///
/// `R` is what the connection that spoke is replied with. Where nobody has spoken it is [`NoCaller`], of which there is none: a
/// delivery can't even build a reply.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect<R = NoCaller> {
    /// Send to the connection that spoke.
    Reply(R),
    /// Send to the connections of this conversation that belong to the audience.
    Broadcast(Audience, Down),
    /// Send to every desk that has this conversation open.
    BroadcastToStaff(ChatDown),
    /// Begin something that takes its time.
    Task(Task),
}

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Every connection, of the visitor's and of desks.
    Everyone,
    /// Every connection but the one that spoke.
    Others,
    /// Every connection of the visitor's.
    Visitor,
}

/// What takes its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Tell the site's board how this conversation stands.
    SyncBoard,
    /// Bring the pending question at this place to the agency.
    Deliver(u64),
    /// Stop the reply to the pending question at this place.
    StopReply(u64),
}

/// What is replied where nobody has spoken: nothing can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCaller {}

/// What somebody who has spoken is replied with.
pub trait Caller {}

/// The visitor's side.
impl Caller for Down {}

/// A desk.
impl Caller for ChatDown {}

impl<R: Caller> From<Effect> for Effect<R> {
    fn from(effect: Effect) -> Effect<R> {
        match effect {
            Effect::Reply(none) => match none {},
            Effect::Broadcast(audience, down) => Effect::Broadcast(audience, down),
            Effect::BroadcastToStaff(down) => Effect::BroadcastToStaff(down),
            Effect::Task(task) => Effect::Task(task),
        }
    }
}

/// `effects` of a decision that knows no caller, where there is one.
pub(crate) fn for_caller<R: Caller>(effects: Vec<Effect>) -> Vec<Effect<R>> {
    effects.into_iter().map(Effect::from).collect()
}

/// The connection that spoke is told that what it sent is not taken: `code` says why, `retry_ms` when to try again.
pub(crate) fn fault_reply(id: Option<Id>, code: Fault, retry_ms: Option<u64>) -> Effect<Down> {
    Effect::Reply(Down::Fault { id, code, retry_ms })
}
