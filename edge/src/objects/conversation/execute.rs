//! What the core decided, done: the one place where effects become frames, tasks and the alarm.

use super::{alarm, board_sync, context::Inner, delivery, push_delivery, sql_store::Whose, staff_socket};
use crate::objects::conversation::visitor_socket;
use hoi_core::conversation::{Audience, Effect, NoCaller, Task, is_news};
use std::{cell::RefCell, rc::Rc};
use wire::{Down, desk::ChatDown};
use worker::{Result, WebSocket};

/// Who has spoken, and is replied to in frames `R`.
pub trait Speaker<R> {
    /// Replies.
    ///
    /// # Errors
    /// What the platform says.
    fn reply(&self, frame: R) -> Result<()>;

    /// The visitor's socket it speaks through.
    fn socket(&self) -> Option<&WebSocket> {
        None
    }

    /// Whether it is the visitor, who sees what answers.
    fn is_visitor(&self) -> bool {
        true
    }
}

/// A visitor at a socket.
pub struct AtSocket<'a>(pub &'a WebSocket);

impl Speaker<Down> for AtSocket<'_> {
    fn reply(&self, frame: Down) -> Result<()> {
        visitor_socket::send(self.0, &frame)
    }

    fn socket(&self) -> Option<&WebSocket> {
        Some(self.0)
    }
}

/// A visitor who posts, and finds this in the answer.
#[derive(Default)]
pub struct ByPost(pub RefCell<Vec<Down>>);

impl Speaker<Down> for ByPost {
    fn reply(&self, frame: Down) -> Result<()> {
        self.0.borrow_mut().push(frame);
        Ok(())
    }
}

/// A visitor at a page of the edge's, which is its own answer.
pub struct AtPage;

impl Speaker<NoCaller> for AtPage {
    fn reply(&self, frame: NoCaller) -> Result<()> {
        match frame {}
    }
}

/// Somebody at the agency's desk.
pub struct AtDesk<'a>(pub &'a WebSocket);

impl Speaker<ChatDown> for AtDesk<'_> {
    fn reply(&self, frame: ChatDown) -> Result<()> {
        staff_socket::send(self.0, &frame)
    }

    fn is_visitor(&self) -> bool {
        false
    }
}

/// Nobody: a delivery, the board, a callback.
pub struct Nobody;

impl Speaker<NoCaller> for Nobody {
    fn reply(&self, frame: NoCaller) -> Result<()> {
        match frame {}
    }

    fn is_visitor(&self) -> bool {
        false
    }
}

/// Does what was decided, and sets the alarm if anything was written since it was set last.
pub async fn execute_effects<R>(
    inner: &Rc<Inner>,
    whose: &Whose,
    effects: Vec<Effect<R>>,
    speaker: &impl Speaker<R>,
) -> Result<()> {
    let told = apply_effects(inner, whose, effects, speaker);
    // What is written is written, whoever could not be told.
    let set = alarm::update_if_written(inner).await;
    told.and(set)
}

fn apply_effects<R>(
    inner: &Rc<Inner>,
    whose: &Whose,
    effects: Vec<Effect<R>>,
    speaker: &impl Speaker<R>,
) -> Result<()> {
    let mut has_news = false;
    for effect in effects {
        match effect {
            Effect::Reply(frame) => speaker.reply(frame)?,
            Effect::Broadcast(audience, down) => {
                let is_for_all = audience == Audience::Everyone;
                has_news |= is_for_all && matches!(&down, Down::Message(message) if is_news(message));
                broadcast(inner, audience, &down, speaker.socket())?;
            }
            Effect::BroadcastToStaff(down) => staff_socket::broadcast(inner, &serde_json::to_string(&down)?),
            Effect::Task(task) => start_task(inner, whose, task),
        }
    }
    if has_news && !speaker.is_visitor() {
        push_delivery::queue_notifications(inner);
    }
    Ok(())
}

fn broadcast(inner: &Inner, audience: Audience, down: &Down, speaker: Option<&WebSocket>) -> Result<()> {
    let frame = serde_json::to_string(down)?;
    match audience {
        Audience::Everyone => inner.to_visitors(&frame, None),
        Audience::Others => inner.to_visitors(&frame, speaker),
        Audience::Visitor => {
            inner.to_visitors(&frame, None);
            return Ok(());
        }
    }
    staff_socket::broadcast(inner, &frame);
    Ok(())
}

fn start_task(inner: &Rc<Inner>, whose: &Whose, task: Task) {
    match task {
        Task::SyncBoard => board_sync::schedule_sync(inner),
        Task::StopReply(seq) => {
            inner.stopped.borrow_mut().insert(seq);
        }
        Task::Deliver(seq) => {
            let (this, whose) = (inner.clone(), whose.clone());
            inner.state.wait_until(async move { delivery::deliver_question(&this, &whose, seq).await });
        }
    }
}
