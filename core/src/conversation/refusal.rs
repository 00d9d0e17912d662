//! Questions that the agency, or what stands before it, refused as they are: a firewall that dislikes one visitor's words would
//! refuse every later question of the conversation too, if those words came along as its history.

use super::{ConversationStore, RecordKey, StoreError};
use crate::connector::MAX_HISTORY;
use wire::Message;

/// Notes that the pending question `seq` was refused.
///
/// # Errors
/// If the store fails.
pub fn record_refusal(store: &mut impl ConversationStore, seq: u64) -> Result<(), StoreError> {
    if let Some(pending) = store.find_pending(seq)? {
        store.put_pending(&super::Pending { refused: true, ..pending })?;
    }
    let mut refused = refused_questions(store)?;
    // What is too old for any history needs no note.
    refused.retain(|before| *before != seq && before.saturating_add(MAX_HISTORY) >= seq);
    refused.push(seq);
    store.write_record(&RecordKey::RefusedQuestions, &refused)
}

/// The question `seq` was answered after all: it is a part of what was said.
///
/// # Errors
/// If the store fails.
pub fn forget_refusal(store: &mut impl ConversationStore, seq: u64) -> Result<(), StoreError> {
    let mut refused = refused_questions(store)?;
    if !refused.contains(&seq) {
        return Ok(());
    }
    refused.retain(|before| *before != seq);
    store.write_record(&RecordKey::RefusedQuestions, &refused)
}

/// `messages` without those that were refused.
///
/// # Errors
/// If the store fails.
pub fn without_refused(
    store: &impl ConversationStore,
    mut messages: Vec<Message>,
) -> Result<Vec<Message>, StoreError> {
    let refused = refused_questions(store)?;
    messages.retain(|message| !refused.contains(&message.seq));
    Ok(messages)
}

fn refused_questions(store: &impl ConversationStore) -> Result<Vec<u64>, StoreError> {
    Ok(store.read_record(&RecordKey::RefusedQuestions)?.unwrap_or_default())
}
