//! What was not answered, and what becomes of it.

use super::{
    effect::{DeskEffect, Spot},
    state::Desk,
};
use wire::desk::{BoardUp, Group, GroupDecision};

/// All of it, grouped.
pub fn on_questions(desk: &mut Desk, groups: Vec<Group>) -> Vec<DeskEffect> {
    desk.questions = Some(groups);
    Vec::new()
}

/// It is decided. The group goes at once; the edge then sends all of it anew.
pub fn decide_questions(desk: &mut Desk, questions: Vec<u64>, choice: GroupDecision) -> Vec<DeskEffect> {
    let empty = match &choice {
        GroupDecision::Intent(intent) => intent.is_empty(),
        GroupDecision::New(title) => title.trim().is_empty(),
        GroupDecision::OutOfScope | GroupDecision::Dismiss => false,
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
        DeskEffect::SendBoard(BoardUp::Decide { questions, choice }),
        DeskEffect::Announce { text, urgent: false },
        DeskEffect::Focus(Spot::Heading),
    ]
}
