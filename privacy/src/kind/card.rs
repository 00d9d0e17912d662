//! Bank cards: the issuers' first digits and the check digit of ISO/IEC 7812-1 (Luhn).

use crate::number::NumberCandidate;
use wire::Personal;

pub fn is_card(number: &NumberCandidate<'_>) -> bool {
    let size = number.len();
    let first = number.digits_value(0..4);
    let issued = match first {
        // NAPAS, Vietnam's own.
        9704 => matches!(size, 16 | 19),
        // Visa.
        4000..=4999 => matches!(size, 13 | 16 | 19),
        // Mastercard, JCB, Discover.
        5100..=5599 | 2221..=2720 | 3528..=3589 | 6011 | 6440..=6599 => size == 16,
        // American Express.
        3400..=3499 | 3700..=3799 => size == 15,
        // UnionPay.
        6200..=6299 => (16..=19).contains(&size),
        _ => false,
    };
    let amount = number.thousands && !number.is_called(Personal::Card);
    issued
        && !amount
        && (passes_luhn(number.digits)
            || number.is_directly(Personal::Card)
            || number.is_strongly(Personal::Card))
}

/// A wrong digit; or the few on the back of a card.
pub fn may_be(number: &NumberCandidate<'_>) -> bool {
    matches!(number.len(), 3 | 4 | 15..=17 | 19)
}

fn passes_luhn(digits: &[u8]) -> bool {
    let value = |(place, digit): (usize, &u8)| {
        let digit = u32::from(digit - b'0');
        if place % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
    };
    digits.iter().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}
