//! The Conversation object's alarm went off: takes up questions that were left lying, looks after those kept for an agency
//! that is away, tells devices of news, and ends conversations whose time is over.

use super::{
    alarm, board_sync, context::ConversationContext, delivery, erasure, push_delivery, sql_store::SqlStore,
};
use crate::{
    cache::sites,
    platform::now,
    rpc::{ObjectCall as _, site::ReadForgotten},
};
use std::rc::Rc;
use worker::Result;

/// Does what is due. Going off twice does no harm: a question on its way is not sent again.
pub async fn handle_alarm(context: &Rc<ConversationContext>) -> Result<()> {
    context.alarm.set(None);
    if erasure::is_owed(context)? {
        erasure::settle_later(context).await;
    }
    let Some(whose) = context.key()? else { return Ok(()) };
    let Some(published) = sites::find_published(&context.env, &whose.site).await? else {
        // The site is gone: so is all that was said there.
        return if ReadForgotten.call(&context.env, &whose.site).await? {
            erasure::expire_conversation(context).await
        } else {
            Ok(())
        };
    };
    if now() >= alarm::expires_at(context, &published)? {
        return erasure::expire_conversation(context).await;
    }
    delivery::resume_deliveries(context, &whose)?;
    board_sync::schedule_sync(context);
    if context.store.read(SqlStore::next_due)?.is_some_and(|at| at <= now()) {
        push_delivery::send_due(context);
    }
    alarm::schedule_alarm(context, &whose).await
}
