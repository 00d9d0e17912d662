//! Codes that open something once, and the secret numbers of cards: a few digits, so only right beside words that say so.

use crate::number::NumberCandidate;
use wire::Personal;

pub fn is_one_time_code(number: &NumberCandidate<'_>) -> bool {
    let year = matches!(number.digits, [b'1', b'9', _, _] | [b'2', b'0', _, _]);
    let usual = matches!(number.len(), 4 | 6) && number.groups.len() == 1 && !number.is_round() && !year;
    let even = number
        .groups
        .windows(2)
        .all(|pair| matches!(pair, [one, next] if one.digit_count() == next.digit_count()));
    let six = usual || (even && number.plain && !number.is_round());
    let far = six && number.len() == 6 && number.is_strongly(Personal::OneTimeCode);
    let near =
        number.is_surely(Personal::OneTimeCode) || (usual && number.is_directly(Personal::OneTimeCode));
    (4..=8).contains(&number.len()) && (near || far) && !number.plus
}

pub fn may_be(number: &NumberCandidate<'_>) -> bool {
    (4..=9).contains(&number.len())
}
