//! Căn cước: province or, for who was born abroad, country (3), century and sex (1), year of birth (2), and six digits that
//! follow no rule (Law on Identity 26/2023/QH15; Decree 70/2024/NĐ-CP, amended by Decree 58/2026/NĐ-CP; the codes were listed
//! in Circular 59/2021/TT-BCA, whose place Circular 17/2024/TT-BCA took).

use crate::number::Number;
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

pub fn is(number: &Number<'_>, year: u32) -> bool {
    if number.digits.len() != 12 {
        return false;
    }
    let province = u32::try_from(number.value(0..3)).unwrap_or(u32::MAX);
    let century = number.value(3..4);
    let born = 1900 + century / 2 * 100 + number.value(4..6);
    let home = PROVINCES.checked_shr(province).is_some_and(|bits| bits & 1 == 1);
    // Who was born abroad has the country's code there.
    let called = number.is_called(Personal::CitizenId) || number.is_called(Personal::OldId);
    born <= u64::from(year) && (called || home)
}
