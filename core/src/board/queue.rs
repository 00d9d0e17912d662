//! Who waits, in which place, and for how long.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use wire::{
    Id,
    desk::{Chat, Stage},
};

/// How it stands with somebody who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Placed {
    /// The place in the queue, from 1; 0: in none.
    pub place: u32,
    /// How many people are there to take somebody.
    pub here: u32,
    /// How long others waited lately, in minutes, rounded up; nothing if that is not known.
    pub wait_minutes: Option<u32>,
}

/// Fewer waits than this say nothing about the next one.
const FEW_WAITS: usize = 3;

/// Who waits: who is in danger, then first come first served; within a department, and among those for all.
pub fn queue_positions<'a>(chats: impl Iterator<Item = &'a Chat>) -> BTreeMap<Id, u32> {
    let mut waiting: Vec<&Chat> = chats.filter(|chat| chat.stage == Stage::Waiting).collect();
    waiting.sort_by_key(|chat| chat.queue_order());
    let mut counts: BTreeMap<Option<&str>, u32> = BTreeMap::new();
    let place = |chat: &&'a Chat| {
        let count = counts.entry(chat.department.as_deref()).or_default();
        *count += 1;
        (chat.id, *count)
    };
    waiting.iter().map(place).collect()
}

/// How long people wait, in minutes: the middle of the latest `waits`, in milliseconds.
pub fn usual_wait_minutes(mut waits: Vec<u64>) -> Option<u32> {
    if waits.len() < FEW_WAITS {
        return None;
    }
    waits.sort_unstable();
    let middle = waits.get(waits.len() / 2)?;
    u32::try_from(middle.div_ceil(60_000).max(1)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chat(id: u128, since: u64, stage: Stage, department: Option<&str>) -> Chat {
        Chat {
            id: Id(id),
            rev: 1,
            stage,
            since,
            last_at: since,
            awaits: true,
            lang: "vi".into(),
            with: None,
            department: department.map(str::to_owned),
            wanted: None,
            drafts: 0,
            tags: Vec::new(),
            visitor: None,
            danger: None,
        }
    }

    #[test]
    fn first_come_first_served_in_each_department() {
        let chats = [
            chat(1, 30, Stage::Waiting, None),
            chat(2, 10, Stage::Waiting, None),
            chat(3, 5, Stage::With, None),
            chat(4, 40, Stage::Waiting, Some("thue")),
            chat(5, 20, Stage::Waiting, Some("thue")),
        ];
        let places = queue_positions(chats.iter());
        assert_eq!(places, [(Id(1), 2), (Id(2), 1), (Id(4), 2), (Id(5), 1)].into());
    }

    #[test]
    fn a_wait_is_promised_only_from_experience() {
        assert_eq!(usual_wait_minutes(vec![]), None);
        assert_eq!(usual_wait_minutes(vec![60_000; 2]), None);
        assert_eq!(usual_wait_minutes(vec![1_000, 61_000, 3_600_000]), Some(2));
        assert_eq!(usual_wait_minutes(vec![0; 3]), Some(1), "nobody is promised nothing");
    }
}
