//! Telephone numbers of Vietnam in a text. Mobiles have ten digits, landlines eleven with their area's code (Ministry of
//! Information and Communications, Circular 22/2014/TT-BTTTT and the changes of 2017 and 2018), services that anybody may call
//! begin with 1800 or 1900 and have eight or ten.
//!
//! What is personal in a text is found by the crate `privacy`, which passes over the numbers that matter here, an agency's
//! own; it is asked what else a number may be.

use std::ops::Range;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use wire::Personal;

/// Most digits that are looked at together.
const MAX_DIGITS: usize = 24;
/// How much of the text around a number says what it is, in characters.
const CONTEXT: usize = 80;
/// Behind these stands the number of something else. Words are without marks here, as [`fold_word`] makes them.
const NUMBER_NAMES: &[&str] = &[
    "ma",
    "ma so",
    "so thue",
    "mst",
    "cccd",
    "cmnd",
    "cmt",
    "stk",
    "seri",
    "code",
    "reference",
    "ref",
    "id",
];
/// These have numbers, and people who answer a telephone.
const NUMBERED_THINGS: &[&str] = &[
    "ho sow",
    "thue",
    "can cuwowc",
    "dinh danh",
    "tai khoan",
    "ho chieu",
    "bao hiem",
    "bien lai",
    "bien nhan",
    "hoa don",
    "quyet dinh",
    "cong van",
    "van ban",
    "case",
    "file",
    "account",
    "tax",
    "invoice",
    "receipt",
];
/// Words that say that a number comes.
const SAYS_NUMBER: &[&str] = &["so", "la", "ma", "no", "no.", "number", "is", "nr", "n°", "#"];
/// Words that may stand between.
const FILLERS: &[&str] = &["cua", "ban", "ong", "ba", "anh", "chi", "toi", "your", "the"];
/// Before these stand amounts.
const UNITS: &[&str] = &[
    "d", "₫", "dong", "vnd", "usd", "$", "€", "%", "nguwowi", "luwowt", "m2", "m²", "km", "kg", "ty",
    "trieu", "nghin", "ngan", "people",
];

/// The digits that stand together, and where each group of them ends.
struct NumberGroups {
    digits: String,
    ends: Vec<(usize, usize)>,
}

/// The number that begins at `at` of `text` and ends before `limit`: where it stands, and the link that calls it.
pub fn find_phone(text: &str, at: usize, limit: usize) -> Option<(Range<usize>, String)> {
    let before = text.get(..at)?;
    if !opens_number(before) {
        return None;
    }
    let (place, dialled) = read_number(text.get(..limit)?, at)?;
    let service = dialled.starts_with('1');
    let rest = text.get(place.end..)?;
    let solid = text.get(place.clone())?.bytes().all(|byte| byte.is_ascii_digit());
    // Codes of other things have as many digits as mobiles, and no area's code.
    let is_mobile = dialled.len() == 10 && !service;
    let is_other = is_followed_by_more(rest)
        || (service && is_amount(rest))
        || is_of_something_else(before, solid)
        || (is_mobile && is_other_data(text, &place));
    (!is_other).then(|| (place, format!("tel:{dialled}")))
}

/// Whether what begins behind `before` is not the end of a longer code. A slash parts two numbers.
fn opens_number(before: &str) -> bool {
    let mut back = before.chars().rev();
    let (last, earlier) = (back.next(), back.next());
    match last {
        None => true,
        Some('/' | ',' | '-') if earlier.is_some_and(|c| c.is_ascii_digit()) => ends_with_number(before),
        // `ĐT.024…`, but not `H29.0912…`.
        Some('.' | '-') => earlier.is_some_and(char::is_alphabetic) && !is_code(before),
        Some(c) => !c.is_alphanumeric() && !"_@#=&+,/$€(*".contains(c) || (c == '(' && earlier != Some('+')),
    }
}

/// Whether a whole number stands before the last sign, and is no code's end.
fn ends_with_number(before: &str) -> bool {
    let mut run = before.bytes().rev().skip(1).take(2 * MAX_DIGITS).skip_while({
        let mut digits = 0;
        move |byte| {
            digits += usize::from(byte.is_ascii_digit());
            digits < 8 && (byte.is_ascii_digit() || b" .".contains(byte))
        }
    });
    // The eighth digit from the end, and whatever stands before the number.
    let eighth = run.next();
    let earlier = run.find(|byte| !byte.is_ascii_digit() && !b" .()+".contains(byte));
    eighth.is_some_and(|byte| byte.is_ascii_digit())
        && earlier.is_none_or(|byte| b":;,/-\n".contains(&byte) || !byte.is_ascii())
}

