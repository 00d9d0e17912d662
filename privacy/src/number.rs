//! Numbers as people write them: groups of digits with spaces, dots, dashes or brackets between.

use crate::{
    label::{self, Label},
    text::Text,
};
use std::ops::Range;

/// Most that stands between two groups, in characters: ` - `, `) `.
const MAX_GAP: usize = 3;
/// Most groups of one number: each digit may stand alone.
const MAX_GROUPS: usize = 19;
/// Most digits of one number.
const MAX_DIGITS: usize = 19;
/// So many digits are a number of their own, whatever sign joins them to the next one.
const OWN: usize = 9;

/// One number, or what may be one.
pub struct Number<'a> {
    /// Its digits, as ASCII.
    pub digits: &'a [u8],
    /// How many each group has.
    pub groups: &'a [usize],
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
}

impl Number<'_> {
    /// The digits as a number; those of a card need more room than 32 bits.
    pub fn value(&self, range: Range<usize>) -> u64 {
        let digits = self.digits.get(range).unwrap_or_default();
        digits.iter().fold(0, |value, digit| value * 10 + u64::from(digit - b'0'))
    }

    /// Whether the words around it say that it is of `kind`.
    pub fn is_called(&self, kind: wire::Personal) -> bool {
        self.label == Some(Label::Is(kind))
    }
}

/// The digits at a stretch.
pub fn groups(text: &Text) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.bytes().len() {
        let end = text.run(at, u8::is_ascii_digit);
        if end > at {
            out.push(at..end);
        }
        at = end + 1;
    }
    out
}

/// Digits in groups that may be one number: the longest there is from some group on, to be made shorter.
pub struct Run {
    /// Its digits, as ASCII.
    pub digits: Vec<u8>,
    /// How many each group has.
    pub sizes: Vec<usize>,
}

impl Run {
    /// As many of `groups` as may belong together, from the first on.
    pub fn from_first(text: &Text, groups: &[Range<usize>]) -> Run {
        let mut run = Run { digits: Vec::new(), sizes: Vec::new() };
        let mut end = None;
        for group in groups.iter().take(MAX_GROUPS) {
            let gap = text.slice(end.unwrap_or(group.start)..group.start);
            let joined = gap.len() <= MAX_GAP && gap.iter().all(|byte| b" .-_()".contains(byte));
            if !joined || run.digits.len() + group.len() > MAX_DIGITS {
                break;
            }
            run.digits.extend_from_slice(text.slice(group.clone()));
            run.sizes.push(group.len());
            end = Some(group.end);
        }
        run
    }

    /// Without its last group.
    pub fn shorten(&mut self) {
        let size = self.sizes.pop().unwrap_or_default();
        self.digits.truncate(self.digits.len() - size);
    }
}

/// The one or two letters that belong to a number that starts at `from`: where they start, and whether they touch it.
pub fn prefix(text: &Text, from: usize) -> (usize, bool) {
    let joined = text.before(from).is_ascii_alphabetic();
    let end = if !joined && matches!(text.before(from), b' ' | b'-') { from.saturating_sub(1) } else { from };
    let start = text.run_back(end, u8::is_ascii_alphabetic);
    let fits = (1..=2).contains(&(end - start)) && !text.before(start).is_ascii_digit();
    if fits { (start, joined) } else { (from, false) }
}

/// Whether nothing before `at` makes what begins there the end of a longer code.
pub fn opens(text: &Text, at: usize) -> bool {
    let sign = text.before(at);
    if sign == b'#' {
        return false;
    }
    let end = if b"-./_=&+".contains(&sign) { at - 1 } else { at };
    let start = text.run_back(end, u8::is_ascii_alphanumeric);
    let word = text.slice(start..end);
    word.is_empty() || is_own(word) || label::is_name(word)
}

/// Whether nothing after `at` makes what ends there the beginning of a longer code.
pub fn closes(text: &Text, at: usize) -> bool {
    if text.at(at).is_ascii_alphanumeric() {
        return false;
    }
    let joined = b"-./_@".contains(&text.at(at));
    let end = text.run(at + 1, u8::is_ascii_digit);
    !joined || end == at + 1 || is_own(text.slice(at + 1..end))
}

fn is_own(word: &[u8]) -> bool {
    word.len() >= OWN && word.iter().all(u8::is_ascii_digit)
}

/// Whether the groups are those of an amount, with dots or spaces between.
pub fn is_thousands(groups: &[usize], digits: &[u8]) -> bool {
    let mut groups = groups.iter();
    let first = groups.next().is_some_and(|size| *size <= 3);
    first && groups.len() >= 2 && groups.all(|size| *size == 3) && digits.first() != Some(&b'0')
}
