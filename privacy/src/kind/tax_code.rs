//! Mã số thuế: nine digits and a check digit; a branch adds three more. A person's may be the citizen's number since July 2025
//! (Circular 86/2024/TT-BTC).

use super::phone;
use crate::{groups::DigitGroup, number::NumberCandidate};
use wire::Personal;

const WEIGHTS: [u64; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

pub fn is_tax_code(number: &NumberCandidate<'_>) -> bool {
    let alone = number.groups.len() == 1;
    let branch = number.groups.last().is_some_and(|last| alone || last.digit_count() == 3)
        && number.digits_value(10..13) > 0;
    if !(number.len() == 10 || (number.len() == 13 && branch)) {
        return false;
    }
    let sum: u64 =
        WEIGHTS.iter().enumerate().map(|(at, weight)| weight * number.digits_value(at..at + 1)).sum();
    let good = 10 - sum % 11 == number.digits_value(9..10) && number.digits_value(2..9) > 0;
    let called = number.is_called(Personal::TaxCode);
    // One number in eleven passes by chance: without a word that says so, only one written in one piece is taken.
    let first = number.groups.first().map_or(0, DigitGroup::digit_count);
    let plain = first == 10 && number.plain && number.alone && number.label.is_none();
    good && (called || (plain && !phone::is_phone(number)))
}

pub fn may_be(number: &NumberCandidate<'_>) -> bool {
    (9..=14).contains(&number.len())
}
