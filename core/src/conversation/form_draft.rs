//! Answers of a form that was begun: sealed by the shell, which has the key, and kept by the form's name.

use super::{ConversationStore, RecordKey, StoreError};
use crate::handoff;

/// The sealed answers of `form`: a procedure's name, or [`super::PAPERS_FORM`] and a case's number.
pub fn form_draft(store: &impl ConversationStore, form: &str) -> Result<Option<String>, StoreError> {
    let sealed = store.record(&RecordKey::FormDraft(form))?;
    Ok(sealed.filter(|sealed| !handoff::is_held_answer(sealed)))
}

/// Keeps the sealed answers of `form`, or none any more. An answer that an earlier version held back under the same key stays.
pub fn set_form_draft(
    store: &mut impl ConversationStore,
    form: &str,
    sealed: Option<&str>,
) -> Result<(), StoreError> {
    handoff::move_legacy_held_answer(store, form)?;
    store.set_record(&RecordKey::FormDraft(form), sealed)
}
