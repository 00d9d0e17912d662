//! A conversation goes on at another device: whether the visitor may have a code for that, and who comes with one.

use super::{
    admission::charge_visitor, context::ConversationContext, creation::count_unwritten,
    execute::execute_effects, speaker::Nobody,
};
use crate::{
    cache::sites,
    platform::now,
    rpc::conversation::{ConversationSnapshot, JoinConversation, VisitorSession},
};
use hoi_core::conversation::{self, ConversationStore as _, announce_device};
use std::rc::Rc;
use wire::{Fault, limits};
use worker::Result;

/// Whether the visitor may have a code that opens the conversation elsewhere; else why not, and how long to wait in
/// milliseconds, if waiting helps. It costs as much as a message.
pub async fn check_code_offer(
    context: &ConversationContext,
    visit: &VisitorSession,
) -> Result<Option<(Fault, Option<u64>)>> {
    let begun = context.store.read(|store| store.is_of(&visit.whose))?;
    let Some(published) = sites::find_published(&context.env, &visit.whose.site).await? else {
        return Ok(Some((Fault::NoSite, None)));
    };
    count_unwritten(context, &published, visit)?;
    if !begun || !context.is_current(visit)? {
        return Ok(Some((Fault::Ticket, None)));
    }
    let afforded = charge_visitor(context, &published, visit)?;
    Ok(afforded.err().map(|wait| (Fault::TooFast, Some(wait))))
}

/// Somebody comes with a code: the conversation, if it still opens that.
pub async fn join_by_code(
    context: &Rc<ConversationContext>,
    join: JoinConversation,
) -> Result<Option<ConversationSnapshot>> {
    let JoinConversation { whose, generation } = join;
    if !context.store.read(|store| Ok(store.is_of(&whose)? && !store.is_erased()?))? {
        return Ok(None);
    }
    let Some(published) = sites::find_published(&context.env, &whose.site).await? else { return Ok(None) };
    let effects = context.store.transact(|store| announce_device(store, &published, generation, now()))?;
    let Some(effects) = effects else { return Ok(None) };
    execute_effects(context, &whose, effects, &Nobody).await?;
    context.store.read(|store| {
        let waiting = store.pending()?.iter().any(|pending| pending.left.is_none());
        let messages = store.messages_after(0, limits::MAX_RESUME)?;
        let rated = conversation::rated_answers(store)?.unwrap_or_default();
        Ok(Some(ConversationSnapshot { messages, waiting, rated, ..ConversationSnapshot::default() }))
    })
}
