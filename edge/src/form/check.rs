//! Whether an answer is one.

use crate::gate;
use jiff::civil::Date;
use privacy::Personal;
use serde::{Deserialize, Serialize};
use site::{Field, FieldKind, When};

/// Longest address and shortest telephone number: what is beyond is a slip.
const ADDRESS_CHARS: usize = 400;
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 8..=15;
/// Longest e-mail address (RFC 5321, 4.5.3.1).
const EMAIL_BYTES: usize = 254;
/// Nobody alive was born before, and no form asks further back.
const FIRST_YEAR: i16 = 1900;

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
/// A date is typed as `day/month/year` and told as `year-month-day`.
///
/// # Errors
/// What is wrong with it.
pub fn check(field: &Field, typed: &str, today: Date) -> Result<String, Wrong> {
    // What was chosen is the site's own, to the letter.
    let chosen = matches!(field.kind, FieldKind::Choice { .. });
    let clean = if chosen { gate::visible(typed) } else { gate::plain(typed) };
    let text = clean.trim();
    let empty = text.chars().all(|c| c == '/' || c.is_whitespace());
    if empty {
        let missing = if field.kind == FieldKind::Consent { Wrong::NotAgreed } else { Wrong::Missing };
        return if field.optional { Ok(String::new()) } else { Err(missing) };
    }
    let answer = match &field.kind {
        FieldKind::Text { min, max } => long(&one_line(text), *min, *max)?,
        FieldKind::Long { max } => long(text, 1, *max)?,
        FieldKind::Address => long(text, 1, ADDRESS_CHARS as u32)?,
        FieldKind::Number { min, max } => number(text, *min, *max)?,
        FieldKind::Date { when } => date(text, *when, today)?,
        FieldKind::Choice { .. } | FieldKind::YesNo => {
            let known = field.kind.answers().contains(&text);
            if known { text.to_owned() } else { return Err(Wrong::Missing) }
        }
        FieldKind::Phone => phone(text).ok_or(Wrong::NoPhone)?,
        FieldKind::NationalId => national_id(text, today).ok_or(Wrong::NoNationalId)?,
        FieldKind::Email => email(text).ok_or(Wrong::NoEmail)?,
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

fn long(text: &str, min: u32, max: u32) -> Result<String, Wrong> {
    let count = text.chars().count();
    match count {
        n if n < min as usize => Err(Wrong::Short(min)),
        n if n > max as usize => Err(Wrong::Long(max)),
        _ => Ok(text.to_owned()),
    }
}

fn number(text: &str, min: i64, max: i64) -> Result<String, Wrong> {
    // Thousands are parted by dots or spaces in Vietnamese and by commas in English; no form asks for fractions.
    let digits: String = plain_digits(text).chars().filter(|c| !matches!(c, '.' | ',' | ' ')).collect();
    let number: i64 = digits.parse().map_err(|_| Wrong::NoNumber)?;
    match number {
        n if n < min => Err(Wrong::Less(min)),
        n if n > max => Err(Wrong::More(max)),
        n => Ok(n.to_string()),
    }
}

fn date(text: &str, when: When, today: Date) -> Result<String, Wrong> {
    let text = plain_digits(text);
    let parts: Vec<i16> = text
        .split(['/', '-', '.', ' '])
        .map(|part| part.trim().parse().ok())
        .collect::<Option<_>>()
        .ok_or(Wrong::NoDate)?;
    let &[day, month, year] = parts.as_slice() else { return Err(Wrong::NoDate) };
    let (day, month) = (i8::try_from(day), i8::try_from(month));
    let (Ok(day), Ok(month)) = (day, month) else { return Err(Wrong::NoDate) };
    let date =
        Date::new(year, month, day).ok().filter(|date| date.year() >= FIRST_YEAR).ok_or(Wrong::NoDate)?;
    match when {
        When::Past if date > today => Err(Wrong::Future),
        When::Future if date < today => Err(Wrong::Past),
        When::Any | When::Past | When::Future => Ok(date.to_string()),
    }
}

fn phone(text: &str) -> Option<String> {
    let text = plain_digits(text);
    let known = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')' | '+');
    let plus = if text.starts_with('+') { "+" } else { "" };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (text.chars().all(known) && PHONE_DIGITS.contains(&digits.len())).then(|| format!("{plus}{digits}"))
}

fn national_id(text: &str, today: Date) -> Option<String> {
    let digits: String = plain_digits(text).chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    let year = u32::try_from(today.year()).unwrap_or_default();
    let kinds = privacy::kinds(&digits, &[], year);
    (digits.len() == 12 && kinds.has(Personal::CitizenId)).then_some(digits)
}

fn email(text: &str) -> Option<String> {
    let (user, host) = text.rsplit_once('@')?;
    let plain = |part: &str| {
        !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || "<>()[],;:\\\"@".contains(c))
    };
    let named = host.contains('.') && host.split('.').all(|label| !label.is_empty());
    (plain(user) && plain(host) && named && text.len() <= EMAIL_BYTES).then(|| text.to_owned())
}

/// Full-width digits, which input methods of East Asia write, as plain ones.
fn plain_digits(text: &str) -> String {
    let plain = |c: char| match c {
        '０'..='９' => char::from_u32(c as u32 - 0xFF10 + 0x30).unwrap_or(c),
        '＋' => '+',
        c => c,
    };
    text.chars().map(plain).collect()
}
