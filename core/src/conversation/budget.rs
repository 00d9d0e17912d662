//! What a visitor may send: one budget a conversation.

use super::{ConversationStore, StoreError};
use crate::{decide::Published, limits::sanitize::Budget};

/// Takes one out of what the visitor may send.
///
/// # Errors
/// How long to wait, in milliseconds.
pub fn take_budget(
    store: &mut impl ConversationStore,
    published: &Published,
    now: u64,
) -> Result<Result<(), u64>, StoreError> {
    let limits = &published.site.settings.limits;
    let mut budget = store.budget()?.unwrap_or_else(|| Budget::new_full(limits, now));
    // What is refused is not written down: on a disk that others use too, that would be most of what a flood costs.
    if let Err(wait) = budget.take_message(limits, now) {
        return Ok(Err(wait));
    }
    store.set_budget(budget)?;
    Ok(Ok(()))
}

/// How long to wait before the visitor may send the next one, in milliseconds, if the budget is used up for now. Nothing is taken.
pub fn budget_wait(
    store: &impl ConversationStore,
    published: &Published,
    now: u64,
) -> Result<Option<u64>, StoreError> {
    let limits = &published.site.settings.limits;
    Ok(store.budget()?.and_then(|mut budget| budget.take_message(limits, now).err()))
}
