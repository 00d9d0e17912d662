//! E-mail addresses, also with a space on either side of the `@`.

use crate::{label::Labels, text::Text};
use std::ops::Range;
use wire::Personal;

pub fn all(text: &Text, _labels: &Labels) -> Vec<(Personal, Range<usize>)> {
    let signs = text.bytes().iter().enumerate().filter(|(_, byte)| **byte == b'@');
    signs.filter_map(|(at, _)| around(text, at)).map(|place| (Personal::Email, place)).collect()
}

fn around(text: &Text, at: usize) -> Option<Range<usize>> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
    let end = if text.before(at) == b' ' { at.saturating_sub(1) } else { at };
    let start = text.run_back(end, is_part);
    let from = if text.at(at + 1) == b' ' { at + 2 } else { at + 1 };
    let to = text.run(from, |byte| byte.is_ascii_alphanumeric() || b".-".contains(byte));
    let to = text.run_back(to, |byte| b".-".contains(byte)).max(from);
    let host = text.slice(from..to);
    let last = host.rsplit(|byte| *byte == b'.').next()?;
    let named = text.slice(start..end).iter().any(u8::is_ascii_alphanumeric);
    let whole = host.len() > last.len() + 1 && last.len() >= 2 && last.iter().all(u8::is_ascii_alphabetic);
    (named && whole).then_some(start..to)
}
