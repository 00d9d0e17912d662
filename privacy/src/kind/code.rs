//! Letters and digits in one, right behind a word that says what they are: passports of other countries, accounts with a bank's
//! letters, codes.

use crate::{
    label::{Label, TextLabels},
    text::FoldedText,
    work,
};
use std::ops::Range;
use wire::Personal;

/// Everything of that kind in `text`.
pub fn find_codes(text: &FoldedText, labels: &TextLabels) -> Vec<(Personal, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.folded_bytes().len() {
        let first = text.run_end(at, u8::is_ascii_alphanumeric);
        let end = halved_code_end(text, at, first).unwrap_or(first);
        let word = text.slice(at..end);
        let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
        work::count_steps(word.len());
        if digits >= 2 && digits < word.len() {
            let found = code_kind(text, labels, at, word.len(), digits);
            // With a dash only what opens something is written.
            let found = found.filter(|kind| end == first || *kind == Personal::OneTimeCode);
            out.extend(found.map(|kind| (kind, at..end)));
        }
        at = first.max(at) + 1;
    }
    out
}

/// The end of `AB12-CD34`, whose first half ends at `first`: two halves as long as each other.
fn halved_code_end(text: &FoldedText, at: usize, first: usize) -> Option<usize> {
    let end = text.run_end(first + 1, u8::is_ascii_alphanumeric);
    let even = (3..=4).contains(&(first - at)) && end.checked_sub(first + 1) == Some(first - at);
    (even && text.byte_at(first) == b'-' && text.byte_before(at) != b'-' && text.byte_at(end) != b'-')
        .then_some(end)
}

fn code_kind(
    text: &FoldedText,
    labels: &TextLabels,
    at: usize,
    size: usize,
    digits: usize,
) -> Option<Personal> {
    let [Some(Label::Is { kind, strong: true, direct }), _] = labels.labels_before(text, at) else {
        return None;
    };
    let far = kind == Personal::Passport && (8..=10).contains(&size) && digits >= 5;
    if !direct && !far {
        return None;
    }
    let fits = match kind {
        Personal::Passport => (6..=12).contains(&size) && digits >= 4,
        Personal::CitizenId | Personal::OldId => (9..=14).contains(&size) && digits >= 8,
        Personal::BankAccount => (6..=20).contains(&size) && digits >= 4,
        Personal::OneTimeCode => (5..=9).contains(&size),
        Personal::Insurance => (12..=16).contains(&size) && digits >= 9,
        _ => false,
    };
    fits.then_some(kind)
}
