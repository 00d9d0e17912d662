//! E-mail addresses, also with spaces in them, with `(at)`, `a còng`, `chấm com`, or with the sign left out.

use crate::{label::TextLabels, text::FoldedText, work};
use std::ops::Range;
use wire::Personal;

/// Who gives addresses to everybody: behind one of them a slip in the rest doesn't matter.
const PROVIDERS: &[&[u8]] = &[
    b"gmail",
    b"yahoo",
    b"hotmail",
    b"outlook",
    b"icloud",
    b"live",
    b"ymail",
    b"proton",
    b"protonmail",
    b"zoho",
    b"msn",
];
/// Ends of names, where something else than a dot stands before them.
const ENDS: &[&[u8]] = &[
    b"com", b"vn", b"net", b"org", b"edu", b"gov", b"info", b"fr", b"uk", b"co", b"io", b"me", b"de", b"jp",
    b"kr",
];
/// What is said for a dot.
const DOTS: &[&[u8]] = &[b"cham", b"dot", b"point"];
/// Most names in one address.
const MAX_NAMES: usize = 5;

/// What stands between a name and its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// `@`.
    At,
    /// `(at)`, `a còng`.
    Spelt,
    /// ` at `, which says other things as well.
    Word,
    /// Nothing but a space.
    Missing,
}

/// A host that was read.
struct EmailHost {
    end: usize,
    /// Whether it is one that gives addresses to everybody.
    known: bool,
    /// Whether it has a dot, of whatever kind, before a last part of letters.
    whole: bool,
    /// Whether a dot is spelt.
    spelt: bool,
    /// Whether its last part is one that hosts end with.
    ends: bool,
}

/// The addresses in `text`.
pub fn find_emails(text: &FoldedText, labels: &TextLabels) -> Vec<(Personal, Range<usize>)> {
    let mut out = Vec::new();
    for (at, byte) in text.folded_bytes().iter().enumerate() {
        let begins = !text.byte_before(at).is_ascii_alphanumeric();
        let sign = match byte {
            b'@' => Some((Sign::At, at..at + 1)),
            b'(' | b'[' | b'{' => bracketed_at_sign(text, at).map(|end| (Sign::Spelt, at..end)),
            b'a' if begins => spelt_at_sign(text, at),
            b' ' => Some((Sign::Missing, at..at + 1)),
            _ => None,
        };
        let found = sign.and_then(|(sign, place)| address_around(text, labels, sign, place));
        out.extend(found.map(|place| (Personal::Email, place)));
    }
    out
}

/// `(at)`, `[a còng]`.
fn bracketed_at_sign(text: &FoldedText, at: usize) -> Option<usize> {
    let end = text.run_end(at + 1, |byte| byte.is_ascii_alphabetic() || b" -".contains(byte));
    let named = matches!(text.slice(at + 1..end), b"at" | b"a cong" | b"a-cong" | b"acong" | b"a moc");
    (named && b")]}".contains(&text.byte_at(end))).then_some(end + 1)
}

/// `a còng`, `at`, as words of their own.
fn spelt_at_sign(text: &FoldedText, at: usize) -> Option<(Sign, Range<usize>)> {
    const SIGNS: &[(&[u8], Sign)] = &[
        (b"a cong", Sign::Spelt),
        (b"a-cong", Sign::Spelt),
        (b"acong", Sign::Spelt),
        (b"a moc", Sign::Spelt),
        (b"at", Sign::Word),
    ];
    work::count_steps(SIGNS.len());
    let stands = |sign: &[u8]| {
        text.slice(at..at + sign.len()) == sign && !text.byte_at(at + sign.len()).is_ascii_alphanumeric()
    };
    let (sign, kind) = SIGNS.iter().find(|(sign, _)| stands(sign))?;
    Some((*kind, at..at + sign.len()))
}

fn address_around(
    text: &FoldedText,
    labels: &TextLabels,
    sign: Sign,
    place: Range<usize>,
) -> Option<Range<usize>> {
    // Most spaces have nothing of the kind behind them.
    if sign == Sign::Missing && !is_provider(text, place.end) {
        return None;
    }
    let host = host_at(text, skip_spaces(text, place.end))?;
    let (start, joined) = local_part_before(text, place.start, sign)?;
    let local = start..place.start;
    let labelled = labels.is_email_before(text, start);
    let telling = text.slice(local).iter().any(|byte| byte.is_ascii_digit() || b"._".contains(byte));
    let fits = match sign {
        // `@lan.nguyen` is what somebody is called elsewhere.
        Sign::At => host.known || (host.whole && (host.ends || text.byte_before(place.start) != b' ')),
        Sign::Spelt => {
            host.known || (host.whole && (labelled || host.spelt || text.byte_at(place.start) != b'a'))
        }
        Sign::Word => (host.known || host.whole) && (labelled || host.spelt || joined),
        Sign::Missing => {
            host.known && host.whole && (telling || labelled) && !labels.leads_to_number(place.start)
        }
    };
    fits.then_some(start..host.end)
}

