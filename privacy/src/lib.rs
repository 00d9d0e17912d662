//! Personal data in what people type: where it stands, and the same text without it.
//!
//! Used twice on the same words: on the visitor's device before they are sent, and at the edge. It goes by form alone
//! (digits and their check digits, the words around them) and never learns, stores or sends anything.
//!
//! # Where to start
//! [`find_personal_data`] says what is where, [`mask_found`] puts dots in its place. One kind is one file in `kind`; `text` folds what
//! people really type (full-width digits, marks, invisible characters) into plain letters first; `label` knows the
//! words that tell a number's meaning, and those that tell it is nobody's.
//!
//! What it finds, and what it misses, is measured on `tests/corpus/personal.tsv`; the table is in `docs/privacy.md`.

mod again;
mod groups;
mod kind;
mod label;
mod number;
mod spelt;
mod text;
mod work;

pub use again::{found_values, hide_again};
pub use kind::is_citizen_id;
use std::ops::Range;
use text::FoldedText;
pub use wire::{Kinds, Personal};

/// How many of a visitor's earlier messages are looked at together with the new one: numbers come in pieces.
pub const EARLIER: usize = 3;
/// How much of them, in characters: a number and the word before it are not longer.
const BACK: usize = 200;
/// How often is looked again for what hiding has laid bare.
const ROUNDS: usize = 4;
/// What stands for each hidden letter and digit.
pub const DOT: char = '•';

/// Something personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalDataMatch {
    /// What.
    pub kind: Personal,
    /// Where in the text, in bytes; on boundaries of characters.
    pub span: Range<usize>,
}

/// What `text` holds, in its order, without overlaps. `earlier` are the visitor's last messages, oldest first: of a
/// number that began in them, the rest is found here. `year` is the present one: nobody is born later.
///
/// ```
/// use privacy::{Personal, find_personal_data, mask_found};
/// let text = "Số căn cước của tôi là 079 203 001 234 ạ";
/// let found = find_personal_data(text, &[], 2026);
/// assert_eq!(found[0].kind, Personal::CitizenId);
/// assert_eq!(mask_found(text, &found), "Số căn cước của tôi là ••• ••• ••• ••• ạ");
/// assert_eq!(find_personal_data("03001234", &["cccd là 0792".to_owned()], 2026)[0].span, 0..8);
/// ```
pub fn find_personal_data(text: &str, earlier: &[String], year: u32) -> Vec<PersonalDataMatch> {
    // What the widget does not look into is nothing to the edge either, or the visitor would be refused what nobody asked him about.
    if !may_hold(text) {
        return Vec::new();
    }
    let mut all = String::new();
    for before in earlier.iter().skip(earlier.len().saturating_sub(EARLIER)) {
        all.push_str(before);
        all.push('\n');
    }
    if let Some((start, _)) = all.char_indices().rev().nth(BACK) {
        all.drain(..start);
    }
    let from = all.len();
    all.push_str(text);
    let folded = FoldedText::fold_text(&all);
    let mut taken = vec![false; folded.folded_bytes().len()];
    // By where each begins, so that they come in the order of the text.
    let mut found: Vec<Option<PersonalDataMatch>> = vec![None; folded.folded_bytes().len()];
    for (kind, range) in kind::find_all(&folded, year) {
        let span = folded.typed_span(&range);
        let here = span.start.max(from) - from..span.end.saturating_sub(from);
        let start = range.start;
        let places = taken.get_mut(range).unwrap_or_default();
        if !here.is_empty() && !places.contains(&true) {
            places.fill(true);
            if let Some(place) = found.get_mut(start) {
                *place = Some(PersonalDataMatch { kind, span: here });
            }
        }
    }
    found.into_iter().flatten().collect()
}

/// The kinds that `text` holds.
pub fn find_kinds(text: &str, earlier: &[String], year: u32) -> Kinds {
    find_personal_data(text, earlier, year)
        .iter()
        .fold(Kinds::default(), |kinds, found| kinds.union_with(Kinds::only_kind(found.kind)))
}

/// `text` with a [`DOT`] for each letter and digit of what was found, in the order of [`find_personal_data`]. All else stays as it is.
pub fn mask_found(text: &str, found: &[PersonalDataMatch]) -> String {
    let mut rest = found.iter().peekable();
    let dotted = |(at, c): (usize, char)| {
        while rest.next_if(|each| each.span.end <= at).is_some() {}
        let inside = rest.peek().is_some_and(|each| each.span.contains(&at));
        if inside && text::is_told(c) { DOT } else { c }
    };
    text.char_indices().map(dotted).collect()
}

/// `text` with everything of the kinds `wanted` hidden. Looks again a few times: what stood behind a number may make one
/// with what is beside it. Of what was written to go on like that for ever no letter and no digit is left.
pub fn hide_all(text: &str, earlier: &[String], year: u32, wanted: Kinds) -> String {
    let mut out = text.to_owned();
    for _ in 0..ROUNDS {
        let mut found = find_personal_data(&out, earlier, year);
        found.retain(|each| wanted.contains_kind(each.kind));
        let next = mask_found(&out, &found);
        if next == out {
            return out;
        }
        out = next;
    }
    if find_personal_data(&out, earlier, year).iter().any(|each| wanted.contains_kind(each.kind)) {
        out = out.chars().map(|c| if text::is_told(c) { DOT } else { c }).collect();
    }
    out
}

/// Whether anything could be found that ends in `text`: everything has a digit or an `@` in it, says so in words, or ends an address. Quick, and
/// needs no earlier messages; most texts are done with it. The widget has this alone at hand, so it does without what
/// folds a text.
pub fn may_hold(text: &str) -> bool {
    let digit = |c| {
        matches!(c, '0'..='9' | '@' | '＠' | '٠'..='٩' | '۰'..='۹' | '๐'..='๙' | '໐'..='໙' | '០'..='៩' | '０'..='９'
            | '\u{1d7ce}'..='\u{1d7ff}')
    };
    text.chars().any(digit) || spelt::may_be(text) || may_end_address(text)
}

/// Whether `text` is one word with a dot in it, `gmail.com`: an address may have been begun in the message before.
fn may_end_address(text: &str) -> bool {
    // ASCII, as domains mostly are: the tables of all letters would weigh more than all else that the widget has of this crate.
    let is_one_word = !text.trim_ascii().bytes().any(|b| b.is_ascii_whitespace());
    let parts = text.trim_ascii().split_once('.').filter(|_| is_one_word);
    parts.is_some_and(|(name, rest)| {
        name.ends_with(|c: char| c.is_ascii_alphanumeric())
            && rest.starts_with(|c: char| c.is_ascii_alphanumeric())
    })
}

/// The year in which `ms` milliseconds since 1970 lie, give or take the night of New Year.
pub fn year_of_ms(ms: u64) -> u32 {
    // 365.2425 days.
    1970 + u32::try_from(ms / 31_556_952_000).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_come_in_two_messages() {
        for (begun, rest, found) in
            [("an.nguyen@", "gmail.com", 1), ("an.nguyen@", "gmail.com.", 1), ("xin chào", "a.AA", 0)]
        {
            assert_eq!(find_personal_data(rest, &[begun.to_owned()], 2026).len(), found, "{begun} {rest}");
        }
        assert!(!may_hold("Xin chào. Cảm ơn."));
    }

    #[test]
    fn every_digit_and_at_sign_may_matter() {
        for c in '\0'..=char::MAX {
            assert_eq!(may_hold(&c.to_string()), text::may_matter(c), "{c:?}");
        }
    }
}
