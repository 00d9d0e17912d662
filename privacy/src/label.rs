//! The words around a number that tell what it is, or that it is nobody's. Written without marks, as folded.

use crate::text::Text;
use wire::Personal;

/// How far from the number a word may stand, in characters.
const REACH: usize = 48;
/// So many digits in between are another number, and the word was about that one.
const OTHER_NUMBER: usize = 7;

/// What a word says about the number beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// It is one of these.
    Is(Personal),
    /// It is the number of a file, an order, a law.
    Nobodys,
}

const LABELS: &[(Label, &[u8])] = &[
    (
        Label::Is(Personal::CitizenId),
        b"cccd|can cuoc|dinh danh|citizen id|identity card|id card|id number|national id|carte d'identite",
    ),
    (
        Label::Is(Personal::OldId),
        b"cmnd|cmtnd|cmt|chung minh nhan|chung minh thu|so chung minh|giay chung minh",
    ),
    (
        Label::Is(Personal::Insurance),
        b"bhxh|bhyt|bhtn|bao hiem xa hoi|bao hiem y te|so bao hiem|the bao hiem|social insurance|health insurance",
    ),
    (Label::Is(Personal::TaxCode), b"mst|ma so thue|ma thue|tax code|tax id|tax number|code fiscal"),
    (Label::Is(Personal::Passport), b"ho chieu|passport|passeport"),
    (Label::Is(Personal::Plate), b"bien so|bien kiem soat|bks|bsx|bien xe|plate|plaque"),
    (
        Label::Is(Personal::Phone),
        b"sdt|dt|dtdd|dien thoai|so phone|phone|tel|telephone|mobile|zalo|whatsapp|viber|goi|call|fax",
    ),
    (
        Label::Is(Personal::Card),
        b"so the|the atm|the ngan hang|the tin dung|the visa|card number|bank card|credit card",
    ),
    (
        Label::Nobodys,
        b"ho so|bien nhan|bien lai|don hang|ma don|so don|van don|hoa don|giao dich|hop dong|tra cuu|tham chieu|thua dat|\
         thua so|so thua|to ban do|so to|nghi dinh|thong tu|quyet dinh|cong van|van ban|giay phep|so seri|serial|order|case|\
         ticket|file|reference|ref|invoice|receipt|tracking|dossier|commande|facture|so hieu|ma san pham|isbn|\
         application",
    ),
];

/// Words that may stand between a label and its number.
const FILLERS: &[&[u8]] = &[
    b"so", b"la", b"ma", b"cua", b"toi", b"em", b"minh", b"no", b"nr", b"number", b"is", b"my", b"id",
    b"the", b"nay", b"numero", b"est", b"code",
];

/// Money and measures: a number before one of these counts something.
const UNITS: &[&[u8]] = &[
    b"d", b"dong", b"vnd", b"usd", b"eur", b"euro", b"euros", b"trieu", b"ty", b"ti", b"nghin", b"ngan",
    b"k", b"m", b"m2", b"km", b"kg", b"gb", b"mb", b"nguoi", b"luot", b"dollars", b"people",
];

/// What the words around `from..to` say; the nearest one before it counts, else the nearest behind.
pub fn around(text: &Text, from: usize, to: usize) -> Option<Label> {
    let before = text.slice(from.saturating_sub(REACH)..from);
    nearest(before, true).or_else(|| nearest(text.slice(to..text.bytes().len().min(to + REACH)), false))
}

/// The label that ends last in `window`, before a number; or that begins first, behind one. Digits may follow a label
/// at once, letters not.
fn nearest(window: &[u8], before: bool) -> Option<Label> {
    let mut best = (0, None);
    for at in 0..window.len() {
        let (head, rest) = window.split_at_checked(at).unwrap_or_default();
        let begins = rest.first().is_some_and(u8::is_ascii_alphabetic);
        if !begins || head.last().is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        for (label, words) in LABELS {
            for word in words.split(|byte| *byte == b'|') {
                let Some(after) = rest.strip_prefix(word) else { continue };
                if after.first().is_some_and(u8::is_ascii_alphabetic) {
                    continue;
                }
                if !before {
                    return only_fillers(head).then_some(*label);
                }
                let apart = after.iter().filter(|byte| byte.is_ascii_digit()).count() >= OTHER_NUMBER;
                let counts = *label != Label::Nobodys || only_fillers(after);
                if !apart && counts && at + word.len() >= best.0 {
                    best = (at + word.len(), Some(*label));
                }
            }
        }
    }
    best.1
}

/// Whether the letters `word` are one of the words that name a kind: they may stand right at a number (`sdt0912…`).
pub fn is_name(word: &[u8]) -> bool {
    let named = |words: &[u8]| words.split(|byte| *byte == b'|').any(|each| each == word);
    LABELS.iter().any(|(label, words)| *label != Label::Nobodys && named(words))
}

/// Whether what follows `to` is money or a measure.
pub fn is_counted(text: &Text, to: usize) -> bool {
    let word = text.run(to, |byte| *byte == b' ');
    let end = text.run(word, u8::is_ascii_alphanumeric);
    let word = text.slice(word..end);
    let slash = text.at(end) == b'/' || text.at(end) == b'c';
    matches!(text.at(to), b'%' | b'$') || (!slash && UNITS.contains(&word))
}

fn only_fillers(between: &[u8]) -> bool {
    between.split(|byte| !byte.is_ascii_alphanumeric()).all(|word| word.is_empty() || FILLERS.contains(&word))
}
