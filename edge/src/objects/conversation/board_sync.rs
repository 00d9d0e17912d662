//! A conversation tells its site's board how it stands with people. What the board has not heard is told again: by the
//! next thing that happens here, and by the alarm.

use super::{context::ConversationContext, execute::execute_effects, speaker::Nobody};
use crate::{
    cache::sites,
    platform::now,
    rpc::{
        ObjectCall as _,
        board::{RemoveConversation, UpdateHandoff},
    },
};
use hoi_core::{
    board::Placed,
    conversation::{
        ConversationStore as _, RecordKey, assume_unattended, confirm_board_update, next_board_update,
        update_queue_place,
    },
};
use std::rc::Rc;
use wire::Id;
use worker::Result;

/// A telling that takes longer will never end, in milliseconds.
const GIVEN_UP_MS: u64 = 10_000;

/// Has the board told, unless somebody is at that already.
pub fn schedule_sync(context: &Rc<ConversationContext>) {
    let idle = context.telling.get().is_none_or(|since| now().saturating_sub(since) > GIVEN_UP_MS);
    if !idle {
        return;
    }
    context.telling.set(Some(now()));
    let this = context.clone();
    context.state.wait_until(async move {
        if let Err(error) = sync_board(&this).await {
            worker::console_warn!("the board was not told, and will be later: {error}");
            if let Err(error) = fall_back_unattended(&this).await {
                worker::console_error!("and who waits could not be told: {error}");
            }
        }
        this.telling.set(None);
    });
}

async fn sync_board(context: &Rc<ConversationContext>) -> Result<()> {
    let Some(whose) = context.key()? else { return Ok(()) };
    let Some(published) = sites::find_published(&context.env, &whose.site).await? else { return Ok(()) };
    loop {
        let next = context.store.read(|store| next_board_update(store, &published, whose.conversation))?;
        let Some((rev, telling)) = next else { return Ok(()) };
        let done = telling.done.len();
        let placed = UpdateHandoff(telling).call(&context.env, &whose.site).await?;
        let effects = context
            .store
            .transact(|store| confirm_board_update(store, &published, rev, done, placed, now()))?;
        execute_effects(context, &whose, effects, &Nobody).await?;
    }
}

/// Who asked for a person is told something, though the board can't be.
async fn fall_back_unattended(context: &Rc<ConversationContext>) -> Result<()> {
    let Some(whose) = context.key()? else { return Ok(()) };
    let Some(published) = sites::find_published(&context.env, &whose.site).await? else { return Ok(()) };
    let effects = context.store.transact(|store| assume_unattended(store, &published, now()))?;
    execute_effects(context, &whose, effects, &Nobody).await
}

/// The board places somebody who waits, because another has gone.
pub async fn apply_placement(context: &Rc<ConversationContext>, placed: Placed) -> Result<()> {
    let Some(whose) = context.key()? else { return Ok(()) };
    let Some(published) = sites::find_published(&context.env, &whose.site).await? else { return Ok(()) };
    let effects = context.store.transact(|store| update_queue_place(store, &published, placed, now()))?;
    execute_effects(context, &whose, effects, &Nobody).await
}

/// The conversation's time is over: the board lists it no longer.
pub async fn remove_listing(context: &ConversationContext) {
    let known =
        context.store.read(|store| Ok(store.conversation_key()?.zip(store.record(&RecordKey::Handoff)?)));
    // Whatever is wrong with the store, its time is over.
    let Ok(Some((whose, _))) = known else { return };
    let id: Id = whose.conversation;
    if let Err(error) = RemoveConversation(id).call(&context.env, &whose.site).await {
        worker::console_warn!("site {}: the board still lists {id}: {error}", whose.site);
    }
}
