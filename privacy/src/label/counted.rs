//! What counts something: money and measures.

use super::{CharRole, TextLabels};
use crate::text::FoldedText;

/// Money and measures: a number before one of these counts something.
const UNITS: &[&[u8]] = &[
    b"d", b"dong", b"vnd", b"usd", b"eur", b"euro", b"euros", b"trieu", b"tr", b"ty", b"ti", b"nghin",
    b"ngan", b"k", b"m", b"m2", b"km", b"kg", b"gb", b"mb", b"mah", b"nguoi", b"luot", b"dollars", b"people",
    b"ha", b"ho",
];

/// Whether what follows `to` is money or a measure; and whether nothing else can be meant,
/// as with a letter alone, or with `đóng`.
pub fn is_counted(text: &FoldedText, labels: &TextLabels, to: usize) -> Option<bool> {
    let word = text.run_end(to, |byte| *byte == b' ');
    let end = text.run_end(word, u8::is_ascii_alphanumeric);
    let word = text.slice(word..end);
    // `ngân hàng` is no `ngàn`.
    let label = labels.parts.get(end.saturating_sub(1)) == Some(&CharRole::Label);
    let slash = label || text.byte_at(end) == b'/' || text.byte_at(end) == b'c';
    let sign = matches!(text.byte_at(to), b'%' | b'$');
    (sign || (!slash && UNITS.contains(&word))).then_some(sign || (word.len() > 2 && word != b"dong"))
}
