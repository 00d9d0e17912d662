//! Social insurance: ten digits where the words around say so; a health insurance card is two letters, the level of
//! benefit (1 to 5), a province (2) and those ten.

use crate::{groups::DigitGroup, number::NumberCandidate};
use wire::Personal;

/// The letters that say why somebody is insured, two by two (Decision 1351/QĐ-BHXH of 2015 and the changes since).
const GROUPS: &[u8] =
    b"dnhxchnntkhcxkhttbnoctxbtncsqncacyxnmsccckcbkchdtebthndtdkxdtstctqtatyhglspvhssvgbgdtvtdndthtlxv";

pub fn is_insurance(number: &NumberCandidate<'_>) -> bool {
    match number.len() {
        // `bảo hiểm` alone may be any.
        10 => {
            let amount = number.thousands || number.is_round();
            number.is_strongly(Personal::Insurance) || (number.is_called(Personal::Insurance) && !amount)
        }
        13 => {
            // `GD 4 79 …`, as it is printed.
            let printed = number.groups.iter().map(DigitGroup::digit_count).take(2).eq([1, 2]);
            let lettered = number.prefix.len() == 2
                && (number.joined || printed || number.is_called(Personal::Insurance));
            // Others put two letters before numbers of orders and parcels.
            let group =
                number.is_called(Personal::Insurance) || GROUPS.chunks(2).any(|group| group == number.prefix);
            lettered && group && (1..=5).contains(&number.digits_value(0..1))
        }
        _ => false,
    }
}

pub fn may_be(number: &NumberCandidate<'_>) -> bool {
    (9..=14).contains(&number.len())
}
