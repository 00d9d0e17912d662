//! Numbers as people write them, and what stands around them.

use crate::{
    groups::{DigitGroup, OWN},
    label::{Label, TextLabels},
    text::FoldedText,
    work,
};
use std::ops::Range;
use wire::Personal;

/// One number, or what may be one.
pub struct NumberCandidate<'a> {
    /// Its digits, as ASCII.
    pub digits: &'a [u8],
    /// Its groups.
    pub groups: &'a [DigitGroup],
    /// Whether a `+` stands before it.
    pub plus: bool,
    /// One or two letters right before it, or one space or dash away.
    pub prefix: &'a [u8],
    /// Whether `prefix` stands right at the first digit.
    pub joined: bool,
    /// What the words around it say.
    pub label: Option<Label>,
    /// Whether it is written as amounts are: `1.234.567.890`.
    pub thousands: bool,
    /// Whether it is in digits, parted by spaces, dots, dashes or brackets only.
    pub plain: bool,
    /// Whether no other digits are joined to it as its own are.
    pub alone: bool,
    /// Whether somebody's name in capitals follows.
    pub held: bool,
    /// The present year.
    pub year: u32,
}

impl NumberCandidate<'_> {
    /// The digits as a number; those of a card need more room than 32 bits.
    pub fn digits_value(&self, range: Range<usize>) -> u64 {
        let digits = self.digits.get(range).unwrap_or_default();
        work::count_steps(digits.len());
        digits.iter().fold(0, |value, digit| value * 10 + u64::from(digit.wrapping_sub(b'0')))
    }

    /// How many digits there are.
    pub fn len(&self) -> usize {
        self.digits.len()
    }

    /// Whether the words around it say that it is of `kind`.
    pub fn is_called(&self, kind: Personal) -> bool {
        matches!(self.label, Some(Label::Is { kind: called, .. }) if called == kind)
    }

    /// Whether a word right beside it leaves no doubt that it is of `kind`.
    pub fn is_surely(&self, kind: Personal) -> bool {
        self.is_called(kind) && self.label.is_some_and(Label::is_sure)
    }

    /// Whether a word right beside it says that it is of `kind`.
    pub fn is_directly(&self, kind: Personal) -> bool {
        self.is_called(kind) && self.label.is_some_and(Label::is_direct)
    }

    /// Whether a word that means nothing else says that it is of `kind`.
    pub fn is_strongly(&self, kind: Personal) -> bool {
        matches!(self.label, Some(Label::Is { kind: called, strong: true, .. }) if called == kind)
    }

    /// Whether it is a round sum of money.
    pub fn is_round(&self) -> bool {
        self.digits.ends_with(b"000")
    }
}

/// The one or two letters that belong to a number that starts at `from`: where they start, and whether they touch it.
pub fn prefix_letters(text: &FoldedText, from: usize) -> (usize, bool) {
    let joined = text.byte_before(from).is_ascii_alphabetic();
    let end = if !joined && matches!(text.byte_before(from), b' ' | b'-' | b'.') {
        from.saturating_sub(1)
    } else {
        from
    };
    let start = text.run_back(end, u8::is_ascii_alphabetic);
    let fits = (1..=2).contains(&(end - start)) && !text.byte_before(start).is_ascii_digit();
    if fits { (start, joined) } else { (from, false) }
}

/// Whether nothing before `at` makes what begins there the end of a longer code.
pub fn opens_number(text: &FoldedText, labels: &TextLabels, at: usize) -> bool {
    let sign = text.byte_before(at);
    if sign == b'#' {
        return false;
    }
    let end = if b"-./_=&+".contains(&sign) { at - 1 } else { at };
    let start = text.run_back(end, u8::is_ascii_alphanumeric);
    let word = text.slice(start..end);
    // A name, as in `lan-0912345678`; a code's letters are capitals.
    let name = || {
        let vowel = word.iter().any(|letter| b"aeiouy".contains(letter));
        let letters = word.len() >= 2 && word.iter().all(u8::is_ascii_alphabetic);
        end < at && b"-._".contains(&sign) && letters && vowel && !text.is_capital(start..end)
    };
    // `H29-…` is a file's, `n°` and `d'` are words.
    let letter = end == at && word.len() == 1 && text.is_capital(start..end);
    let leads = || match sign {
        b'=' | b'&' | b'/' => labels.names_kind(end),
        _ => labels.leads_to_number(end) && !letter && !text.byte_before(end).is_ascii_digit(),
    };
    word.is_empty() || is_own(word) || leads() || (name() && !labels.is_nobodys(end))
}

