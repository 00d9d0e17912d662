//! A conversation tells its site's index that it is there, and by which hashes it is found. Told again by the next thing
//! that happens here, should that fail.

use super::context::ConversationContext;
use crate::{
    platform::{config::edge_secret, now},
    rpc::{
        ObjectCall as _,
        conversation::{ConversationKey, ticket_life},
        site::IndexConversation,
    },
};
use hoi_core::{
    conversation::{ConversationStore as _, RecordKey},
    decide::Published,
    erasure::{self, IndexEntry, Listing},
};
use std::rc::Rc;
use worker::Result;

/// Has the index told, unless it knows.
pub fn update_listing(
    context: &Rc<ConversationContext>,
    whose: &ConversationKey,
    published: &Published,
) -> Result<()> {
    // Of what was erased the index knows; what is still on its way in memory comes by here, too.
    if context.store.read(|store| Ok(store.is_erased()? || store.conversation_key()?.is_none()))? {
        return Ok(());
    }
    let secret = edge_secret(&context.env);
    let (tags, held_until) = context
        .store
        .read(|store| Ok((erasure::index_tags(store, &secret, &whose.site)?, store.held_until()?)))?;
    let known = read_listing(context)?;
    let fresh = IndexEntry { tags, at: now() };
    if known.still_says(&fresh) {
        return Ok(());
    }
    // Whoever asks meanwhile is not to tell it again.
    context.listed.replace(Some(fresh.clone()));
    let life_ms = ticket_life(published).to_millis().0;
    let listing = fresh.to_listing(whose.conversation, life_ms, held_until);
    let (this, site) = (context.clone(), whose.site.clone());
    context.state.wait_until(async move {
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
pub async fn remove_listing(context: &ConversationContext) {
    let Ok(Some(whose)) = context.key() else { return };
    let conversation = whose.conversation;
    let listing = Listing { conversation, tags: Vec::new(), until: 0, erased: true };
    if let Err(error) = IndexConversation(listing).call(&context.env, &whose.site).await {
        worker::console_warn!("site {}: the index still lists {conversation}: {error}", whose.site);
    }
}

fn read_listing(context: &ConversationContext) -> Result<IndexEntry> {
    if let Some(listed) = &*context.listed.borrow() {
        return Ok(listed.clone());
    }
    let kept: Option<IndexEntry> = context.store.read(|store| store.read_record(&RecordKey::IndexEntry))?;
    let listed = kept.unwrap_or_default();
    context.listed.replace(Some(listed.clone()));
    Ok(listed)
}

fn write_listing(context: &ConversationContext, listed: &IndexEntry) -> Result<()> {
    context.store.transact(|store| match store.conversation_key()? {
        Some(_) => store.write_record(&RecordKey::IndexEntry, listed),
        // It was erased meanwhile.
        None => Ok(()),
    })
}

/// The hash of this conversation of `site`, if anything was written here.
pub fn conversation_tag(context: &ConversationContext, site: &str) -> Option<String> {
    let whose = context.key().ok().flatten()?;
    Some(erasure::conversation_tag(&edge_secret(&context.env), site, whose.conversation))
}
