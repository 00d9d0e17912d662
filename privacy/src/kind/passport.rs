//! Passports: Vietnam's are a letter and seven or eight digits; others are only found where the words say so.

use crate::number::NumberCandidate;
use wire::Personal;

pub fn is_passport(number: &NumberCandidate<'_>) -> bool {
    let size = number.len();
    if number.is_called(Personal::Passport) {
        let plain = number.groups.len() == 1 && size >= 8;
        return (6..=9).contains(&size) && (plain || !number.prefix.is_empty());
    }
    let vietnamese = matches!(number.prefix, [b'b' | b'c' | b'e' | b'k' | b'n' | b'p']);
    vietnamese
        && number.joined
        && number.groups.len() == 1
        && (7..=8).contains(&size)
        && number.label.is_none()
}

pub fn may_be(number: &NumberCandidate<'_>) -> bool {
    (6..=10).contains(&number.len()) && (!number.prefix.is_empty() || number.len() >= 7)
}
