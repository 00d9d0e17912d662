//! Files that were sent before the message that names them.

use super::{ConversationStore, StoreError};
use crate::files::Stored;
use wire::{Block, Id, Message, limits};

/// The files `ids` that were sent before and not said yet, by this account or by the visitor; nothing if one of them is not
/// there.
pub(crate) fn unsent_files(
    store: &impl ConversationStore,
    ids: &[Id],
    by: Option<&str>,
) -> Result<Option<Vec<Stored>>, StoreError> {
    if ids.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let kept = store.files()?;
    let own = |file: &&Stored| file.seq.is_none() && file.owner.is_none() && file.by.as_deref() == by;
    let find = |id: &Id| kept.iter().filter(own).find(|file| file.id == *id).cloned();
    let found: Option<Vec<Stored>> = ids.iter().map(find).collect();
    Ok(found.filter(|found| found.len() <= limits::MAX_FILES))
}

/// `files` as they stand in a message.
pub(crate) fn file_blocks(files: &[Stored]) -> impl Iterator<Item = Block> {
    files.iter().map(|file| Block::File(file.to_file()))
}

/// `files` are part of the message `seq`.
pub(crate) fn attach_files(
    store: &mut impl ConversationStore,
    files: Vec<Stored>,
    seq: u64,
) -> Result<(), StoreError> {
    files.into_iter().try_for_each(|file| store.put_file(&Stored { seq: Some(seq), ..file }))
}

/// The files of a visitor's message.
pub(crate) fn file_ids(message: &Message) -> Vec<Id> {
    let id = |block: &Block| if let Block::File(file) = block { file.id } else { None };
    message.body.blocks.iter().filter_map(id).collect()
}
