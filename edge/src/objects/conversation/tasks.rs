//! What the core wants done beside the conversation, started.

use super::{board_sync, context::ConversationContext, delivery};
use crate::rpc::conversation::ConversationKey;
use hoi_core::conversation::Task;
use std::rc::Rc;

/// Starts `task`; it goes on after whatever it came from has ended.
pub fn start_task(context: &Rc<ConversationContext>, whose: &ConversationKey, task: Task) {
    match task {
        Task::SyncBoard => board_sync::schedule_sync(context),
        Task::StopReply(seq) => {
            context.stopped.borrow_mut().insert(seq);
        }
        Task::Deliver(seq) => delivery::start_delivery(context, whose, seq),
    }
}
