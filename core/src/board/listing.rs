//! What a board lists, and what follows when a conversation says how it stands.

use super::{Placed, StaffMember, queue_positions, usual_wait_minutes};
use std::collections::{BTreeMap, BTreeSet};
use wire::{
    Id,
    desk::{Chat, MAX_LISTED, Person, Presence, Stage},
};

/// So many of those who wait are told of a new place at once; the others with the next change.
const TOLD_AT_ONCE: usize = 50;

/// Whether somebody waits for something in it, or is being served.
pub fn is_going(chat: &Chat) -> bool {
    chat.drafts > 0 || matches!(chat.stage, Stage::Waiting | Stage::With)
}

/// Those of `chats`, the newest first, that are listed: all that are going on, then as many of the others as there is room.
pub fn listed_chats(chats: Vec<Chat>) -> Vec<Chat> {
    let (mut going, over): (Vec<Chat>, Vec<Chat>) = chats.into_iter().partition(is_going);
    let room = MAX_LISTED.saturating_sub(going.len());
    going.extend(over.into_iter().take(room));
    going
}

/// What a conversation's new state changes at the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueChange {
    /// How long its visitor has waited until somebody came just now, in milliseconds.
    pub waited_ms: Option<u64>,
    /// Whether places in the queue may be others now.
    pub moved: bool,
}

/// What `chat` changes at the board, which knows it as `before`; nothing if it has heard of a later state.
pub fn queue_change(before: Option<&Chat>, chat: &Chat, now: u64) -> Option<QueueChange> {
    if before.is_some_and(|before| before.rev >= chat.rev) {
        return None;
    }
    let was = before.map(|before| before.stage);
    let taken = was == Some(Stage::Waiting) && chat.stage == Stage::With;
    let moved = was != Some(chat.stage) || before.is_some_and(|before| before.department != chat.department);
    Some(QueueChange { waited_ms: taken.then(|| now.saturating_sub(chat.since)), moved })
}

/// How it stands with each who waits. `here` people take conversations; others waited lately as `waits` says, in
/// milliseconds.
pub fn place_waiting(chats: &[Chat], here: u32, waits: Vec<u64>) -> BTreeMap<Id, Placed> {
    let wait_minutes = usual_wait_minutes(waits);
    let place = |(id, place)| (id, Placed { place, here, wait_minutes });
    queue_positions(chats.iter()).into_iter().map(place).collect()
}

/// Whom of those who wait to tell what of `new` they were not told as `old`, but for `own`, who is told otherwise.
pub fn changed_places(
    old: &BTreeMap<Id, Placed>,
    new: &BTreeMap<Id, Placed>,
    own: Option<Id>,
) -> Vec<(Id, Placed)> {
    let changed = new.iter().filter(|(id, placed)| Some(**id) != own && old.get(id) != Some(placed));
    changed.map(|(id, placed)| (*id, *placed)).take(TOLD_AT_ONCE).collect()
}

/// Who is there, by name, with `desks` open: here, if one of their desks is.
pub fn list_people(chats: &[Chat], desks: impl IntoIterator<Item = (StaffMember, Presence)>) -> Vec<Person> {
    let with = |name: &str| {
        chats.iter().filter(|chat| chat.stage == Stage::With && chat.with.as_deref() == Some(name)).count()
    };
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    for (who, presence) in desks {
        let chats = u32::try_from(with(&who.name)).unwrap_or(u32::MAX);
        let person = Person { name: who.name.clone(), shown: who.shown, presence, chats };
        let known = people.entry(who.name).or_insert(person);
        if presence == Presence::Here {
            known.presence = presence;
        }
    }
    people.into_values().collect()
}

