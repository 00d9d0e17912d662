//! The Conversation object's one alarm: it takes up questions that were left lying, looks after those kept for an
//! agency that is away, tells devices of news, and ends conversations whose time is over.

use super::{
    board_sync,
    context::Inner,
    delivery::deliver_question,
    erasure, push_delivery, site_index,
    sql_store::{SqlStore, Whose},
};
use crate::{
    cache::sites,
    platform::{config::has_push_key, now},
    rpc::{ObjectCall as _, conversation::ticket_life, site::ReadForgotten},
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

/// The alarm went off. Going off twice does no harm: a question on its way is not sent again.
pub async fn handle_alarm(inner: &Rc<Inner>) -> Result<()> {
    inner.alarm.set(None);
    if erasure::is_owed(inner)? {
        erasure::settle_later(inner).await;
    }
    let Some(whose) = inner.store.read(SqlStore::conversation_key)? else { return Ok(()) };
    let Some(published) = sites::find_published(&inner.env, &whose.site).await? else {
        // The site is gone: so is all that was said there.
        return if ReadForgotten.call(&inner.env, &whose.site).await? {
            inner.expire().await
        } else {
            Ok(())
        };
    };
    if now() >= expires_at(inner, &published)? {
        return inner.expire().await;
    }
    resume_deliveries(inner, &whose)?;
    board_sync::schedule_sync(inner);
    if inner.store.read(SqlStore::next_due)?.is_some_and(|at| at <= now()) {
        push_delivery::send_due(inner);
    }
    set(inner, &whose).await
}

/// Brings every question that is due and not on its way.
pub fn resume_deliveries(inner: &Rc<Inner>, whose: &Whose) -> Result<()> {
    let now = now();
    let due = |pending: &Pending| pending.left.is_none_or(|left| left.next <= now);
    let pending = inner.store.read(|store| store.pending())?;
    for pending in pending.into_iter().filter(due) {
        let (this, whose) = (inner.clone(), whose.clone());
        inner.state.wait_until(async move { deliver_question(&this, &whose, pending.seq).await });
    }
    Ok(())
}

/// Sets the alarm anew, if anything was written since that was done last.
pub async fn update_if_written(inner: &Rc<Inner>) -> Result<()> {
    if !inner.store.take_written() {
        return Ok(());
    }
    let Some(whose) = inner.store.read(SqlStore::conversation_key)? else { return Ok(()) };
    set(inner, &whose).await.inspect_err(|_| inner.store.mark_written())
}

/// Sets the alarm to whatever comes first: a question on its way, one that is kept, a device to be told, or the conversation's end.
pub async fn set(inner: &Rc<Inner>, whose: &Whose) -> Result<()> {
    let Some(published) = sites::find_published(&inner.env, &whose.site).await? else { return Ok(()) };
    site_index::update_listing(inner, whose, &published)?;
    let beat = now() + HEARTBEAT_MS;
    let next = |pending: &Pending| {
        let flying = inner.in_flight.borrow().contains(&pending.seq);
        pending.left.filter(|_| !flying).map_or(beat, |left| left.next)
    };
    let has_people = published.site.settings.desk.is_some();
    let (pending, untold, next_due) = inner.store.read(|store| {
        let untold = has_people && has_board_update(store)?;
        Ok((store.pending()?, untold.then_some(beat), store.next_due()?))
    })?;
    // Where the edge has no key, or has lost it, nobody is told, and nobody need be looked for.
    let due = next_due.filter(|_| has_push_key(&inner.env));
    let first = pending
        .iter()
        .map(next)
        .chain(untold)
        .chain(due)
        .chain([expires_at(inner, &published)?])
        .min()
        .unwrap_or(beat);
    let set = match inner.alarm.get() {
        Some(at) => Some(at),
        None => inner.state.storage().get_alarm().await?.and_then(|at| u64::try_from(at).ok()),
    };
    if set.is_some_and(|at| at > now() && at <= first && at + SLACK_MS >= first) {
        return Ok(());
    }
    let from_now = first.saturating_sub(now()).max(SOONEST_MS);
    inner.alarm.set(None);
    inner.state.storage().set_alarm(Duration::from_millis(from_now)).await?;
    inner.alarm.set(Some(now() + from_now));
    Ok(())
}

/// When the conversation has been silent for as long as the site keeps it, in milliseconds since 1970. One in which
/// nothing was said, but a form was begun or a page said what it is about, counts from its beginning.
fn expires_at(inner: &Inner, published: &Published) -> Result<u64> {
    let (last_at, founded, held_until) = inner.store.read(|store| {
        let erased_at = store.read_erasure()?.map_or(0, |(at, _)| at);
        let last_at = store.last_at()?.max(erased_at);
        Ok((last_at, if last_at == 0 { store.created_at()? } else { None }, store.held_until()?))
    })?;
    let begun = match (last_at, founded) {
        (0, Some(founded)) => founded,
        // An earlier version did not write it down.
        (0, None) => {
            let now = now();
            inner.store.transact(|store| store.set_founded(now))?;
            now
        }
        (last_at, _) => last_at,
    };
    Ok((begun + ticket_life(published).to_millis().0).max(held_until))
}
