//! Căn cước: province or, for who was born abroad, country (3), century and sex (1), year of birth (2), and six digits that
//! follow no rule (Law on Identity 26/2023/QH15; Decree 70/2024/NĐ-CP, amended by Decree 58/2026/NĐ-CP; the codes were listed
//! in Circular 59/2021/TT-BCA, whose place Circular 17/2024/TT-BCA took).

use crate::number::NumberCandidate;
use std::ops::RangeInclusive;
use wire::Personal;

/// The provinces' codes, bit by bit.
const PROVINCES: u128 = {
    let codes = [
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38,
        40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80,
        82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
    ];
    let (mut bits, mut at) = (0, 0);
    while at < codes.len() {
        #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
        let code: u32 = codes[at];
        bits |= 1u128 << code;
        at += 1;
    }
    bits
};
/// The countries' codes, for who was born abroad.
const COUNTRIES: RangeInclusive<u64> = 101..=399;
/// Whoever was born abroad before and is asked for a number is very rare: most such numbers are something else.
const OLDEST_ABROAD: u64 = 1920;

/// A number in parts.
struct Parts {
    place: u64,
    born: u64,
}

fn citizen_id_parts(digits: &[u8]) -> Option<Parts> {
    let value = |from: usize, to: usize| {
        let digits = digits.get(from..to).unwrap_or_default();
        digits.iter().fold(0, |value, digit| value * 10 + u64::from(digit.wrapping_sub(b'0')))
    };
    let all = digits.len() == 12 && digits.iter().all(u8::is_ascii_digit);
    all.then(|| Parts { place: value(0, 3), born: 1900 + value(3, 4) / 2 * 100 + value(4, 6) })
}

impl Parts {
    fn is_home(&self) -> bool {
        let bits = u32::try_from(self.place).ok().and_then(|place| PROVINCES.checked_shr(place));
        bits.is_some_and(|bits| bits & 1 == 1)
    }
}

/// Whether `digits` (ASCII) have the form of a citizen's number in the year `year`: a province or a country, and nobody is
/// born later.
///
/// ```
/// assert!(privacy::is_citizen_id(b"079203001234", 2026));
/// assert!(privacy::is_citizen_id(b"132085001234", 2026), "born abroad");
/// assert!(!privacy::is_citizen_id(b"078203001234", 2026), "no such place");
/// assert!(!privacy::is_citizen_id(b"079230001234", 2026), "born in 2030");
/// ```
pub fn is_citizen_id(digits: &[u8], year: u32) -> bool {
    citizen_id_parts(digits).is_some_and(|parts| {
        parts.born <= u64::from(year) && (parts.is_home() || COUNTRIES.contains(&parts.place))
    })
}

pub fn matches_citizen_id(number: &NumberCandidate<'_>) -> bool {
    let Some(parts) = citizen_id_parts(number.digits).filter(|parts| parts.born <= u64::from(number.year))
    else {
        return false;
    };
    let called = number.is_called(Personal::CitizenId) || number.is_called(Personal::OldId);
    let parted = |size: usize| number.groups.iter().all(|group| group.digit_count() == size);
    let regular =
        number.plain && number.alone && (number.groups.len() == 1 || parted(3) || parted(4) || parted(6));
    let abroad = COUNTRIES.contains(&parts.place) && parts.born >= OLDEST_ABROAD;
    let other = number.thousands || number.is_round() || is_moment(number) || is_pattern(number.digits);
    called || parts.is_home() || (abroad && regular && !other && number.label.is_none())
}

pub fn may_be(number: &NumberCandidate<'_>) -> bool {
    (8..=14).contains(&number.len()) && !is_day(number)
}

/// `20200715`, `15072020`: a day written in one.
fn is_day(number: &NumberCandidate<'_>) -> bool {
    let (year, back) = (number.digits_value(0..4), number.digits_value(4..8));
    number.len() == 8 && ((1900..=2100).contains(&year) || (1900..=2100).contains(&back))
}

/// `202007150830`: a moment written in one.
fn is_moment(number: &NumberCandidate<'_>) -> bool {
    let in_range = |from: usize, most: u64| number.digits_value(from..from + 2) <= most;
    (1990..=2100).contains(&number.digits_value(0..4))
        && in_range(4, 12)
        && in_range(6, 31)
        && in_range(8, 23)
        && in_range(10, 59)
}

/// `111222333444`, `2020 2021 2022`: nobody's.
fn is_pattern(digits: &[u8]) -> bool {
    let years = digits.chunks(4).all(|four| matches!(four, [b'1', b'9', ..] | [b'2', b'0', ..]));
    years || digits.chunks(3).all(|three| three.windows(2).all(|pair| matches!(pair, [a, b] if a == b)))
}
