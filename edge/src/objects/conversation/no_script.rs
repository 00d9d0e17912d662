//! What a page without the widget posts, in the Conversation object.

use super::{
    admission::check_admission,
    context::ConversationContext,
    creation::count_unwritten,
    execute::execute_effects,
    frames::apply_frame,
    speaker::{ByPost, Nobody},
    sql_store::SqlStore,
};
use crate::{
    cache::{attach_data, sites},
    platform::now,
    rpc::conversation::{ConversationSnapshot, PostMessage, VisitorSession},
};
use hoi_core::{
    conversation::{self, ConversationStore as _, PersonalDataHandling, PersonalDataWarning, PostRejection},
    decide::Published,
};
use std::{rc::Rc, time::Duration};
use wire::{Down, Fault, Up, limits};
use worker::{Delay, Result};

/// How long a page without the widget waits for the agency before it is shown as it is, in milliseconds.
const PAGE_WAIT_MS: u64 = 8_000;

/// Why what was posted was not taken, if it wasn't.
#[derive(Default)]
struct PostRefusal {
    fault: Option<Fault>,
    retry_ms: Option<u64>,
    asked: PersonalDataWarning,
}

/// Takes what was said, waits a little for the agency, and gives the whole conversation.
pub async fn handle_post(
    context: &Rc<ConversationContext>,
    post: PostMessage,
) -> Result<ConversationSnapshot> {
    let PostMessage { visit, up, unasked } = post;
    let whose = &visit.whose;
    let refused = |fault| ConversationSnapshot { fault: Some(fault), ..ConversationSnapshot::default() };
    if !context.is_current(&visit)? {
        let erased = context.store.read(SqlStore::is_erased)?;
        return Ok(ConversationSnapshot { erased, ..refused(Fault::Ticket) });
    }
    let Some(published) = sites::find_published(&context.env, &whose.site).await? else {
        return Ok(refused(Fault::NoSite));
    };
    count_unwritten(context, &published, &visit)?;
    let refusal = match up {
        Some(up) => {
            if let Err(error) = attach_data(&context.env, &published).await {
                worker::console_error!("what was posted could not be handled: {error}");
                return Ok(refused(Fault::Internal));
            }
            take_post(context, &published, &visit, up, unasked).await?
        }
        None => {
            let withdraw = |store: &mut SqlStore| conversation::withdraw_place(store, &published, now());
            let effects = context.store.transact(withdraw)?;
            execute_effects(context, whose, effects, &Nobody).await?;
            PostRefusal::default()
        }
    };
    let until = now() + PAGE_WAIT_MS;
    while is_awaited(context)? && now() < until {
        Delay::from(Duration::from_millis(100)).await;
    }
    let waiting = is_awaited(context)?;
    let PostRefusal { fault, retry_ms, asked } = refusal;
    context.store.read(|store| {
        let rated = conversation::rated_answers(store)?.unwrap_or_default();
        let messages = store.messages_after(0, limits::MAX_RESUME)?;
        let queue = conversation::queue_line(store)?;
        Ok(ConversationSnapshot { messages, waiting, fault, retry_ms, asked, rated, queue, erased: false })
    })
}

async fn take_post(
    context: &Rc<ConversationContext>,
    published: &Rc<Published>,
    visit: &VisitorSession,
    up: Up,
    unasked: PersonalDataHandling,
) -> Result<PostRefusal> {
    let mut refusal = PostRefusal::default();
    let taken = match check_admission(context, published, visit, &up)? {
        Err(refusal) => Err(PostRejection::TooFast(refusal.retry_ms())),
        Ok(()) => {
            context.store.transact(|store| conversation::check_post(store, published, up, unasked, now()))?
        }
    };
    let effects = match taken {
        Ok(up) => apply_frame(context, published, visit, up)?,
        Err(PostRejection::Ask(found)) => {
            (refusal.fault, refusal.asked) = (Some(Fault::Personal), found);
            Vec::new()
        }
        Err(PostRejection::TooFast(wait)) => {
            (refusal.fault, refusal.retry_ms) = (Some(Fault::TooFast), Some(wait));
            Vec::new()
        }
    };
    let answer = ByPost::default();
    execute_effects(context, &visit.whose, effects, &answer).await?;
    for frame in answer.0.into_inner() {
        if let Down::Fault { code, retry_ms, .. } = frame {
            (refusal.fault, refusal.retry_ms) = (Some(code), retry_ms);
        }
    }
    Ok(refusal)
}

/// Whether an answer is about to come. Who has asked for a person is about to be told how it stands.
fn is_awaited(context: &ConversationContext) -> Result<bool> {
    context.store.read(|store| {
        let is_pending = store.pending()?.iter().any(|pending| pending.left.is_none());
        Ok(is_pending || conversation::awaits_place(store)?)
    })
}
