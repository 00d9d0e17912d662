//! Where a visitor's messages are rate-limited: so many a minute and a day, one [`MessageBudget`] a conversation.
//!
//! A message is charged when it is written ([`apply_message_rate_limit`], called by `handle_say` and by all else that a visitor has
//! written down). Before that, [`super::admission`] asks how long to wait ([`message_rate_limit_wait`]) together with all other limits;
//! [`crate::limits`] lists those.

use super::{ConversationStore, StoreError};
use crate::{decide::Published, limits::message_budget::MessageBudget};

/// Charges the visitor for one message.
///
/// # Errors
/// How long to wait, in milliseconds.
pub fn apply_message_rate_limit(
    store: &mut impl ConversationStore,
    published: &Published,
    now: u64,
) -> Result<Result<(), u64>, StoreError> {
    let limits = &published.site.settings.limits;
    let mut budget = store.budget()?.unwrap_or_else(|| MessageBudget::new_full(limits, now));
    // What is refused is not written down: on a disk that others use too, that would be most of what a flood costs.
    if let Err(wait) = budget.take_message(limits, now) {
        return Ok(Err(wait));
    }
    store.set_budget(budget)?;
    Ok(Ok(()))
}

/// How long to wait before the visitor may send the next one, in milliseconds, if the budget is used up for now. Nothing is taken.
pub fn message_rate_limit_wait(
    store: &impl ConversationStore,
    published: &Published,
    now: u64,
) -> Result<Option<u64>, StoreError> {
    let limits = &published.site.settings.limits;
    Ok(store.budget()?.and_then(|mut budget| budget.take_message(limits, now).err()))
}
