//! What was found once, found again: somebody who repeats a number need not say what it is.

use crate::{DOT, PersonalDataMatch, text::FoldedText, work};

/// Shorter ones are in other things by chance.
const LEAST: usize = 4;
/// More are not remembered.
const MOST: usize = 64;

/// The values that `found` of `text` stands for: letters and digits only, however they were parted. For [`hide_again`].
pub fn found_values(text: &str, found: &[PersonalDataMatch]) -> Vec<String> {
    let value = |each: &PersonalDataMatch| {
        let folded = FoldedText::fold_text(text.get(each.span.clone()).unwrap_or_default());
        let told = folded.folded_bytes().iter().filter(|byte| byte.is_ascii_alphanumeric());
        told.map(|byte| char::from(*byte)).collect::<String>()
    };
    found.iter().map(value).filter(|value| value.len() >= LEAST).collect()
}

/// `text` with a [`DOT`] for each letter and digit of what is one of `values`, however it is parted there.
///
/// ```
/// use privacy::{find_personal_data, found_values, hide_again};
/// let asked = "cmnd 024 123 456";
/// let known = found_values(asked, &find_personal_data(asked, &[], 2026));
/// assert_eq!(hide_again("Số 024123456 còn hạn.", &known), "Số ••••••••• còn hạn.");
/// ```
pub fn hide_again(text: &str, values: &[String]) -> String {
    let folded = FoldedText::fold_text(text);
    let told: Vec<(usize, u8)> = folded
        .folded_bytes()
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, byte)| byte.is_ascii_alphanumeric())
        .collect();
    let mut hidden: Vec<std::ops::Range<usize>> = Vec::new();
    for value in values.iter().rev().take(MOST).map(|value| value.as_bytes()) {
        for (at, window) in told.windows(value.len().max(1)).enumerate() {
            work::count_steps(1);
            let same = window.iter().map(|(_, byte)| byte).eq(value);
            let (Some((first, _)), Some((last, _))) = (window.first(), window.last()) else { continue };
            let alone = !folded.byte_before(*first).is_ascii_alphanumeric()
                && !folded.byte_at(last + 1).is_ascii_alphanumeric();
            if same && alone {
                hidden.extend(
                    told.get(at..at + value.len())
                        .unwrap_or_default()
                        .iter()
                        .map(|(at, _)| folded.typed_span(&(*at..at + 1))),
                );
            }
        }
    }
    hidden.sort_by_key(|span| span.start);
    let mut rest = hidden.iter().peekable();
    let dotted = |(at, c): (usize, char)| {
        while rest.next_if(|span| span.end <= at).is_some() {}
        if rest.peek().is_some_and(|span| span.contains(&at)) { DOT } else { c }
    };
    text.char_indices().map(dotted).collect()
}
