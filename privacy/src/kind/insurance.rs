//! Social insurance: ten digits where the words around say so; a health insurance card is two letters, the level of
//! benefit (1 to 5), a province (2) and those ten.

use crate::number::Number;
use wire::Personal;

pub fn is(number: &Number<'_>) -> bool {
    match number.len() {
        10 => number.is_called(Personal::Insurance),
        13 => {
            let lettered =
                number.prefix.len() == 2 && (number.joined || number.is_called(Personal::Insurance));
            lettered && (1..=5).contains(&number.value(0..1))
        }
        _ => false,
    }
}

pub fn may_be(number: &Number<'_>) -> bool {
    (9..=14).contains(&number.len())
}
