//! A conversation tells its site's index that it is there, and by which hashes it is found. Told again by the next thing
//! that happens here, should that fail.

use super::{config::text, conversing::Inner, frame::ticket_life, platform::now, sites, sql_log::Whose};
use crate::{
    conversation::Log as _,
    erasure::{self, Listing},
    turn::Published,
};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use worker::{Env, Error, Result};

/// Under which name it is kept what the index knows.
const RECORD: &str = "listed";
/// The index is told anew after this long, in milliseconds, and lists a conversation for longer than that: so what is in
/// use stays listed, and what is gone is not for ever.
const AGAIN_MS: u64 = 7 * 86_400_000;

/// What the index was told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    tags: Vec<String>,
    /// In milliseconds since 1970.
    at: u64,
}

/// The secret that hashes are keyed with.
pub fn secret(env: &Env) -> Vec<u8> {
    text(env, "HOI_SECRET").unwrap_or_default().into_bytes()
}

/// Has the index told, unless it knows.
pub fn list(inner: &Rc<Inner>, whose: &Whose, published: &Published) {
    // Of what was erased the index knows; what is still on its way in memory comes by here, too.
    let gone = inner.log.borrow().is_erased() || !matches!(inner.log.borrow().whose(), Ok(Some(_)));
    if gone {
        return;
    }
    let tags = erasure::tags(&*inner.log.borrow(), &secret(&inner.env), &whose.site);
    let known = known(inner);
    let fresh = Listed { tags, at: now() };
    if known.tags == fresh.tags && known.at != 0 && fresh.at.saturating_sub(known.at) < AGAIN_MS {
        return;
    }
    // Whoever asks meanwhile is not to tell it again.
    inner.listed.replace(Some(fresh.clone()));
    let life = ticket_life(published) * 1000;
    let until = (fresh.at + life).max(inner.log.borrow().held_until()) + 2 * AGAIN_MS;
    let listing =
        Listing { conversation: whose.conversation, tags: fresh.tags.clone(), until, erased: false };
    let (this, site) = (inner.clone(), whose.site.clone());
    inner.state.wait_until(async move {
        let told = tell(&this.env, &site, &listing).await;
        let kept = told.and_then(|()| keep(&this, &fresh));
        if let Err(error) = kept {
            worker::console_warn!("site {site}: the index was not told, and will be later: {error}");
            this.listed.take();
        }
    });
}

/// Its time is over: the index lists it no longer. Should that fail it ends by itself.
pub async fn gone(inner: &Inner) {
    let Ok(Some(whose)) = inner.log.borrow().whose() else { return };
    let conversation = whose.conversation;
    let listing = Listing { conversation, tags: Vec::new(), until: 0, erased: true };
    if let Err(error) = tell(&inner.env, &whose.site, &listing).await {
        worker::console_warn!("site {}: the index still lists {conversation}: {error}", whose.site);
    }
}

/// Tells the index.
pub async fn tell(env: &Env, site: &str, listing: &Listing) -> Result<()> {
    match sites::ask(env, site, "list", Some(serde_json::to_vec(listing)?)).await?.status_code() {
        200..=299 => Ok(()),
        status => Err(Error::RustError(format!("the index answers {status}"))),
    }
}

fn known(inner: &Inner) -> Listed {
    if let Some(listed) = &*inner.listed.borrow() {
        return listed.clone();
    }
    let kept = inner.log.borrow().record(RECORD);
    let listed: Listed = kept.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    inner.listed.replace(Some(listed.clone()));
    listed
}

fn keep(inner: &Inner, listed: &Listed) -> Result<()> {
    let mut log = inner.log.borrow_mut();
    // It may have been erased meanwhile.
    if log.whose()?.is_some() {
        log.set_record(RECORD, Some(&serde_json::to_string(listed)?));
    }
    log.check()
}

/// The hash of this conversation of `site`, if anything was written here.
pub fn tag(inner: &Inner, site: &str) -> Option<String> {
    let whose = inner.log.borrow().whose().ok().flatten()?;
    Some(erasure::conversation_tag(&secret(&inner.env), site, whose.conversation))
}
