//! The cases of a conversation as they are kept.

use super::{ConversationStore, Pending, RecordKey, RecordSpace, StoreError};
use crate::{
    application::case::{self, Case},
    metrics::Happened,
};

/// The case called `number`.
///
/// # Errors
/// [`StoreError::Corrupt`] for one that is there and can't be read: it is never taken for none.
pub fn find_case(store: &impl ConversationStore, number: &str) -> Result<Option<Case>, StoreError> {
    store.read_record(&RecordKey::Case(number))
}

/// The cases that were handed in here.
pub fn list_cases(store: &impl ConversationStore) -> Result<Vec<Case>, StoreError> {
    store.read_records(RecordSpace::Cases)
}

/// Until when the conversation is kept for its cases' sake, in milliseconds since 1970.
pub fn held_until(store: &impl ConversationStore) -> Result<u64, StoreError> {
    let open = list_cases(store)?.into_iter().filter(|case| !case.state.is_over());
    Ok(open.map(|case| case.filed_at + case::LIFE_MS).max().unwrap_or_default())
}

/// Keeps `case`, in place of what was kept under its number.
pub fn put_case(store: &mut impl ConversationStore, case: &Case) -> Result<(), StoreError> {
    store.write_record(&RecordKey::Case(&case.number), case)?;
    store.count_event(Happened::Case(case.procedure.clone(), case.state));
    Ok(())
}

/// The case that `pending` hands in, if it does.
pub(crate) fn pending_case(
    store: &impl ConversationStore,
    pending: &Pending,
) -> Result<Option<Case>, StoreError> {
    pending.case.as_ref().map_or(Ok(None), |number| find_case(store, number))
}

/// The site's page on which cases are looked up is `address`.
pub fn set_status_url(store: &mut impl ConversationStore, address: &str) -> Result<(), StoreError> {
    if store.record(&RecordKey::StatusUrl)?.as_deref() != Some(address) {
        store.set_record(&RecordKey::StatusUrl, Some(address))?;
    }
    Ok(())
}