/// Whether the word before the last sign holds a digit, as codes do.
fn is_code(before: &str) -> bool {
    let word = before.bytes().rev().take(MAX_DIGITS).take_while(|byte| !byte.is_ascii_whitespace());
    word.into_iter().any(|byte| byte.is_ascii_digit())
}

/// The longest number from `at` on, and what is dialled for it.
fn read_number(text: &str, at: usize) -> Option<(Range<usize>, String)> {
    let rest = text.get(at..)?;
    // A bracket around all of it is the sentence's.
    let opened = rest.starts_with('(');
    let plus_at = at + usize::from(opened);
    let plus = text.get(plus_at..)?.starts_with('+');
    let groups = read_groups(text, plus_at + usize::from(plus));
    for (count, (digits_end, end)) in groups.ends.iter().enumerate().rev() {
        let digits = groups.digits.get(..*digits_end)?;
        let first = groups.ends.first().map_or(0, |(digits, _)| *digits);
        let later = groups.digits.get(*digits_end..).unwrap_or_default();
        // What stands behind a space may be another number, or something else that makes this none.
        let ends_here = later.is_empty() || count == 0 || dial_string(later, 4, false).is_some();
        let Some(dialled) = dial_string(digits, first, plus || opened).filter(|_| ends_here) else {
            continue;
        };
        let inside = text.get(at..*end)?;
        if is_span_of_years(inside) {
            continue;
        }
        let start = if opened && !inside.contains(')') { plus_at } else { at };
        return Some((start..*end, dialled));
    }
    None
}

/// `1900-1975`.
fn is_span_of_years(number: &str) -> bool {
    let is_year =
        |year: &str| year.len() == 4 && ["18", "19", "20"].iter().any(|century| year.starts_with(century));
    number.split_once('-').is_some_and(|(from, to)| is_year(from.trim()) && is_year(to.trim()))
}

/// NumberGroups of digits from `at` on, parted by one sign each and brackets; what goes on as a date, a time or a code is none.
fn read_groups(text: &str, at: usize) -> NumberGroups {
    let mut groups = NumberGroups { digits: String::new(), ends: Vec::new() };
    let mut from = at;
    while groups.digits.len() < MAX_DIGITS {
        let rest = text.get(from..).unwrap_or_default();
        let len = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (group, behind) = rest.split_at(len);
        if group.is_empty() || goes_on(behind) {
            break;
        }
        groups.digits.push_str(group);
        from += len;
        groups.ends.push((groups.digits.len(), from));
        let gap = behind.find(|c: char| c.is_ascii_digit()).unwrap_or(behind.len());
        let between = behind.get(..gap).unwrap_or_default();
        if between.is_empty() || !is_gap(between) {
            break;
        }
        from += gap;
    }
    groups
}

/// Whether a group before `behind` is a part of something else: `12/2024`, `7h30`, `15:30`, `5%`.
fn goes_on(behind: &str) -> bool {
    let mut signs = behind.chars();
    let (sign, next) = (signs.next(), signs.next());
    let digit = next.is_some_and(|c| c.is_ascii_digit());
    match sign {
        Some('/' | ',') => digit && !is_number_begun(behind),
        Some(':') => digit,
        Some('%' | '_' | '@') => true,
        sign => sign.is_some_and(char::is_alphanumeric),
    }
}

/// Whether a whole number may follow the slash.
fn is_number_begun(behind: &str) -> bool {
    let next = behind.get(1..).unwrap_or_default();
    let run = next.find(|c: char| !(c.is_ascii_digit() || " .-".contains(c))).unwrap_or(next.len());
    next.starts_with(['0', '1']) && next.bytes().take(run).filter(u8::is_ascii_digit).count() >= 8
}

fn is_gap(between: &str) -> bool {
    let plain = |sign: &str| matches!(sign, " " | "\u{a0}" | "." | "-");
    plain(between)
        || matches!(between, ")" | ") " | ")\u{a0}" | ")." | ")-" | " (" | "-(" | "(" | " - " | ". ")
}

/// What is dialled for `digits`, of which the first group has `first`; nothing if nobody can be called like that. `abroad`:
/// the country's code may come first.
fn dial_string(digits: &str, first: usize, abroad: bool) -> Option<String> {
    if matches!(digits.get(..4), Some("1800" | "1900")) {
        let grouped = first == 4 || first == digits.len();
        let round = digits.ends_with("0000");
        return (grouped && !round && matches!(digits.len(), 8 | 10)).then(|| digits.to_owned());
    }
    if let Some(national) = digits.strip_prefix("84").filter(|_| abroad) {
        let national = national.strip_prefix('0').unwrap_or(national);
        return is_national(national).then(|| format!("+84{national}"));
    }
    // A day stands first in a date, and has two digits.
    let national = digits.strip_prefix('0').filter(|_| first >= 3)?;
    is_national(national).then(|| digits.to_owned())
}

