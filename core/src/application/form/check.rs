//! Whether an answer is one.

use crate::limits::sanitize;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use site::{Field, FieldKind, Precision, When};

/// Longest address and shortest telephone number: what is beyond is a slip.
const ADDRESS_CHARS: usize = 400;
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 8..=15;
/// Longest e-mail address (RFC 5321, 4.5.3.1).
const EMAIL_BYTES: usize = 254;
/// Letters and digits of a passport's number, which machines read in nine places (ICAO Doc 9303, part 4, 4.2).
const PASSPORT_CHARS: std::ops::RangeInclusive<usize> = 6..=9;
/// Of these, digits at least: a word is none.
const PASSPORT_DIGITS: usize = 2;
/// No form asks further back: the oldest papers that people bring are their grandparents'.
const FIRST_YEAR: i16 = 1800;

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wrong {
    /// There is none.
    Missing,
    /// It is shorter than so many characters.
    Short(u32),
    /// It is longer than so many characters.
    Long(u32),
    /// It is no whole number.
    NoNumber,
    /// It is less than this.
    Less(i64),
    /// It is more than this.
    More(i64),
    /// It is no date.
    NoDate,
    /// It lies in the future.
    Future,
    /// It lies in the past.
    Past,
    /// It is no telephone number.
    NoPhone,
    /// It is no identity number.
    NoNationalId,
    /// It is no passport number.
    NoPassport,
    /// It is neither an identity number nor that of a passport.
    NoCitizenOrPassport,
    /// It is no e-mail address.
    NoEmail,
    /// It was not agreed to.
    NotAgreed,
    /// It is not written as the question says.
    Otherwise,
    /// A file is empty or too large.
    FileSize,
    /// A file is of no kind that is taken.
    FileKind,
    /// More than so many files.
    Files(u32),
    /// There is no room for another file.
    NoRoom,
}