/// Whether nothing after `at` makes what ends there the beginning of a longer code.
pub fn closes_number(text: &FoldedText, labels: &TextLabels, at: usize) -> bool {
    if text.byte_at(at).is_ascii_alphanumeric() {
        return text.byte_at(at).is_ascii_alphabetic() && labels.follows_number(at);
    }
    let joined = b"-./_@".contains(&text.byte_at(at));
    let end = text.run_end(at + 1, u8::is_ascii_digit);
    !joined || end == at + 1 || is_own(text.slice(at + 1..end))
}

/// Whether letters, or digits and a sign, stand right before `at`: `H29-…`.
pub fn ends_code(text: &FoldedText, at: usize) -> bool {
    let before = text.byte_before(at);
    before.is_ascii_alphabetic()
        || (b"-./_".contains(&before) && text.byte_before(at.saturating_sub(1)).is_ascii_digit())
}

/// Whether a name ends right at the number that begins at `at`: `Tú0912345678`. A code's letters are capitals.
pub fn is_after_name(text: &FoldedText, labels: &TextLabels, at: usize) -> bool {
    let start = text.run_back(at, u8::is_ascii_alphabetic);
    let word = text.slice(start..at);
    let vowel = word.iter().any(|letter| b"aeiouy".contains(letter));
    let apart = matches!(text.byte_before(start), b' ' | b',' | b':' | b'(');
    word.len() >= 2 && vowel && apart && !text.is_capital(start + 1..at) && !labels.is_nobodys(at)
}

/// Whether behind `at` stands, parted by a sign, a name of two words or more in capitals, as of an account's holder.
pub fn is_held(text: &FoldedText, at: usize) -> bool {
    let start = text.run_end(at, |byte| b" -,:;/(".contains(byte));
    let first = text.run_end(start, u8::is_ascii_alphabetic);
    let second = text.run_end(first + 1, u8::is_ascii_alphabetic);
    let words = first - start >= 2 && text.byte_at(first) == b' ' && second - first > 2;
    start > at + 1 && words && text.is_capital(start..first) && text.is_capital(first + 1..second)
}

fn is_own(word: &[u8]) -> bool {
    word.len() >= OWN && word.iter().all(u8::is_ascii_digit)
}

/// Whether the groups are those of an amount, with dots or spaces between.
pub fn is_thousands(groups: &[DigitGroup], digits: &[u8]) -> bool {
    let mut sizes = groups.iter().map(DigitGroup::digit_count);
    let first = sizes.next().is_some_and(|size| size <= 3);
    first && groups.len() >= 3 && sizes.all(|size| size == 3) && digits.first() != Some(&b'0')
}

/// `0.912345678`: a fraction.
pub fn is_decimal(text: &FoldedText, groups: &[DigitGroup]) -> bool {
    let [whole, part] = groups else { return false };
    let sign = text.slice(whole.place.end..part.place.start);
    whole.digit_count() == 1 && part.digit_count() > 3 && matches!(sign, b"." | b",")
}

/// `08 09 10 11 12`: a list of small numbers.
pub fn is_list(groups: &[DigitGroup], digits: &[u8]) -> bool {
    let pairs = groups.len() >= 4 && groups.iter().all(|group| group.digit_count() == 2);
    pairs && digits.chunks(2).zip(digits.chunks(2).skip(1)).all(|(one, next)| one < next)
}
