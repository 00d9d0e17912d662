//! Files at the desk: who may send one, and who may open what.

use super::{
    super::{Effect, Log},
    People,
    staff::done,
};
use crate::{desk::Who, files::Stored};
use wire::Id;

/// Whether `who` may send a file here: whoever may say something.
pub fn may_send(log: &impl Log, who: &Who) -> bool {
    let with = People::of(log).and_then(|people| people.with);
    let mine = with.is_some_and(|(name, _)| name == who.name);
    mine && who.role.answers()
}

/// Somebody at the desk wants the file `id`: it, if it was said in the chat, with what follows. Whoever may read the conversation
/// may open it; that it was opened goes into the trail.
pub fn open_file(log: &mut impl Log, who: &Who, id: Id, now: u64) -> Option<(Stored, Effect)> {
    let file = log.files().into_iter().find(|file| file.id == id && file.is_said())?;
    let mut people = People::of(log).unwrap_or_default();
    people.done.push(done(who, "open_file", now));
    Some((file, people.change(log)))
}
