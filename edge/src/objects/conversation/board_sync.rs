//! A conversation tells its site's board how it stands with people. What the board has not heard is told again: by the
//! next thing that happens here, and by the alarm.

use super::{
    context::Inner,
    execute::{Nobody, execute},
    sql_store::SqlStore,
};
use crate::{
    cache::sites,
    platform::now,
    rpc::{
        ObjectCall as _,
        board::{RecordUnanswered, RemoveConversation, UpdateHandoff},
    },
};
use hoi_core::{
    board::{Asked, Placed},
    conversation::{ConversationStore as _, RecordKey, assume_unattended, place, telling, told},
};
use std::rc::Rc;
use wire::Id;
use worker::{Env, Result};

/// A telling that takes longer will never end, in milliseconds.
const GIVEN_UP_MS: u64 = 10_000;

/// Has the board told, unless somebody is at that already.
pub fn tell(inner: &Rc<Inner>) {
    let idle = inner.telling.get().is_none_or(|since| now().saturating_sub(since) > GIVEN_UP_MS);
    if !idle {
        return;
    }
    inner.telling.set(Some(now()));
    let this = inner.clone();
    inner.state.wait_until(async move {
        if let Err(error) = bring(&this).await {
            worker::console_warn!("the board was not told, and will be later: {error}");
            if let Err(error) = alone(&this).await {
                worker::console_error!("and who waits could not be told: {error}");
            }
        }
        this.telling.set(None);
    });
}

async fn bring(inner: &Rc<Inner>) -> Result<()> {
    let Some(whose) = inner.store.read(SqlStore::whose)? else { return Ok(()) };
    let Some(published) = sites::published(&inner.env, &whose.site).await? else { return Ok(()) };
    loop {
        let next = inner.store.read(|store| telling(store, &published, whose.conversation))?;
        let Some((rev, telling)) = next else { return Ok(()) };
        let done = telling.done.len();
        let placed = UpdateHandoff(telling).call(&inner.env, &whose.site).await?;
        let effects = inner.store.transact(|store| told(store, &published, rev, done, placed, now()))?;
        execute(inner, &whose, effects, &Nobody).await?;
    }
}

/// Who asked for a person is told something, though the board can't be.
async fn alone(inner: &Rc<Inner>) -> Result<()> {
    let Some(whose) = inner.store.read(SqlStore::whose)? else { return Ok(()) };
    let Some(published) = sites::published(&inner.env, &whose.site).await? else { return Ok(()) };
    let effects = inner.store.transact(|store| assume_unattended(store, &published, now()))?;
    execute(inner, &whose, effects, &Nobody).await
}

/// The board places somebody who waits, because another has gone.
pub async fn placed(inner: &Rc<Inner>, placed: Placed) -> Result<()> {
    let Some(whose) = inner.store.read(SqlStore::whose)? else { return Ok(()) };
    let Some(published) = sites::published(&inner.env, &whose.site).await? else { return Ok(()) };
    let effects = inner.store.transact(|store| place(store, &published, placed, now()))?;
    execute(inner, &whose, effects, &Nobody).await
}

/// Brings what was not answered to the board. Lost if that fails, as counts are.
pub async fn wonder(env: Env, site: String, asked: Asked) {
    if let Err(error) = RecordUnanswered(asked).call(&env, &site).await {
        worker::console_warn!("site {site}: what was not answered could not be listed: {error}");
    }
}

/// The conversation's time is over: the board lists it no longer.
pub async fn gone(inner: &Inner) {
    let known = inner.store.read(|store| Ok(store.whose()?.zip(store.record(&RecordKey::Handoff)?)));
    // Whatever is wrong with the store, its time is over.
    let Ok(Some((whose, _))) = known else { return };
    let id: Id = whose.conversation;
    if let Err(error) = RemoveConversation(id).call(&inner.env, &whose.site).await {
        worker::console_warn!("site {}: the board still lists {id}: {error}", whose.site);
    }
}