fn is_provider(text: &FoldedText, at: usize) -> bool {
    let end = text.run_end(at, u8::is_ascii_alphabetic);
    PROVIDERS.contains(&text.slice(at..end))
}

/// Past a space or two.
fn skip_spaces(text: &FoldedText, at: usize) -> usize {
    at + text.slice(at..at + 2).iter().take_while(|byte| **byte == b' ').count()
}

/// The host that begins at `at`.
fn host_at(text: &FoldedText, from: usize) -> Option<EmailHost> {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let mut end = text.run_end(from, part);
    let first = text.slice(from..end);
    if first.is_empty() {
        return None;
    }
    let known = PROVIDERS.contains(&first);
    let mut host = EmailHost { end, known, whole: false, spelt: false, ends: false };
    for _ in 0..MAX_NAMES {
        let Some((start, sure, spelt)) = dot_at(text, end, known) else { break };
        end = text.run_end(start, part);
        let next = text.slice(start..end);
        if next.is_empty() || !(sure || ENDS.contains(&next)) {
            break;
        }
        let letters = next.len() >= 2 && next.iter().all(u8::is_ascii_alphabetic);
        // What is joined by a dot belongs to it, whatever it is.
        if !letters && !sure {
            break;
        }
        host =
            EmailHost { end, known, whole: letters, spelt: host.spelt || spelt, ends: ENDS.contains(&next) };
    }
    host.end = text.run_back(host.end, |byte| *byte == b'-').max(from + 1);
    Some(host)
}

/// What stands for a dot at `at`: where it ends, whether it can be nothing else, and whether it is spelt.
fn dot_at(text: &FoldedText, at: usize, known: bool) -> Option<(usize, bool, bool)> {
    let start = skip_spaces(text, at);
    let end = text.run_end(start, u8::is_ascii_alphabetic);
    let bracket = b"([{".contains(&text.byte_at(start));
    let inner = if bracket { text.run_end(start + 1, u8::is_ascii_alphabetic) } else { end };
    let said = text.slice(start + usize::from(bracket)..inner);
    if DOTS.contains(&said) {
        let past = inner + usize::from(bracket && b")]}".contains(&text.byte_at(inner)));
        return Some((skip_spaces(text, past), false, true));
    }
    match text.byte_at(start) {
        b'.' if start == at && text.byte_at(at + 1) != b' ' => Some((at + 1, true, false)),
        b'.' => Some((skip_spaces(text, start + 1), false, false)),
        b',' if known => Some((skip_spaces(text, start + 1), false, false)),
        _ if known && start > at => Some((start, false, false)),
        _ => None,
    }
}

/// Where the name that ends before the sign at `at` begins, and whether a dot in it is spelt.
fn local_part_before(text: &FoldedText, at: usize, sign: Sign) -> Option<(usize, bool)> {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
    let gap = |at: usize| {
        text.slice(at.saturating_sub(2)..at).iter().rev().take_while(|byte| **byte == b' ').count()
    };
    let end = at - gap(at);
    let mut start = text.run_back(end, part);
    if !text.slice(start..end).iter().any(u8::is_ascii_alphanumeric) {
        return None;
    }
    let mut spelt = false;
    for _ in 0..MAX_NAMES {
        // `an . nguyen`, `an chấm nguyễn`
        let before = start - gap(start);
        let from = text.run_back(before, part);
        let word = text.slice(from..before);
        let dotted = word == b"." || (sign != Sign::Missing && DOTS.contains(&word));
        let whole = text.byte_at(start) == b'.' || text.byte_before(start) == b'.';
        if before == start || !(dotted || whole) {
            break;
        }
        let end = from - gap(from);
        let next = text.run_back(end, part);
        if !dotted || next == end {
            break;
        }
        spelt = spelt || word != b".";
        start = next;
    }
    Some((start, spelt))
}
