//! What was not answered, and what becomes of it.

use super::{Desk, Effect, Spot};
use wire::desk::{BoardUp, Choice, Group};

/// All of it, grouped.
pub fn came(desk: &mut Desk, groups: Vec<Group>) -> Vec<Effect> {
    desk.questions = Some(groups);
    Vec::new()
}

/// It is decided. The group goes at once; the edge then sends all of it anew.
pub fn decided(desk: &mut Desk, questions: Vec<u64>, choice: Choice) -> Vec<Effect> {
    let empty = match &choice {
        Choice::Intent(intent) => intent.is_empty(),
        Choice::New(title) => title.trim().is_empty(),
        Choice::OutOfScope | Choice::Dismiss => false,
    };
    if empty {
        return Vec::new();
    }
    if let Some(groups) = &mut desk.questions {
        groups.retain(|group| !group.questions.iter().any(|each| questions.contains(&each.n)));
    }
    desk.undecided = None;
    let text = desk.words().decided.to_owned();
    vec![
        Effect::SendBoard(BoardUp::Decide { questions, choice }),
        Effect::Announce { text, urgent: false },
        Effect::Focus(Spot::Heading),
    ]
}
