//! Mã số thuế: nine digits and a check digit; a branch adds three more.

use super::phone;
use crate::number::Number;
use wire::Personal;

const WEIGHTS: [u64; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

pub fn is(number: &Number<'_>, _: u32) -> bool {
    let branch = match number.digits.len() {
        10 => false,
        13 => matches!(number.groups, [.., 3] | [_]) && number.value(10..13) > 0,
        _ => return false,
    };
    let sum: u64 = WEIGHTS.iter().enumerate().map(|(at, weight)| weight * number.value(at..at + 1)).sum();
    let good = 10 - sum % 11 == number.value(9..10) && number.value(2..9) > 0;
    let called = number.is_called(Personal::TaxCode);
    // One number in eleven passes by chance: without a word that says so, only one written in one piece is taken.
    let plain = number.groups.len() == 1 + usize::from(branch) && number.label.is_none();
    good && (called || (plain && !phone::is(number, 0)))
}
