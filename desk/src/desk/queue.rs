//! In which order conversations are listed.

use super::state::Desk;
use wire::{
    Id,
    desk::{Chat, Stage},
};

/// A part of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QueueSection {
    /// Somebody seems to be in danger, and no person has it. The longest wait first.
    Danger,
    /// Nobody has them yet. Those that I am asked to take come first, then the longest wait.
    Waiting,
    /// An answer of software's waits to be let through.
    Drafts,
    /// Mine. Those in which the visitor spoke last come first, longest wait first.
    Mine,
    /// Somebody else's.
    Others,
    /// The assistant's again, or closed. Newest first.
    Over,
}

/// Where `chat` is listed.
fn section_of(desk: &Desk, chat: &Chat) -> QueueSection {
    match chat.stage {
        _ if is_danger(chat) => QueueSection::Danger,
        Stage::Waiting => QueueSection::Waiting,
        Stage::With if is_mine(desk, chat) => QueueSection::Mine,
        Stage::With => QueueSection::Others,
        Stage::Back | Stage::Closed | Stage::Unknown if chat.drafts > 0 => QueueSection::Drafts,
        Stage::Back | Stage::Closed | Stage::Unknown => QueueSection::Over,
    }
}

/// What is listed, part by part; parts with nothing in them are left out.
pub fn queue_sections(desk: &Desk) -> Vec<(QueueSection, Vec<&Chat>)> {
    let mut all: Vec<(QueueSection, &Chat)> = desk
        .chats
        .iter()
        .filter(|chat| {
            let department = &desk.filter.department;
            department.is_none() || *department == chat.department || is_danger(chat)
        })
        .map(|chat| (section_of(desk, chat), chat))
        .filter(|(section, _)| {
            let own = matches!(
                section,
                QueueSection::Danger | QueueSection::Waiting | QueueSection::Drafts | QueueSection::Mine
            );
            !desk.filter.mine || own
        })
        .collect();
    all.sort_by_key(|(section, chat)| (*section, sort_key(desk, *section, chat), chat.id));
    let mut sections: Vec<(QueueSection, Vec<&Chat>)> = Vec::new();
    for (section, chat) in all {
        match sections.last_mut() {
            Some((last, chats)) if *last == section => chats.push(chat),
            _ => sections.push((section, vec![chat])),
        }
    }
    sections
}

/// What comes first within a part: the smaller.
fn sort_key(desk: &Desk, section: QueueSection, chat: &Chat) -> (bool, u64) {
    let newest_first = u64::MAX - chat.last_at;
    match section {
        QueueSection::Danger => (false, chat.since),
        QueueSection::Waiting => (!is_requested(desk, chat), chat.since),
        QueueSection::Drafts => (false, chat.last_at),
        QueueSection::Mine | QueueSection::Others if chat.awaits => (false, chat.last_at),
        QueueSection::Mine | QueueSection::Others | QueueSection::Over => (true, newest_first),
    }
}

/// Whether `chat` is mine now.
pub fn is_mine(desk: &Desk, chat: &Chat) -> bool {
    chat.stage == Stage::With && chat.with.as_deref().is_some_and(|name| desk.is_me(name))
}

/// Whether I am asked to take it.
pub fn is_requested(desk: &Desk, chat: &Chat) -> bool {
    chat.wanted.as_deref().is_some_and(|name| desk.is_me(name))
}

/// The conversation `step` rows from `row`, as listed; the first one if there is no such row.
pub fn adjacent_row(desk: &Desk, row: Option<Id>, step: isize) -> Option<Id> {
    let listed: Vec<Id> =
        queue_sections(desk).into_iter().flat_map(|(_, chats)| chats).map(|chat| chat.id).collect();
    let place = row.and_then(|row| listed.iter().position(|id| *id == row));
    let Some(place) = place else { return listed.first().copied() };
    let next = place.saturating_add_signed(step).min(listed.len().saturating_sub(1));
    listed.get(next).copied()
}

/// Whether somebody in `chat` seems to be in danger and no person has it.
pub fn is_danger(chat: &Chat) -> bool {
    chat.danger.is_some() && matches!(chat.stage, Stage::Waiting | Stage::Back)
}

impl Desk {
    /// The place of `chat` among those that wait for the same department, from 1: the one that the visitor is told.
    pub fn queue_position(&self, chat: &Chat) -> Option<usize> {
        let before = |other: &&Chat| {
            let same = other.stage == Stage::Waiting && other.department == chat.department;
            same && other.queue_order() < chat.queue_order()
        };
        (chat.stage == Stage::Waiting).then(|| self.chats.iter().filter(before).count() + 1)
    }
}
