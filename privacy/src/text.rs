//! What people type, folded into what numbers and labels are looked for in.

use crate::work;
use std::ops::Range;

/// A dot that stands for something hidden, [`crate::DOT`]: it counts as a digit that was there.
pub const HIDDEN: u8 = 0x1e;
/// The longest stretch of one kind of character that is looked at: nothing personal is longer.
const MAX_RUN: usize = 80;

/// Anything that is no Latin letter, digit or sign of ASCII. It stands apart from what is beside it: Thai, Chinese and
/// Japanese put numbers next to letters without a space.
pub const OTHER: u8 = 0x7f;

/// A text as small letters a to z without marks, digits, and signs; one byte a character.
pub struct FoldedText {
    bytes: Vec<u8>,
    places: Vec<(usize, usize)>,
    /// Which were capitals.
    capitals: Vec<bool>,
}

impl FoldedText {
    /// Folds `text`. What is invisible or a mark on a letter is left out.
    pub fn fold_text(text: &str) -> FoldedText {
        let mut out = FoldedText { bytes: Vec::new(), places: Vec::new(), capitals: Vec::new() };
        for (at, c) in text.char_indices() {
            if let Some(byte) = fold_char(c) {
                out.bytes.push(byte);
                out.places.push((at, at + c.len_utf8()));
                out.capitals.push(c.is_uppercase());
            }
        }
        out
    }

    /// All of it.
    pub fn folded_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The byte at `at`; a space before the beginning and after the end.
    #[inline(never)]
    pub fn byte_at(&self, at: usize) -> u8 {
        work::count_steps(1);
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    /// The byte before `at`.
    pub fn byte_before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(b' ', |at| self.byte_at(at))
    }

    /// A part of it; empty where there is none.
    #[inline(never)]
    pub fn slice(&self, range: Range<usize>) -> &[u8] {
        self.bytes.get(range.start..range.end.min(self.bytes.len())).unwrap_or_default()
    }

    /// Whether all letters of `range` were typed as capitals.
    pub fn is_capital(&self, range: Range<usize>) -> bool {
        self.capitals.get(range).unwrap_or_default().iter().all(|capital| *capital)
    }

    /// Where `range` stands in the text as it was typed, in bytes.
    pub fn typed_span(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.places.get(range.start).map_or(0, |place| place.0);
        let end =
            range.end.checked_sub(1).and_then(|last| self.places.get(last)).map_or(start, |place| place.1);
        start..end
    }

    /// The end of the run from `at` of bytes that are `of` a kind, or where looking ends.
    #[inline(never)]
    pub fn run_end(&self, at: usize, of: fn(&u8) -> bool) -> usize {
        let end = self.bytes.len().min(at.saturating_add(MAX_RUN));
        let size = self.slice(at..end).iter().take_while(|byte| of(byte)).count();
        work::count_steps(size + 1);
        at + size
    }

    /// The start of the run that ends before `at`, or where looking ends.
    #[inline(never)]
    pub fn run_back(&self, at: usize, of: fn(&u8) -> bool) -> usize {
        let size =
            self.slice(at.saturating_sub(MAX_RUN)..at).iter().rev().take_while(|byte| of(byte)).count();
        work::count_steps(size + 1);
        at - size
    }
}

/// Whether a character says something, so that hiding must take it: not the space, dash or dot in between.
pub fn is_told(c: char) -> bool {
    fold_char(c).is_none_or(|byte| byte.is_ascii_alphanumeric() || byte == OTHER || byte == HIDDEN)
}

/// Whether a character can be a part of anything personal that is not letters alone: a digit of any kind, an `@`.
#[cfg(test)]
pub fn may_matter(c: char) -> bool {
    fold_char(c).is_some_and(|byte| byte.is_ascii_digit() || byte == b'@')
}

fn fold_char(c: char) -> Option<u8> {
    let code = u32::from(c);
    Some(match code {
        // Soft hyphen, marks on letters, invisible characters, variation selectors, the frame of a keycap.
        0xad
        | 0x300..=0x36f
        | 0x200b..=0x200f
        | 0x202a..=0x202e
        | 0x2060..=0x2064
        | 0x2066..=0x2069
        | 0x20e3
        | 0x115f
        | 0x1160
        | 0x17b4
        | 0x17b5
        | 0x180b..=0x180f
        | 0x206a..=0x206f
        | 0x3164
        | 0xfe00..=0xfe0f
        | 0xfeff
        | 0xffa0
        | 0xfff9..=0xfffb
        | 0xe0000..=0xe01ef => return None,
        0x2022 => HIDDEN,
        0x00..=0x20 | 0xa0 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000 => b' ',
        0x21..=0x7e => (code as u8).to_ascii_lowercase(),
        0x2010..=0x2015 | 0x2212 | 0xfe58 | 0xfe63 => b'-',
        0xb7 | 0x2024 | 0x2027 | 0x30fb => b'.',
        0x20ab | 0x20ac => b'$',
        0xff01..=0xff5e => ((code - 0xfee0) as u8).to_ascii_lowercase(),
        0x1d7ce..=0x1d7ff => ascii_digit((code - 0x1d7ce) % 10),
        _ => digit_zero(code).map_or_else(|| base_letter(code), |zero| ascii_digit(code - zero)),
    })
}

fn ascii_digit(value: u32) -> u8 {
    b'0' + (value % 10) as u8
}

/// The zero of the digits that `code` belongs to: Arabic, Persian, Thai, Lao, Khmer.
fn digit_zero(code: u32) -> Option<u32> {
    [0x660, 0x6f0, 0xe50, 0xed0, 0x17e0].into_iter().find(|zero| (*zero..zero + 10).contains(&code))
}

/// The letter under the marks of Vietnamese and French.
fn base_letter(code: u32) -> u8 {
    let capital = if (0xe0..=0xfe).contains(&code) { code - 0x20 } else { code };
    match capital {
        0xc0..=0xc5 | 0x102 | 0x103 | 0x1ea0..=0x1eb7 => b'a',
        0xc7 => b'c',
        0xc8..=0xcb | 0x1eb8..=0x1ec7 => b'e',
        0xcc..=0xcf | 0x128 | 0x129 | 0x1ec8..=0x1ecb => b'i',
        0xd0 | 0x110 | 0x111 => b'd',
        0xd1 => b'n',
        0xd2..=0xd6 | 0x1a0 | 0x1a1 | 0x1ecc..=0x1ee3 => b'o',
        0xd9..=0xdc | 0x168 | 0x169 | 0x1af | 0x1b0 | 0x1ee4..=0x1ef1 => b'u',
        0xdd | 0x1ef2..=0x1ef9 => b'y',
        _ => OTHER,
    }
}
