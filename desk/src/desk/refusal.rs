//! Why something was not done.

use super::{effect::DeskEffect, state::Desk};
use crate::words::Words;
use wire::desk::Refusal;

/// Says, for the whole desk, why something was not done.
pub fn show_refusal(desk: &mut Desk, why: &Refusal) -> Vec<DeskEffect> {
    let text = refusal_text(desk.words(), why);
    desk.notice = Some(text.clone());
    vec![DeskEffect::Announce { text, urgent: true }]
}

/// Why something was not done.
pub fn refusal_text(words: &Words, why: &Refusal) -> String {
    let text = match why {
        Refusal::Taken(by) => return words.taken_by.fill(by),
        Refusal::NotYours => words.not_yours,
        Refusal::Role => words.not_your_role,
        Refusal::Length => words.wrong_length,
        Refusal::Gone => words.gone,
        Refusal::Malformed | Refusal::Unknown => words.not_understood,
    };
    text.to_owned()
}