/// How many people take conversations, with `desks` open.
pub fn count_available(desks: impl IntoIterator<Item = (StaffMember, Presence)>) -> u32 {
    let here =
        desks.into_iter().filter(|(who, presence)| *presence == Presence::Here && who.role.can_answer());
    let names: BTreeSet<String> = here.map(|(who, _)| who.name).collect();
    u32::try_from(names.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::desk::Role;

    fn chat(id: u128, rev: u64, stage: Stage) -> Chat {
        Chat {
            id: Id(id),
            rev,
            stage,
            since: 1_000,
            last_at: 1_000,
            awaits: true,
            lang: "vi".into(),
            with: (stage == Stage::With).then(|| "lan".to_owned()),
            department: None,
            wanted: None,
            drafts: 0,
            tags: Vec::new(),
            visitor: None,
            danger: None,
        }
    }

    fn member(name: &str, role: Role) -> StaffMember {
        StaffMember { name: name.into(), shown: name.to_uppercase(), role }
    }

    #[test]
    fn what_is_going_on_is_always_listed() {
        let most = MAX_LISTED as u128;
        let over = (0..most + 9).map(|id| chat(id, 1, Stage::Back));
        let going = (0..most).map(|id| chat(10_000 + id, 1, Stage::Waiting));
        let drafts = Chat { drafts: 1, ..chat(99_999, 1, Stage::Back) };
        let listed = listed_chats(over.clone().chain(going).chain([drafts]).collect());
        assert_eq!(listed.len(), MAX_LISTED + 1);
        assert!(listed.iter().all(is_going));
        let listed = listed_chats(over.collect());
        assert_eq!((listed.len(), listed[0].id), (MAX_LISTED, Id(0)), "the newest");
    }

    #[test]
    fn a_change_is_heard_once_and_its_wait_is_known() {
        let (waits, taken) = (chat(1, 1, Stage::Waiting), chat(1, 2, Stage::With));
        let first = queue_change(None, &waits, 5_000);
        assert_eq!(first, Some(QueueChange { waited_ms: None, moved: true }));
        let change = queue_change(Some(&waits), &taken, 5_000);
        assert_eq!(change, Some(QueueChange { waited_ms: Some(4_000), moved: true }));
        assert_eq!(queue_change(Some(&taken), &waits, 5_000), None, "an older state");
        assert_eq!(queue_change(Some(&taken), &taken, 5_000), None, "told again");
        let read = Chat { rev: 3, ..taken.clone() };
        assert_eq!(
            queue_change(Some(&taken), &read, 5_000),
            Some(QueueChange { waited_ms: None, moved: false })
        );
        let sent_on = Chat { rev: 2, department: Some("thue".into()), ..waits.clone() };
        assert!(queue_change(Some(&waits), &sent_on, 5_000).is_some_and(|change| change.moved));
    }

    #[test]
    fn who_waits_is_told_what_is_new() {
        let chats = [chat(1, 1, Stage::Waiting), chat(2, 1, Stage::Waiting)];
        let old = place_waiting(&chats[1..], 1, vec![60_000; 3]);
        let new = place_waiting(&chats, 1, vec![60_000; 3]);
        assert_eq!(new.get(&Id(2)), Some(&Placed { place: 2, here: 1, wait_minutes: Some(1) }));
        assert_eq!(changed_places(&old, &new, None).len(), 2);
        let told = changed_places(&old, &new, Some(Id(1)));
        assert_eq!(told.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [Id(2)]);
        assert!(changed_places(&new, &new, None).is_empty());
        let many: Vec<Chat> = (0..99).map(|id| chat(id, 1, Stage::Waiting)).collect();
        let told = changed_places(&BTreeMap::new(), &place_waiting(&many, 1, Vec::new()), None);
        assert_eq!(told.len(), TOLD_AT_ONCE);
    }

    #[test]
    fn somebody_with_two_desks_is_one_person() {
        let desks = || {
            [
                (member("lan", Role::Agent), Presence::Away),
                (member("lan", Role::Agent), Presence::Here),
                (member("minh", Role::Auditor), Presence::Here),
                (member("hoa", Role::Lead), Presence::Away),
            ]
        };
        let people = list_people(&[chat(1, 1, Stage::With), chat(2, 1, Stage::Waiting)], desks());
        let seen: Vec<_> = people.iter().map(|who| (who.name.as_str(), who.presence, who.chats)).collect();
        assert_eq!(
            seen,
            [("hoa", Presence::Away, 0), ("lan", Presence::Here, 1), ("minh", Presence::Here, 0)]
        );
        assert_eq!(count_available(desks()), 1, "an auditor takes nobody");
    }
}
