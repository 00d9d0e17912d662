//! Telephone numbers. Vietnam's mobiles have ten digits, its landlines eleven with their area code (Ministry of
//! Information and Communications, Circular 22/2014/TT-BTTTT and the changes of 2017 and 2018); elsewhere what begins
//! with `+` (ITU-T E.164: at most fifteen digits).

use crate::{
    groups::DigitGroup,
    number::{NumberCandidate, is_list},
};
use wire::Personal;

pub fn is_phone(number: &NumberCandidate<'_>) -> bool {
    let digits = number.digits;
    let abroad = digits.strip_prefix(b"0084").or_else(|| digits.strip_prefix(b"84"));
    let called = number.is_called(Personal::Phone);
    if !called && is_list(number.groups, digits) {
        return false;
    }
    let national = digits.strip_prefix(b"0");
    national.is_some_and(is_national)
        || abroad.is_some_and(|rest| is_national(rest.strip_prefix(b"0").unwrap_or(rest)))
        || (number.plus && (8..=15).contains(&digits.len()) && !digits.starts_with(b"84"))
        || national.is_some_and(|rest| is_former(rest) && (called || is_parted(number)))
        || (called && (is_national(digits) || is_american(number)))
        || (called && digits.starts_with(b"00") && (11..=15).contains(&digits.len()))
        || (called && digits.starts_with(b"0") && (9..=11).contains(&digits.len()))
        || (number.plain && (is_french(number) || is_korean(number)))
}

/// A digit too many or too few; a landline without its area's code. What anybody may call is nobody's: 1800, 1900.
pub fn may_be(number: &NumberCandidate<'_>) -> bool {
    let digits = number.digits;
    let service = [&b"1800"[..], b"1900"].iter().any(|service| digits.starts_with(service));
    match digits.len() {
        7 | 8 => matches!(digits, [b'2'..=b'8', ..]) && !number.is_round(),
        9..=15 => !service && !number.thousands,
        _ => false,
    }
}

/// Whether it is a landline's, with its area's code; 069 are those of the army and the police.
pub fn is_landline(digits: &[u8]) -> bool {
    digits.len() == 11 && digits.starts_with(b"02") || digits.len() == 10 && digits.starts_with(b"069")
}

/// What follows the 0 of long distance, or the country's code.
fn is_national(digits: &[u8]) -> bool {
    match digits {
        [b'2', _, ..] => digits.len() == 10,
        [b'3', b'2'..=b'9', ..]
        | [b'5', b'2' | b'5' | b'6' | b'8' | b'9', ..]
        | [b'7', b'0' | b'6'..=b'9', ..]
        | [b'8', b'1'..=b'9', ..]
        | [b'9', b'0'..=b'4' | b'6'..=b'9', ..] => digits.len() == 9,
        _ => false,
    }
}

/// Mobiles as they were until 2018, with eleven digits.
fn is_former(digits: &[u8]) -> bool {
    let began = matches!(digits, [b'1', b'2', ..] | [b'1', b'6', b'2'..=b'9', ..])
        || matches!(digits, [b'1', b'8', b'6' | b'8', ..] | [b'1', b'9', b'9', ..]);
    digits.len() == 10 && began
}

/// `0164 382 7719`, as such were written.
fn is_parted(number: &NumberCandidate<'_>) -> bool {
    let sizes = number.groups.iter().map(DigitGroup::digit_count);
    number.plain && number.alone && number.label.is_none() && sizes.eq([4, 3, 4])
}

/// `(415) 555-0137`: North America's, without the country's code.
fn is_american(number: &NumberCandidate<'_>) -> bool {
    let sizes = number.groups.iter().map(DigitGroup::digit_count);
    number.plain && sizes.eq([3, 3, 4]) && matches!(number.digits, [b'2'..=b'9', _, _, b'2'..=b'9', ..])
}

/// `010-1234-5678`: a Korean mobile.
fn is_korean(number: &NumberCandidate<'_>) -> bool {
    let sizes = number.groups.iter().map(DigitGroup::digit_count);
    number.digits.starts_with(b"010") && sizes.eq([3, 4, 4])
}

/// `06 12 34 56 78`: a French mobile, in pairs as they are always written.
fn is_french(number: &NumberCandidate<'_>) -> bool {
    let pairs = number.groups.len() == 5 && number.groups.iter().all(|group| group.digit_count() == 2);
    pairs && matches!(number.digits, [b'0', b'6' | b'7', ..])
}
