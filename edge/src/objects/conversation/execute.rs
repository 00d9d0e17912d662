//! What the core decided, done: the one place where effects become frames, tasks and the alarm.

use super::{
    alarm,
    context::ConversationContext,
    push_delivery,
    sockets::{broadcast_to_staff, broadcast_to_visitor},
    speaker::Speaker,
};
use crate::rpc::conversation::ConversationKey;
use hoi_core::conversation::{Audience, Effect, is_news};
use std::rc::Rc;
use wire::Down;
use worker::{Result, WebSocket};

/// Does what was decided, and sets the alarm if anything was written since it was set last.
pub async fn execute_effects<R>(
    context: &Rc<ConversationContext>,
    whose: &ConversationKey,
    effects: Vec<Effect<R>>,
    speaker: &impl Speaker<R>,
) -> Result<()> {
    let told = apply_effects(context, whose, effects, speaker);
    // What is written is written, whoever could not be told.
    let set = alarm::update_if_written(context).await;
    told.and(set)
}

fn apply_effects<R>(
    context: &Rc<ConversationContext>,
    whose: &ConversationKey,
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
                broadcast(context, audience, &down, speaker.socket())?;
            }
            Effect::BroadcastToStaff(down) => broadcast_to_staff(context, &serde_json::to_string(&down)?),
            Effect::Task(task) => (context.start_task)(context, whose, task),
        }
    }
    if has_news && !speaker.is_visitor() {
        push_delivery::queue_notifications(context);
    }
    Ok(())
}

fn broadcast(
    context: &ConversationContext,
    audience: Audience,
    down: &Down,
    speaker: Option<&WebSocket>,
) -> Result<()> {
    let frame = serde_json::to_string(down)?;
    match audience {
        Audience::Everyone => broadcast_to_visitor(context, &frame, None),
        Audience::Others => broadcast_to_visitor(context, &frame, speaker),
        Audience::Visitor => {
            broadcast_to_visitor(context, &frame, None);
            return Ok(());
        }
    }
    broadcast_to_staff(context, &frame);
    Ok(())
}
