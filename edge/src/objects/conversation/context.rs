//! What everything in a Conversation object shares, whichever way somebody speaks to it.

use super::{event_streams::Streams, sql_store::SqlStore, transaction::TransactionalStore};
use crate::{
    objects::confirmed_session::HeldFrames,
    rpc::conversation::{ConversationKey, VisitorSession},
};
use hoi_core::{
    conversation::{self, Task},
    erasure::IndexEntry,
    limits::frame_rate_limit::FrameRateLimits,
};
use intent::Scratch;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::Rc,
};
use wire::Id;
use worker::{Env, Result, State};

/// What starts a task: a delivery or a word to the board. Both end in effects, and effects in tasks; so whoever makes the
/// context says what starts them.
pub type StartTask = fn(&Rc<ConversationContext>, &ConversationKey, Task);

/// What the object and its deliveries share.
pub struct ConversationContext {
    pub state: State,
    pub env: Env,
    pub store: TransactionalStore,
    /// Questions being delivered right now, so that an alarm doesn't deliver them twice.
    pub in_flight: RefCell<BTreeSet<u64>>,
    /// Questions whose reply the visitor stopped.
    pub stopped: RefCell<BTreeSet<u64>>,
    /// When the alarm will go off, in milliseconds since 1970, if that is known.
    pub alarm: Cell<Option<u64>>,
    /// Widgets that listen without a socket.
    pub streams: Streams,
    pub scratch: RefCell<Scratch>,
    /// Since when the board is being told, in milliseconds since 1970.
    pub telling: Cell<Option<u64>>,
    /// What the site's index was last told, if that is known.
    pub listed: RefCell<Option<IndexEntry>>,
    /// What visitors and desks may still send here.
    pub rates: RefCell<FrameRateLimits>,
    /// Whether this conversation was counted as begun before anything was written in it.
    pub counted: Cell<bool>,
    /// Frames for desks whose session is being looked at.
    pub held: HeldFrames,
    /// Starts what the core wants done beside the conversation.
    pub start_task: StartTask,
}

impl ConversationContext {
    /// That of the object with this state. `epoch` is used if there is none yet.
    pub fn new(state: State, env: Env, epoch: Id, start_task: StartTask) -> ConversationContext {
        ConversationContext {
            store: TransactionalStore::new(state.storage(), epoch),
            state,
            env,
            in_flight: RefCell::default(),
            stopped: RefCell::default(),
            alarm: Cell::default(),
            streams: Streams::default(),
            scratch: RefCell::default(),
            telling: Cell::default(),
            listed: RefCell::default(),
            rates: RefCell::default(),
            counted: Cell::default(),
            held: HeldFrames::default(),
            start_task,
        }
    }

    /// Whether the ticket that `visit` came with still opens the conversation.
    pub fn is_current(&self, visit: &VisitorSession) -> Result<bool> {
        Ok(visit.generation >= self.generation()?)
    }

    /// The generation whose tickets open the conversation.
    pub fn generation(&self) -> Result<u32> {
        self.store.read(|store| {
            // No ticket opens what was erased. A pass for one of its cases still does.
            if store.is_erased()? { Ok(u32::MAX) } else { conversation::ticket_generation(store) }
        })
    }

    /// Which conversation this is, if anything was written.
    pub fn key(&self) -> Result<Option<ConversationKey>> {
        self.store.read(SqlStore::conversation_key)
    }
}
