//! What was used in a conversation, and what happened there: counted for the site, and listed where nobody could answer.

use super::{context::ConversationContext, site_index};
use crate::{
    cache::usage,
    rpc::{ObjectCall as _, board::RecordUnanswered},
};
use hoi_core::{board::UnansweredBatch, decide::Published, limits::usage::UsageCounts};
use std::rc::Rc;
use worker::Env;

/// Has what was used counted, and what happened.
pub fn record_usage(
    context: &ConversationContext,
    published: &Rc<Published>,
    used: Option<(Option<String>, UsageCounts)>,
) {
    let (happened, questions) = context.store.take_events();
    if !questions.is_empty() {
        let settings = &published.site.settings;
        let site = settings.site.clone();
        let tag = site_index::conversation_tag(context, &site).unwrap_or_default();
        let batch = UnansweredBatch { questions, keep_days: settings.retention_days, tag };
        context.state.wait_until(record_unanswered(context.env.clone(), site, batch));
    }
    if used.is_none() && happened.is_empty() {
        return;
    }
    if let Some(bringing) = usage::record_usage(&context.env, published, used, &happened) {
        context.state.wait_until(bringing);
    }
}

/// Brings what was not answered to the board. Lost if that fails, as counts are.
async fn record_unanswered(env: Env, site: String, batch: UnansweredBatch) {
    if let Err(error) = RecordUnanswered(batch).call(&env, &site).await {
        worker::console_warn!("site {site}: what was not answered could not be listed: {error}");
    }
}
