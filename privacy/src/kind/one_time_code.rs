//! Codes that open something once, and the secret numbers of cards: a few digits, so only right beside words that say so.

use crate::number::Number;
use wire::Personal;

pub fn is(number: &Number<'_>) -> bool {
    (4..=8).contains(&number.len())
        && number.groups.len() <= 2
        && number.is_surely(Personal::OneTimeCode)
        && !number.plus
}

pub fn may_be(number: &Number<'_>) -> bool {
    (4..=9).contains(&number.len())
}
