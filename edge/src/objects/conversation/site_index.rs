//! A conversation tells its site's index that it is there, and by which hashes it is found. Told again by the next thing
//! that happens here, should that fail.

use super::{
    context::Inner,
    sql_store::{SqlStore, Whose},
};
use crate::{
    platform::{config::edge_secret, now},
    rpc::{ObjectCall as _, conversation::ticket_life, site::IndexConversation},
};
use hoi_core::{
    conversation::{ConversationStore as _, RecordKey},
    decide::Published,
    erasure::{self, Listing},
};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use worker::Result;

/// The index is told anew after this long, in milliseconds, and lists a conversation for longer than that: so what is in
/// use stays listed, and what is gone is not for ever.
const AGAIN_MS: u64 = 7 * 86_400_000;

/// What the index was told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexEntry {
    tags: Vec<String>,
    /// In milliseconds since 1970.
    at: u64,
}

/// Has the index told, unless it knows.
pub fn update_listing(inner: &Rc<Inner>, whose: &Whose, published: &Published) -> Result<()> {
    // Of what was erased the index knows; what is still on its way in memory comes by here, too.
    if inner.store.read(|store| Ok(store.is_erased()? || store.conversation_key()?.is_none()))? {
        return Ok(());
    }
    let secret = edge_secret(&inner.env);
    let (tags, held_until) = inner
        .store
        .read(|store| Ok((erasure::index_tags(store, &secret, &whose.site)?, store.held_until()?)))?;
    let known = read_listing(inner)?;
    let fresh = IndexEntry { tags, at: now() };
    if known.tags == fresh.tags && known.at != 0 && fresh.at.saturating_sub(known.at) < AGAIN_MS {
        return Ok(());
    }
    // Whoever asks meanwhile is not to tell it again.
    inner.listed.replace(Some(fresh.clone()));
    let life = ticket_life(published).to_millis().0;
    let until = (fresh.at + life).max(held_until) + 2 * AGAIN_MS;
    let listing =
        Listing { conversation: whose.conversation, tags: fresh.tags.clone(), until, erased: false };
    let (this, site) = (inner.clone(), whose.site.clone());
    inner.state.wait_until(async move {
        let told = IndexConversation(listing).call(&this.env, &site).await;
        let kept = told.and_then(|()| write_listing(&this, &fresh));
        if let Err(error) = kept {
            worker::console_warn!("site {site}: the index was not told, and will be later: {error}");
            this.listed.take();
        }
    });
    Ok(())
}

/// Its time is over: the index lists it no longer. Should that fail it ends by itself.
pub async fn remove_listing(inner: &Inner) {
    let Ok(Some(whose)) = inner.store.read(SqlStore::conversation_key) else { return };
    let conversation = whose.conversation;
    let listing = Listing { conversation, tags: Vec::new(), until: 0, erased: true };
    if let Err(error) = IndexConversation(listing).call(&inner.env, &whose.site).await {
        worker::console_warn!("site {}: the index still lists {conversation}: {error}", whose.site);
    }
}

fn read_listing(inner: &Inner) -> Result<IndexEntry> {
    if let Some(listed) = &*inner.listed.borrow() {
        return Ok(listed.clone());
    }
    let kept: Option<IndexEntry> = inner.store.read(|store| store.read_record(&RecordKey::IndexEntry))?;
    let listed = kept.unwrap_or_default();
    inner.listed.replace(Some(listed.clone()));
    Ok(listed)
}

fn write_listing(inner: &Inner, listed: &IndexEntry) -> Result<()> {
    inner.store.transact(|store| match store.conversation_key()? {
        Some(_) => store.write_record(&RecordKey::IndexEntry, listed),
        // It was erased meanwhile.
        None => Ok(()),
    })
}

/// The hash of this conversation of `site`, if anything was written here.
pub fn conversation_tag(inner: &Inner, site: &str) -> Option<String> {
    let whose = inner.store.read(SqlStore::conversation_key).ok().flatten()?;
    Some(erasure::conversation_tag(&edge_secret(&inner.env), site, whose.conversation))
}
