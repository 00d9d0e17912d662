//! A visitor's frame, whichever way it comes: by a socket, by a post of the widget's, or from a page without it.

use super::{
    admission::check_admission, alarm, context::ConversationContext, creation::create_conversation,
    execute::execute_effects, identity, speaker::Speaker, sql_store::SqlStore, usage::record_usage,
};
use crate::{platform::now, rpc::conversation::VisitorSession};
use hoi_core::{
    conversation::{self, ConversationStore as _, Effect},
    decide::Published,
    limits::usage::UsageCounts,
};
use std::rc::Rc;
use wire::{Down, Up};
use worker::Result;

/// Somebody who is known says something.
pub async fn handle_frame(
    context: &Rc<ConversationContext>,
    published: &Rc<Published>,
    visit: &VisitorSession,
    up: Up,
    speaker: &impl Speaker<Down>,
) -> Result<()> {
    match up {
        Up::Identify { token } => identity::identify_visitor(context, published, visit, &token, speaker)?,
        Up::Context { values } => {
            identity::store_context(context, published, visit, &values.into_iter().collect(), speaker)?;
        }
        Up::Hello { .. }
        | Up::Say { .. }
        | Up::Stop { .. }
        | Up::Rate { .. }
        | Up::Survey { .. }
        | Up::Typing { .. }
        | Up::Read { .. }
        | Up::Unknown => {
            let effects = match check_admission(context, published, visit, &up)? {
                Ok(()) => apply_frame(context, published, visit, up)?,
                Err(refusal) => vec![refusal.to_reply(&up)],
            };
            return execute_effects(context, &visit.whose, effects, speaker).await;
        }
    }
    alarm::update_if_written(context).await
}

/// Lets the core decide about a frame that nothing keeps out, and write. Runs without a pause, so all of it is written or
/// none is acknowledged. The site's usage ledger follows a moment later: it refuses the next message, never delays this one.
pub fn apply_frame(
    context: &Rc<ConversationContext>,
    published: &Rc<Published>,
    visit: &VisitorSession,
    up: Up,
) -> Result<Vec<Effect<Down>>> {
    if let Some(effects) = conversation::reply_unbegun(&up)
        && !context.store.read(SqlStore::exists)?
    {
        return Ok(effects);
    }
    create_conversation(context, published, visit)?;
    let (said, effects) = context.store.transact(|store| {
        if !visit.status.is_empty() {
            conversation::set_status_url(store, &visit.status)?;
        }
        let before = store.last_seq()?;
        let scratch = &mut context.scratch.borrow_mut();
        let effects = conversation::handle_frame(store, published, up, now(), scratch)?;
        Ok((store.last_seq()? > before, effects))
    })?;
    let counts = UsageCounts { conversations: 0, messages: 1 };
    record_usage(context, published, said.then(|| (visit.address.clone(), counts)));
    Ok(effects)
}
