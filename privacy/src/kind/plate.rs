//! Vehicle plates: a province (2 digits), a series (a letter, and a letter or a digit), a number (5 digits, or the 4 of
//! old ones where the words around say so).

use crate::{
    label::{Label, Labels},
    number,
    text::Text,
};
use std::ops::Range;
use wire::Personal;

/// The plates in `text`.
pub fn all(text: &Text, labels: &Labels) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.bytes().len() {
        let end = text.run(at, u8::is_ascii_digit);
        out.extend(begins(text, labels, &(at..end)));
        at = end + 1;
    }
    out
}

/// The plate that begins with the digits `group`.
fn begins(text: &Text, labels: &Labels, group: &Range<usize>) -> Option<Range<usize>> {
    if group.len() != 2 || text.at(group.start) == b'0' || !number::opens(text, labels, group.start) {
        return None;
    }
    let series = skip(text, group.end);
    let letters = text.run(series, u8::is_ascii_alphabetic);
    if !(1..=2).contains(&(letters - series)) {
        return None;
    }
    let digits = text.run(letters, u8::is_ascii_digit);
    // `59X1-234.56`, or all in one: `59X123456`.
    let start = match digits - letters {
        1 => skip(text, letters + 1),
        6 => letters + 1,
        _ => skip(text, letters),
    };
    let end = text.run(start, u8::is_ascii_digit);
    let (end, size) = match end - start {
        3 if matches!(text.at(end), b'.' | b' ') => {
            let last = text.run(end + 1, u8::is_ascii_digit);
            (last, 3 + last - (end + 1))
        }
        size => (end, size),
    };
    let before = labels.before(text, group.start);
    let label = before.or_else(|| labels.behind(text, end));
    let called = matches!(label, Some(Label::Is { kind: Personal::Plate, .. }));
    let fits = size == 5 || (size == 4 && called);
    (fits && label != Some(Label::Nobodys) && number::closes(text, labels, end)).then_some(group.start..end)
}

/// Past one space, dash or dot.
fn skip(text: &Text, at: usize) -> usize {
    if matches!(text.at(at), b' ' | b'-' | b'.') { at + 1 } else { at }
}
