//! What the agency says of its own accord, in the Conversation object.

use super::{
    context::ConversationContext, documents, execute::execute_effects, speaker::Nobody, sql_store::SqlStore,
    usage::record_usage,
};
use crate::{cache::sites, platform::now, rpc::conversation::DeliverCallback};
use hoi_core::conversation;
use std::rc::Rc;
use worker::Result;

/// The agency says something; gives its place. `None`: nothing was ever said here.
pub async fn handle_callback(
    context: &Rc<ConversationContext>,
    delivered: DeliverCallback,
) -> Result<Option<u64>> {
    let DeliverCallback { whose, mut callback } = delivered;
    // Of an erased conversation only its cases are there.
    let is_case = callback.case.is_some();
    let is_there = |store: &SqlStore| Ok(store.is_of(&whose)? && (is_case || !store.is_erased()?));
    if !context.store.read(is_there)? {
        return Ok(None);
    }
    let Some(published) = sites::find_published(&context.env, &whose.site).await? else { return Ok(None) };
    documents::store_enclosed(context, &whose, &mut callback)?;
    let decide = |store: &mut SqlStore| conversation::handle_callback(store, &published, callback, now());
    let arrived = context.store.transact(decide)?;
    record_usage(context, &published, None);
    let Some(arrived) = arrived else { return Ok(None) };
    documents::delete_outlived(context)?;
    execute_effects(context, &whose, arrived.effects, &Nobody).await?;
    Ok(Some(arrived.seq))
}
