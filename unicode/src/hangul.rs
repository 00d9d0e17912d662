//! Syllables of Hangul: they are composed of their letters by rule (The Unicode Standard, 3.12), so no table holds them.

const SYLLABLES: u32 = 0xAC00;
const LEADING: u32 = 0x1100;
const VOWELS: u32 = 0x1161;
/// One before the first: a syllable need not have a trailing letter.
const TRAILING: u32 = 0x11A7;
const LEADING_COUNT: u32 = 19;
const VOWEL_COUNT: u32 = 21;
const TRAILING_COUNT: u32 = 28;

/// Which one `c` is, counted from `first`.
fn index(c: char, first: u32, count: u32) -> Option<u32> {
    u32::from(c).checked_sub(first).filter(|index| *index < count)
}

/// The two or three letters of a syllable; `None`: `c` is none.
pub fn split_syllable(c: char) -> Option<[Option<char>; 3]> {
    let index = index(c, SYLLABLES, LEADING_COUNT * VOWEL_COUNT * TRAILING_COUNT)?;
    let (pair, trailing) = (index / TRAILING_COUNT, index % TRAILING_COUNT);
    let trailing = if trailing == 0 { None } else { char::from_u32(TRAILING + trailing) };
    Some([
        char::from_u32(LEADING + pair / VOWEL_COUNT),
        char::from_u32(VOWELS + pair % VOWEL_COUNT),
        trailing,
    ])
}

/// The syllable of a leading letter and a vowel, or of such a syllable and a trailing letter.
pub fn join_letters(first: char, second: char) -> Option<char> {
    if let Some(leading) = index(first, LEADING, LEADING_COUNT) {
        let vowel = index(second, VOWELS, VOWEL_COUNT)?;
        return char::from_u32(SYLLABLES + (leading * VOWEL_COUNT + vowel) * TRAILING_COUNT);
    }
    let open = index(first, SYLLABLES, LEADING_COUNT * VOWEL_COUNT * TRAILING_COUNT)?;
    let trailing = index(second, TRAILING, TRAILING_COUNT).filter(|trailing| *trailing > 0)?;
    (open % TRAILING_COUNT == 0).then(|| char::from_u32(SYLLABLES + open + trailing)).flatten()
}
