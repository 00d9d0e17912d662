//! Unicode's normalization forms (UAX #15), over tables that take a fifth of the room of the usual library's: those are 53 KB of the
//! worker compressed, these 11 (`docs/bench.md`). What a character is made of comes from that library when this crate is built; its tests
//! hold both against each other, character by character.

mod hangul;
mod tables;

use tables::{CombiningClass, TABLES};

/// `text` composed: normalization form C.
pub fn to_nfc(text: &str) -> String {
    // Everything before the first combining mark is composed already.
    if text.chars().all(|c| c < '\u{300}') {
        return text.to_owned();
    }
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    // Where the letter is that marks may join, and the class of the last mark behind it that did not.
    let (mut letter, mut blocked) = (None, None);
    for (class, c) in take_apart(text, NormalizationForm::Canonical) {
        let is_free = blocked.is_none_or(|last| last < class);
        let target = letter.filter(|_| is_free).and_then(|at| out.get_mut::<usize>(at));
        if let Some(target) = target
            && let Some(composed) = compose_pair(*target, c)
        {
            *target = composed;
            continue;
        }
        if class == 0 {
            (letter, blocked) = (Some(out.len()), None);
        } else {
            blocked = Some(class);
        }
        out.push(c);
    }
    out.into_iter().collect()
}

/// `text` taken apart: normalization form D.
pub fn to_nfd(text: &str) -> String {
    take_apart(text, NormalizationForm::Canonical).into_iter().map(|(_, c)| c).collect()
}

/// `text` taken apart, and what only looks otherwise made plain: normalization form KD.
pub fn to_nfkd(text: &str) -> String {
    take_apart(text, NormalizationForm::Compatible).into_iter().map(|(_, c)| c).collect()
}

/// Calls `emit` with each character that `c` is in normalization form KD.
pub fn decompose_compatible(c: char, emit: impl FnMut(char)) {
    decompose_char(c, NormalizationForm::Compatible, emit);
}

/// Whether `c` is a mark on another character: of Unicode's general category M.
pub fn is_combining_mark(c: char) -> bool {
    // ASCII, and the rest of Latin that is most text here.
    c >= '\u{300}' && TABLES.is_mark(c)
}

#[derive(Debug, Clone, Copy)]
enum NormalizationForm {
    Canonical,
    Compatible,
}

fn decompose_char(c: char, form: NormalizationForm, mut emit: impl FnMut(char)) {
    if c.is_ascii() {
        return emit(c);
    }
    if let Some(letters) = hangul::split_syllable(c) {
        return letters.into_iter().flatten().for_each(emit);
    }
    let parts = match form {
        NormalizationForm::Canonical => TABLES.canonical_parts(c),
        NormalizationForm::Compatible => TABLES.compatible_parts(c),
    };
    match parts {
        Some(parts) => parts.iter().copied().for_each(emit),
        None => emit(c),
    }
}

/// The parts of `text`, marks on one letter in their canonical order.
fn take_apart(text: &str, form: NormalizationForm) -> Vec<(CombiningClass, char)> {
    let mut out = Vec::with_capacity(text.len());
    // Where the marks begin that are not in order yet.
    let mut marks = 0;
    for c in text.chars() {
        decompose_char(c, form, |part| {
            let class = TABLES.combining_class(part);
            if class == 0 {
                sort_marks(&mut out, marks);
                marks = out.len() + 1;
            }
            out.push((class, part));
        });
    }
    sort_marks(&mut out, marks);
    out
}

fn sort_marks(out: &mut [(CombiningClass, char)], from: usize) {
    let marks = out.get_mut(from..).unwrap_or_default();
    if marks.len() > 1 {
        marks.sort_by_key(|(class, _)| *class);
    }
}

fn compose_pair(first: char, second: char) -> Option<char> {
    // Nothing joins a letter before it that comes before the first combining mark.
    if second < '\u{300}' {
        return None;
    }
    hangul::join_letters(first, second).or_else(|| TABLES.find_composed(first, second))
}
