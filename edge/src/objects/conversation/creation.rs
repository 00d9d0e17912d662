//! How a conversation begins: nothing of it is there before somebody with a good ticket asks for it, and whoever begins
//! one has it counted.

use super::{context::ConversationContext, sql_store::SqlStore, usage::record_usage};
use crate::{
    cache::{sites, usage},
    platform::now,
    rpc::conversation::{DataRequest, VisitorSession},
};
use hoi_core::{decide::Published, limits::usage::UsageCounts};
use std::rc::Rc;
use worker::Result;

/// Makes the tables, if there are none: that counts as a conversation begun, whatever it is begun with, and its end is
/// set with it.
pub fn create_conversation(
    context: &ConversationContext,
    published: &Rc<Published>,
    visit: &VisitorSession,
) -> Result<()> {
    if context.store.read(SqlStore::exists)? {
        return Ok(());
    }
    if context.store.transact(|store| store.create_tables(&visit.whose, now()))? {
        count_begun(context, published, visit);
    }
    Ok(())
}

/// Somebody with a good ticket asks for a conversation in which nothing was written yet. The object is there by that, and
/// on a server its file: it counts as begun, once.
pub fn count_unwritten(
    context: &ConversationContext,
    published: &Rc<Published>,
    visit: &VisitorSession,
) -> Result<()> {
    if !context.store.read(SqlStore::exists)? {
        count_begun(context, published, visit);
    }
    Ok(())
}

/// The same where nobody has looked yet how the site stands.
pub async fn count_if_new(context: &ConversationContext, visit: &VisitorSession) -> Result<()> {
    if context.store.read(SqlStore::exists)? {
        return Ok(());
    }
    if let Some(published) = sites::find_published(&context.env, &visit.whose.site).await? {
        count_unwritten(context, &published, visit)?;
    }
    Ok(())
}

/// The same of a visitor who wishes to erase the conversation, to have a copy, or to know what there is.
pub async fn count_request(context: &ConversationContext, wish: DataRequest) -> Result<DataRequest> {
    if let Some(generation) = wish.generation {
        let (whose, address) = (wish.whose.clone(), wish.address.clone());
        count_if_new(context, &VisitorSession { whose, generation, address, status: String::new() }).await?;
    }
    Ok(wish)
}

fn count_begun(context: &ConversationContext, published: &Rc<Published>, visit: &VisitorSession) {
    if !context.counted.replace(true) && usage::is_new(visit.whose.conversation) {
        let counts = UsageCounts { conversations: 1, messages: 0 };
        record_usage(context, published, Some((visit.address.clone(), counts)));
    }
}
