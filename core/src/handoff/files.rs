//! Files at the desk: who may send one, and who may open what.

use super::{people::People, staff_actions::audit_event};
use crate::conversation::{ConversationStore, Effect, StoreError};
use crate::{board::StaffMember, files::Stored};
use wire::Id;

/// Whether `who` may send a file here: whoever may say something.
pub fn may_send(store: &impl ConversationStore, who: &StaffMember) -> Result<bool, StoreError> {
    let with = People::load(store)?.and_then(|people| people.with);
    let mine = with.is_some_and(|(name, _)| name == who.name);
    Ok(mine && who.role.can_answer())
}

/// Somebody at the desk wants the file `id`: it, if it was said in the chat, with what follows. Whoever may read the conversation
/// may open it; that it was opened goes into the trail.
pub fn open_file(
    store: &mut impl ConversationStore,
    who: &StaffMember,
    id: Id,
    now: u64,
) -> Result<Option<(Stored, Effect)>, StoreError> {
    let own = |file: &Stored| file.id == id && file.is_said();
    let Some(file) = store.files()?.into_iter().find(own) else { return Ok(None) };
    let mut people = People::load(store)?.unwrap_or_default();
    people.done.push(audit_event(who, "open_file", now));
    Ok(Some((file, people.save_change(store)?)))
}
