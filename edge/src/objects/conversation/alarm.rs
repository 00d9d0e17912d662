//! When the Conversation object's one alarm goes off: for a question on its way, for one that is kept for an agency that is
//! away, for a device that is to be told of news, or for the conversation's end. What is done then is in
//! [`super::alarm_handler`].

use super::{context::ConversationContext, site_index};
use crate::{
    cache::sites,
    platform::{config::has_push_key, now},
    rpc::conversation::{ConversationKey, ticket_life},
};
use hoi_core::{
    conversation::{ConversationStore as _, Pending, has_board_update},
    decide::Published,
};
use std::{rc::Rc, time::Duration};
use worker::Result;

/// While a question is on its way the alarm goes off this often, in milliseconds: should the object die, somebody
/// else goes on so soon.
const HEARTBEAT_MS: u64 = 5_000;
/// An alarm that goes off up to this much too early stays as it is, in milliseconds: it looks, finds nothing to do, and
/// is set anew. Setting it is a write to the disk, and each message would pay it.
const SLACK_MS: u64 = 3_600_000;
/// The shortest time an alarm is set to, in milliseconds.
const SOONEST_MS: u64 = 50;

/// Sets the alarm anew, if anything was written since that was done last.
pub async fn update_if_written(context: &Rc<ConversationContext>) -> Result<()> {
    if !context.store.take_written() {
        return Ok(());
    }
    let Some(whose) = context.key()? else { return Ok(()) };
    schedule_alarm(context, &whose).await.inspect_err(|_| context.store.mark_written())
}

/// Sets the alarm to whatever comes first: a question on its way, one that is kept, a device to be told, or the conversation's end.
pub async fn schedule_alarm(context: &Rc<ConversationContext>, whose: &ConversationKey) -> Result<()> {
    let Some(published) = sites::find_published(&context.env, &whose.site).await? else { return Ok(()) };
    site_index::update_listing(context, whose, &published)?;
    let beat = now() + HEARTBEAT_MS;
    let next = |pending: &Pending| {
        let flying = context.in_flight.borrow().contains(&pending.seq);
        pending.left.filter(|_| !flying).map_or(beat, |left| left.next)
    };
    let has_people = published.site.settings.desk.is_some();
    let (pending, untold, next_due) = context.store.read(|store| {
        let untold = has_people && has_board_update(store)?;
        Ok((store.pending()?, untold.then_some(beat), store.next_due()?))
    })?;
    // Where the edge has no key, or has lost it, nobody is told, and nobody need be looked for.
    let due = next_due.filter(|_| has_push_key(&context.env));
    let first = pending
        .iter()
        .map(next)
        .chain(untold)
        .chain(due)
        .chain([expires_at(context, &published)?])
        .min()
        .unwrap_or(beat);
    let set = match context.alarm.get() {
        Some(at) => Some(at),
        None => context.state.storage().get_alarm().await?.and_then(|at| u64::try_from(at).ok()),
    };
    if set.is_some_and(|at| at > now() && at <= first && at + SLACK_MS >= first) {
        return Ok(());
    }
    let from_now = first.saturating_sub(now()).max(SOONEST_MS);
    context.alarm.set(None);
    context.state.storage().set_alarm(Duration::from_millis(from_now)).await?;
    context.alarm.set(Some(now() + from_now));
    Ok(())
}

/// When the conversation has been silent for as long as the site keeps it, in milliseconds since 1970. One in which
/// nothing was said, but a form was begun or a page said what it is about, counts from its beginning.
pub fn expires_at(context: &ConversationContext, published: &Published) -> Result<u64> {
    let (last_at, founded, held_until) = context.store.read(|store| {
        let erased_at = store.read_erasure()?.map_or(0, |(at, _)| at);
        let last_at = store.last_at()?.max(erased_at);
        Ok((last_at, if last_at == 0 { store.created_at()? } else { None }, store.held_until()?))
    })?;
    let begun = match (last_at, founded) {
        (0, Some(founded)) => founded,
        // An earlier version did not write it down.
        (0, None) => {
            let now = now();
            context.store.transact(|store| store.set_founded(now))?;
            now
        }
        (last_at, _) => last_at,
    };
    Ok((begun + ticket_life(published).to_millis().0).max(held_until))
}
