//! The words around a number that tell what it is, or that it is nobody's. Written without marks, as folded.

use crate::text::Text;
use std::ops::Range;
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

const LABELS: &[(Label, &str)] = &[
    (
        Label::Is(Personal::CitizenId),
        "cccd|can cuoc|dinh danh|citizen id|identity card|id card|id number|national id|carte d'identite",
    ),
    (
        Label::Is(Personal::OldId),
        "cmnd|cmtnd|cmt|chung minh nhan|chung minh thu|so chung minh|giay chung minh",
    ),
    (
        Label::Is(Personal::Insurance),
        "bhxh|bhyt|bhtn|bao hiem xa hoi|bao hiem y te|so bao hiem|the bao hiem|social insurance|health insurance",
    ),
    (Label::Is(Personal::TaxCode), "mst|ma so thue|ma thue|tax code|tax id|tax number|code fiscal"),
    (Label::Is(Personal::Passport), "ho chieu|passport|passeport"),
    (Label::Is(Personal::Plate), "bien so|bien kiem soat|bks|bsx|bien xe|plate|plaque"),
    (
        Label::Is(Personal::Phone),
        "sdt|dt|dtdd|dien thoai|so phone|phone|tel|telephone|mobile|zalo|whatsapp|viber|goi|call|fax",
    ),
    (
        Label::Is(Personal::Card),
        "so the|the atm|the ngan hang|the tin dung|the visa|card number|bank card|credit card",
    ),
    (
        Label::Nobodys,
        "ho so|bien nhan|bien lai|don hang|ma don|so don|van don|hoa don|giao dich|hop dong|tra cuu|tham chieu|thua dat|\
         thua so|so thua|to ban do|so to|nghi dinh|thong tu|quyet dinh|cong van|van ban|giay phep|so seri|serial|order|case|\
         ticket|file|reference|ref|invoice|receipt|tracking|dossier|commande|facture|so hieu|ma san pham|isbn|\
         application",
    ),
];

/// Words that may stand between a label and its number.
const FILLERS: &[&str] = &[
    "so", "la", "ma", "cua", "toi", "em", "minh", "no", "nr", "number", "is", "my", "id", "the", "nay",
    "numero", "est", "code",
];

/// Money and measures: a number before one of these counts something.
const UNITS: &[&str] = &[
    "d", "dong", "vnd", "usd", "eur", "euro", "euros", "trieu", "ty", "ti", "nghin", "ngan", "k", "m", "m2",
    "km", "kg", "gb", "mb", "nguoi", "luot", "dollars", "people",
];

/// What the words around `from..to` say; the nearest one before it counts, else the nearest behind.
pub fn around(text: &Text, from: usize, to: usize) -> Option<Label> {
    before(text, from).or_else(|| behind(text, to))
}

fn before(text: &Text, from: usize) -> Option<Label> {
    let window = text.slice(from.saturating_sub(REACH)..from);
    let named = named(window).filter(|(label, place)| {
        let between = window.get(place.end..).unwrap_or_default();
        let apart = between.iter().filter(|byte| byte.is_ascii_digit()).count() >= OTHER_NUMBER;
        !apart && (*label != Label::Nobodys || only_fillers(between))
    });
    named.max_by_key(|(_, place)| place.end).map(|(label, _)| label)
}

fn behind(text: &Text, to: usize) -> Option<Label> {
    let window = text.slice(to..text.bytes().len().min(to + REACH));
    let mut named =
        named(window).filter(|(_, place)| only_fillers(window.get(..place.start).unwrap_or_default()));
    named.next().map(|(label, _)| label)
}

/// Every label in `window` with its place, in the order of their beginnings. Digits may follow one at once.
fn named(window: &[u8]) -> impl Iterator<Item = (Label, Range<usize>)> {
    let begins = |at: &usize| {
        let before = at.checked_sub(1).and_then(|at| window.get(at));
        window.get(*at).is_some_and(u8::is_ascii_alphabetic)
            && before.is_none_or(|byte| !byte.is_ascii_alphanumeric())
    };
    (0..window.len()).filter(begins).flat_map(move |at| {
        let rest = window.get(at..).unwrap_or_default();
        words().filter_map(move |(label, word)| {
            let after = rest.strip_prefix(word.as_bytes())?.first();
            after.is_none_or(|byte| !byte.is_ascii_alphabetic()).then_some((label, at..at + word.len()))
        })
    })
}

fn words() -> impl Iterator<Item = (Label, &'static str)> {
    LABELS.iter().flat_map(|(label, words)| words.split('|').map(|word| (*label, word)))
}

/// Whether the letters `word` are one of the words that name a kind: they may stand right at a number (`sdt0912…`).
pub fn is_name(word: &[u8]) -> bool {
    words().any(|(label, each)| label != Label::Nobodys && each.as_bytes() == word)
}

/// Whether what follows `to` is money or a measure.
pub fn is_counted(text: &Text, to: usize) -> bool {
    let word = text.run(to, |byte| *byte == b' ');
    let end = text.run(word, u8::is_ascii_alphanumeric);
    let word = text.slice(word..end);
    let slash = text.at(end) == b'/' || text.at(end) == b'c';
    matches!(text.at(to), b'%' | b'$') || (!slash && UNITS.iter().any(|unit| unit.as_bytes() == word))
}

fn only_fillers(between: &[u8]) -> bool {
    between
        .split(|byte| !byte.is_ascii_alphanumeric())
        .all(|word| word.is_empty() || FILLERS.iter().any(|filler| filler.as_bytes() == word))
}