/// What the agency is told of `typed`; empty if it may be left out, and was.
///
/// A date is typed as `day/month/year` and told as `year-month-day`; where the question takes less, as `year-month` or
/// `year` if no more was typed.
///
/// # Errors
/// What is wrong with it.
pub fn check_answer(field: &Field, typed: &str, today: Date) -> Result<String, Wrong> {
    // What was chosen is the site's own, to the letter.
    let chosen = matches!(field.kind, FieldKind::Choice { .. });
    let clean = if chosen { sanitize::visible_text(typed) } else { sanitize::clean_text(typed) };
    let text = clean.trim();
    let empty = text.chars().all(|c| c == '/' || c.is_whitespace());
    if empty {
        let missing = if field.kind == FieldKind::Consent { Wrong::NotAgreed } else { Wrong::Missing };
        return if field.optional { Ok(String::new()) } else { Err(missing) };
    }
    let answer = match &field.kind {
        FieldKind::Text { min, max } => check_long_text(&one_line(text), *min, *max)?,
        FieldKind::Long { max } => check_long_text(text, 1, *max)?,
        FieldKind::Address => check_long_text(text, 1, ADDRESS_CHARS as u32)?,
        FieldKind::Number { min, max } => check_number(text, *min, *max)?,
        FieldKind::Date { when, precision } => check_date(text, *when, *precision, today)?,
        FieldKind::Choice { .. } | FieldKind::YesNo => {
            let known = field.kind.possible_answers().contains(&text);
            if known { text.to_owned() } else { return Err(Wrong::Missing) }
        }
        FieldKind::Phone => check_phone(text).ok_or(Wrong::NoPhone)?,
        FieldKind::NationalId => national_id(text, today).ok_or(Wrong::NoNationalId)?,
        FieldKind::Passport => check_passport(text).ok_or(Wrong::NoPassport)?,
        FieldKind::CitizenOrPassport => {
            // Who mistypes twelve digits must not be taken for a foreigner: no passport's number is so long.
            national_id(text, today).or_else(|| check_passport(text)).ok_or(Wrong::NoCitizenOrPassport)?
        }
        FieldKind::Email => check_email(text).ok_or(Wrong::NoEmail)?,
        FieldKind::Consent => {
            if text == "yes" {
                text.to_owned()
            } else {
                return Err(Wrong::NotAgreed);
            }
        }
        // What it is was seen when it came; see `papers`.
        FieldKind::File(_) => text.to_owned(),
    };
    // It was checked when the site was published.
    let pattern = field.pattern.as_ref().and_then(|p| regex_lite::Regex::new(&format!("^(?:{p})$")).ok());
    if pattern.is_none_or(|pattern| pattern.is_match(&answer)) { Ok(answer) } else { Err(Wrong::Otherwise) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check_long_text(text: &str, min: u32, max: u32) -> Result<String, Wrong> {
    let count = text.chars().count();
    match count {
        n if n < min as usize => Err(Wrong::Short(min)),
        n if n > max as usize => Err(Wrong::Long(max)),
        _ => Ok(text.to_owned()),
    }
}

fn check_number(text: &str, min: i64, max: i64) -> Result<String, Wrong> {
    let number = whole_number(&plain_digits(text)).ok_or(Wrong::NoNumber)?;
    match number {
        n if n < min => Err(Wrong::Less(min)),
        n if n > max => Err(Wrong::More(max)),
        n => Ok(n.to_string()),
    }
}

/// The whole number that `text` is. Thousands are parted by dots or spaces in Vietnamese and by commas in English: by one of them, and
/// in threes. Anything else may be a fraction (`85,5`), and that is not for us to round.
fn whole_number(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let spaces = |c: char| if matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}') { ' ' } else { c };
    let digits: String = digits.trim().chars().map(spaces).collect();
    let separator = digits.chars().find(|c| matches!(c, '.' | ',' | ' '));
    let mut groups = digits.split(|c| Some(c) == separator);
    let first = groups.next()?;
    let in_threes =
        groups.all(|group| group.len() == 3) && (separator.is_none() || (1..=3).contains(&first.len()));
    let digits: String = digits.chars().filter(|c| Some(*c) != separator).collect();
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    (plain && in_threes).then(|| format!("{sign}{digits}").parse().ok()).flatten()
}

fn check_date(text: &str, when: When, precision: Precision, today: Date) -> Result<String, Wrong> {
    let text = plain_digits(text);
    // What was left free, or is written as nought on old papers, is not known.
    let part = |part: &str| match part.trim() {
        "" => Some(0),
        part => part.parse::<i16>().ok(),
    };
    let parts: Vec<i16> =
        text.split(['/', '-', '.', ' ']).map(part).collect::<Option<_>>().ok_or(Wrong::NoDate)?;
    let (day, month, year) = match *parts.as_slice() {
        [day, month, year] => (day, month, year),
        [month, year] => (0, month, year),
        [year] => (0, 0, year),
        _ => return Err(Wrong::NoDate),
    };
    let known = match (day, month) {
        (0, 0) => Precision::Year,
        (0, _) => Precision::Month,
        (_, 0) => return Err(Wrong::NoDate),
        _ => Precision::Day,
    };
    let enough = match precision {
        Precision::Day => known == Precision::Day,
        Precision::Month => known != Precision::Year,
        Precision::Year => true,
    };
    let whole = |part: i16| i8::try_from(part.max(1)).map_err(|_| Wrong::NoDate);
    let first = Date::new(year, whole(month)?, whole(day)?).ok();
    let first =
        first.filter(|date| enough && (FIRST_YEAR..=9999).contains(&date.year())).ok_or(Wrong::NoDate)?;
    // A part of a date lies in the future if its first day does, and in the past if its last does.
    let last = match known {
        Precision::Day => first,
        Precision::Month => first.last_of_month(),
        Precision::Year => first.last_of_year(),
    };
    match when {
        When::Past if first > today => return Err(Wrong::Future),
        When::Future if last < today => return Err(Wrong::Past),
        When::Any | When::Past | When::Future => {}
    }
    Ok(match known {
        Precision::Day => first.to_string(),
        Precision::Month => format!("{:04}-{:02}", first.year(), first.month()),
        Precision::Year => format!("{:04}", first.year()),
    })
}

fn check_passport(text: &str) -> Option<String> {
    let number: String = plain_digits(text).chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let fits = number.chars().all(|c| c.is_ascii_alphanumeric()) && PASSPORT_CHARS.contains(&number.len());
    (fits && digits >= PASSPORT_DIGITS).then(|| number.to_ascii_uppercase())
}

fn check_phone(text: &str) -> Option<String> {
    // "+84 (0) 912": the nought is for whoever calls from inside the country.
    let text = plain_digits(text);
    let text = if text.starts_with('+') { text.replacen("(0)", "", 1) } else { text };
    let known = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')' | '+');
    let plus = if text.starts_with('+') { "+" } else { "" };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (text.chars().all(known) && PHONE_DIGITS.contains(&digits.len())).then(|| format!("{plus}{digits}"))
}

fn national_id(text: &str, today: Date) -> Option<String> {
    let digits: String = plain_digits(text).chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    let year = u32::try_from(today.year()).unwrap_or_default();
    privacy::is_citizen_id(digits.as_bytes(), year).then_some(digits)
}

fn check_email(text: &str) -> Option<String> {
    let (user, host) = text.rsplit_once('@')?;
    let plain = |part: &str| {
        !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || "<>()[],;:\\\"@".contains(c))
    };
    let named = host.contains('.') && host.split('.').all(|label| !label.is_empty());
    (plain(user) && plain(host) && named && text.len() <= EMAIL_BYTES).then(|| text.to_owned())
}

/// Full-width digits and letters, which input methods of East Asia write, as plain ones.
fn plain_digits(text: &str) -> String {
    let plain = |c: char| match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '＋' | '－' => {
            char::from_u32(c as u32 - 0xFF00 + 0x20).unwrap_or(c)
        }
        '\u{3000}' => ' ',
        c => c,
    };
    text.chars().map(plain).collect()
}