/// What follows the 0 of long distance, or the country's code.
fn is_national(digits: &str) -> bool {
    let mut bytes = digits.bytes();
    match (bytes.next(), bytes.next()) {
        (Some(b'2'), Some(b'0'..=b'9')) => digits.len() == 10,
        // Army and police.
        (Some(b'6'), Some(b'9')) => digits.len() == 9,
        (Some(b'3'), Some(b'2'..=b'9'))
        | (Some(b'5'), Some(b'2' | b'5' | b'6' | b'8' | b'9'))
        | (Some(b'7'), Some(b'0' | b'6'..=b'9'))
        | (Some(b'8'), Some(b'1'..=b'9'))
        | (Some(b'9'), Some(b'0'..=b'4' | b'6'..=b'9')) => digits.len() == 9,
        _ => false,
    }
}

/// Whether a code goes on behind the number: `1900 1234/QĐ-UBND`, `0912345678-01`.
fn is_followed_by_more(rest: &str) -> bool {
    let mut signs = rest.chars();
    let (sign, next) = (signs.next(), signs.next());
    let is_code = next.is_some_and(|c| c.is_ascii_digit() || c.is_uppercase());
    match sign {
        Some('/' | '-' | ',') => is_code && !is_number_begun(rest),
        Some('.') => next.is_some_and(|c| c.is_ascii_digit()),
        sign => sign.is_some_and(|c| c.is_alphanumeric() || "_@%".contains(c)),
    }
}

fn is_amount(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\u{a0}']);
    // No unit is longer.
    let word: String =
        rest.chars().take(12).take_while(|c| !c.is_whitespace() && !",.;:)".contains(*c)).collect();
    UNITS.contains(&fold_word(&word).as_str())
}

/// Whether the words right before say that it is the number of something else. `solid`: it is written as telephone numbers
/// seldom are, in one piece.
fn is_of_something_else(before: &str, solid: bool) -> bool {
    let tail = before.get(before.floor_char_boundary(before.len().saturating_sub(2 * CONTEXT))..);
    let line = tail.and_then(|tail| tail.rsplit('\n').next()).unwrap_or_default();
    let mut words = line
        .rsplit(|c: char| c.is_whitespace() || ":\"“(".contains(c))
        .filter(|word| !word.is_empty())
        .map(fold_word)
        .peekable();
    let (mut is_said, mut is_name) = (false, false);
    let says = |word: &String| SAYS_NUMBER.contains(&word.as_str());
    while let Some(word) = words.next_if(|word| says(word) || FILLERS.contains(&word.as_str())) {
        is_said |= says(&word);
        is_name |= word == "ma";
    }
    let [last, earlier, first] = [words.next(), words.next(), words.next()].map(Option::unwrap_or_default);
    let two = format!("{earlier} {last}");
    let any = |list: &[&str]| list.contains(&last.as_str()) || list.contains(&two.as_str());
    let is_said = is_said || ["so", "ma"].iter().any(|word| *word == earlier || *word == first);
    is_name || any(NUMBER_NAMES) || (any(NUMBERED_THINGS) && (solid || is_said))
}

/// A word in small letters without marks; but for the horn, which is `w` as it is on keyboards: a number is not half a file.
fn fold_word(word: &str) -> String {
    let horned = |letter| if letter == '\u{31b}' { 'w' } else { letter };
    let letters = word.nfd().map(horned).filter(|letter| !is_combining_mark(*letter));
    letters.flat_map(char::to_lowercase).map(|letter| if letter == 'đ' { 'd' } else { letter }).collect()
}

/// Whether it is known to be something else that has a number.
fn is_other_data(text: &str, place: &Range<usize>) -> bool {
    let start =
        text.get(..place.start).unwrap_or_default().char_indices().rev().nth(CONTEXT).map_or(0, |(at, _)| at);
    let rest = text.get(place.end..).unwrap_or_default();
    let end = place.end + rest.char_indices().nth(CONTEXT).map_or(rest.len(), |(at, _)| at);
    // The year says whether somebody can be born in it already; no telephone number depends on that.
    privacy::find_personal_data(text.get(start..end).unwrap_or_default(), &[], 2099).iter().any(|found| {
        let span = start + found.span.start..start + found.span.end;
        found.kind != Personal::Phone && span.start < place.end && place.start < span.end
    })
}

#[cfg(test)]
mod tests;
