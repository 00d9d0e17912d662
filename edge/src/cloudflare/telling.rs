//! A conversation tells its site's board how it stands with people. What the board has not heard is told again: by the
//! next thing that happens here, and by the alarm.

use super::{board_object::board, conversing::Inner, platform::now, sites};
use crate::{
    conversation::{Log, assume_unattended, telling, told},
    desk::{Asked, Placed},
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
    let Some(whose) = inner.log.borrow().whose()? else { return Ok(()) };
    let Some(published) = sites::published(&inner.env, &whose.site).await? else { return Ok(()) };
    loop {
        let next = telling(&*inner.log.borrow(), &published, whose.conversation);
        let Some((rev, telling)) = next else { return Ok(()) };
        let placed: Option<Placed> = board(&inner.env, &whose.site, "told", &telling).await?.json().await?;
        let effects = {
            let mut log = inner.log.borrow_mut();
            let effects = told(&mut *log, &published, rev, telling.done.len(), placed, now());
            log.check()?;
            effects
        };
        inner.tell(effects)?;
    }
}

/// Who asked for a person is told something, though the board can't be.
async fn alone(inner: &Rc<Inner>) -> Result<()> {
    let Some(whose) = inner.log.borrow().whose()? else { return Ok(()) };
    let Some(published) = sites::published(&inner.env, &whose.site).await? else { return Ok(()) };
    let effects = {
        let mut log = inner.log.borrow_mut();
        let effects = assume_unattended(&mut *log, &published, now());
        log.check()?;
        effects
    };
    inner.tell(effects)
}

/// The board places somebody who waits, because another has gone.
pub async fn placed(inner: &Rc<Inner>, placed: Placed) -> Result<()> {
    let Some(whose) = inner.log.borrow().whose()? else { return Ok(()) };
    let Some(published) = sites::published(&inner.env, &whose.site).await? else { return Ok(()) };
    let effects = {
        let mut log = inner.log.borrow_mut();
        let effects = crate::conversation::place(&mut *log, &published, placed, now());
        log.check()?;
        effects
    };
    inner.tell(effects)
}

/// Brings what was not answered to the board. Lost if that fails, as counts are.
pub async fn wonder(env: Env, site: String, asked: Asked) {
    if let Err(error) = board(&env, &site, "wonder", &asked).await {
        worker::console_warn!("site {site}: what was not answered could not be listed: {error}");
    }
}

/// The conversation's time is over: the board lists it no longer.
pub async fn gone(inner: &Inner) {
    let (Ok(Some(whose)), true) = (inner.log.borrow().whose(), inner.log.borrow().record("people").is_some())
    else {
        return;
    };
    let id: Id = whose.conversation;
    if let Err(error) = board(&inner.env, &whose.site, "gone", &id).await {
        worker::console_warn!("site {}: the board still lists {id}: {error}", whose.site);
    }
}
