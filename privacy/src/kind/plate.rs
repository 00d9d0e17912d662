//! Vehicle plates (Circular 79/2024/TT-BCA): a province (2 digits), a series (a letter, and a letter or a digit), a number (5
//! digits, or the 4 of old ones where the words around say so). Diplomats' have a country (3 digits) and letters of their own;
//! the army's begin with letters, temporary ones with a T: these are only taken where the words say so.

use crate::{
    label::{Label, TextLabels},
    number,
    text::FoldedText,
};
use std::ops::Range;
use wire::Personal;

/// Letters that only diplomats' and foreigners' plates have.
const ABROAD: &[&[u8]] = &[b"ng", b"nn", b"qt", b"cv"];

/// A plate that was read: where it ends, and whether only words around it make it one.
struct PlateMatch {
    end: usize,
    needs: Needs,
}

/// What must stand beside a plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// A word that may mean a plate.
    Word,
    /// A word that means nothing else.
    StrongWord,
}

/// The plates in `text`.
pub fn find_plates(text: &FoldedText, labels: &TextLabels) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < text.folded_bytes().len() {
        let begins = !text.byte_before(at).is_ascii_alphanumeric();
        let (digits, letters) =
            (text.run_end(at, u8::is_ascii_digit), text.run_end(at, u8::is_ascii_alphabetic));
        let shape = match (digits - at, letters - at) {
            (2, _) => civil_plate(text, at, digits).or_else(|| diplomatic_plate(text, digits)),
            (_, 1 | 2) if begins => {
                temporary_plate(text, at, letters).or_else(|| army_plate(text, at, letters))
            }
            _ => None,
        };
        let taken = out.last().is_some_and(|last| last.end > at);
        if let Some(shape) = shape.filter(|shape| !taken && plate_fits_context(text, labels, at, shape)) {
            out.push(at..shape.end);
        }
        at = digits.max(letters).max(at + 1);
    }
    out
}

/// Whether the words around let `shape` at `at` be a plate.
fn plate_fits_context(text: &FoldedText, labels: &TextLabels, at: usize, shape: &PlateMatch) -> bool {
    let [before, _] = labels.labels_before(text, at);
    let label = before.or_else(|| labels.label_after(text, shape.end));
    let (called, strong, other) = match label {
        Some(Label::Nobodys) => (false, false, true),
        Some(Label::Is { kind: Personal::Plate, strong, .. }) => (true, strong, false),
        Some(label @ Label::Is { kind, .. }) => (false, false, label.is_sure() || kind == Personal::Passport),
        None => (false, false, false),
    };
    let worded = match shape.needs {
        Needs::Nothing => true,
        Needs::Word => called,
        Needs::StrongWord => strong,
    };
    let clean = called || number::opens_number(text, labels, at);
    worded && !other && clean && number::closes_number(text, labels, shape.end)
}

/// `51F-123.45`, `59X1-234.56`, `59X123456`, `80NG-123-45`.
fn civil_plate(text: &FoldedText, at: usize, digits: usize) -> Option<PlateMatch> {
    if text.byte_at(at) == b'0' {
        return None;
    }
    let series = skip_separator(text, digits);
    let letters = text.run_end(series, u8::is_ascii_alphabetic);
    if !(1..=2).contains(&(letters - series)) {
        return None;
    }
    // All in one, or the series ends with a digit.
    let start = match text.run_end(letters, u8::is_ascii_digit) - letters {
        1 => skip_separator(text, letters + 1),
        6 => letters + 1,
        _ => skip_separator(text, letters),
    };
    let (end, size) = plate_number_end(text, start);
    let parted = text.byte_at(start.saturating_sub(1)) == b'-'
        || text.byte_before(start.saturating_sub(1)).is_ascii_digit();
    let needs = match size {
        5 => Needs::Nothing,
        4 if parted => Needs::Word,
        _ => Needs::StrongWord,
    };
    (4..=6).contains(&size).then_some(PlateMatch { end, needs })
}

/// `80-011-NG-01`.
fn diplomatic_plate(text: &FoldedText, digits: usize) -> Option<PlateMatch> {
    let country = skip_separator(text, digits);
    let after = text.run_end(country, u8::is_ascii_digit);
    let letters = skip_separator(text, after);
    let end = text.run_end(letters, u8::is_ascii_alphabetic);
    let last = skip_separator(text, end);
    let close = text.run_end(last, u8::is_ascii_digit);
    let fits = country > digits && after - country == 3 && ABROAD.contains(&text.slice(letters..end));
    (fits && (2..=3).contains(&(close - last))).then_some(PlateMatch { end: close, needs: Needs::Nothing })
}

/// `T29-123.45`.
fn temporary_plate(text: &FoldedText, at: usize, letters: usize) -> Option<PlateMatch> {
    let place = skip_separator(text, letters);
    let digits = text.run_end(place, u8::is_ascii_digit);
    let (end, size) = plate_number_end(text, skip_separator(text, digits));
    let fits = matches!(text.slice(at..letters), b"t" | b"td") && digits - place == 2;
    (fits && (4..=6).contains(&size)).then_some(PlateMatch { end, needs: Needs::Word })
}

/// `TH-12-34`.
fn army_plate(text: &FoldedText, at: usize, letters: usize) -> Option<PlateMatch> {
    let first = skip_separator(text, letters);
    let middle = text.run_end(first, u8::is_ascii_digit);
    let last = skip_separator(text, middle);
    let end = text.run_end(last, u8::is_ascii_digit);
    let parted = middle - first == 2 && last > middle && (2..=3).contains(&(end - last));
    let dashes = text.byte_at(letters) == b'-' && text.byte_at(middle) == b'-';
    let capital = text.is_capital(at..letters);
    (letters - at == 2 && parted && (capital || dashes)).then_some(PlateMatch { end, needs: Needs::Word })
}

/// The end of a plate's number that starts at `start`, and how many digits it has: `12345`, `123.45`, `1234`.
fn plate_number_end(text: &FoldedText, start: usize) -> (usize, usize) {
    let end = text.run_end(start, u8::is_ascii_digit);
    let last = text.run_end(end + 1, u8::is_ascii_digit);
    let parted =
        end - start == 3 && b". -,_/".contains(&text.byte_at(end)) && (2..=3).contains(&(last - end - 1));
    if parted { (last, 3 + last - end - 1) } else { (end, end - start) }
}

/// Past what may stand between the parts: a sign, with a space on either side.
fn skip_separator(text: &FoldedText, at: usize) -> usize {
    let signs = text.slice(at..at + 3).iter().take_while(|byte| b" -._/*".contains(byte)).count();
    at + signs
}
