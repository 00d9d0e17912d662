//! Numbers with a fraction, as people write them. A dot parts thousands in one language and the fraction in another, and people write
//! both: where nobody can tell which it is, that is asked and not guessed.

use super::check::Wrong;
use i18n::Lang;
use std::cmp::Ordering;

/// The number that `text` is, with at most `places` digits behind the point, as JSON writes it: `85.5`. `lang` is what the form was read in.
///
/// # Errors
/// It is none, nobody can tell which, or it is out of bounds.
pub fn check_decimal(text: &str, (min, max): (i64, i64), places: u32, lang: &str) -> Result<String, Wrong> {
    let (sign, text) = match text.strip_prefix(['-', '−']) {
        Some(text) => ("-", text),
        None => ("", text),
    };
    let text = join_groups(text.trim()).ok_or(Wrong::NoDecimal)?;
    let (whole, fraction) = split_number(&text, places, lang)?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > MAX_DIGITS || !digits(&whole) || !digits(fraction) {
        return Err(Wrong::NoDecimal);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > places as usize {
        return Err(Wrong::Decimals(places));
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let is_zero = whole == "0" && fraction.is_empty();
    let number = [if is_zero { "" } else { sign }, whole].concat();
    if compare_numbers(&number, fraction, min) == Ordering::Less {
        return Err(Wrong::Less(min));
    }
    if compare_numbers(&number, fraction, max) == Ordering::Greater {
        return Err(Wrong::More(max));
    }
    Ok(if fraction.is_empty() { number } else { format!("{number}.{fraction}") })
}

/// `text` without the spaces between thousands; nothing if one is anywhere else: that may be two numbers.
fn join_groups(text: &str) -> Option<String> {
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let (head, tail) = text.split_at(text.find(['.', ',']).unwrap_or(text.len()));
    let mut groups = head.split(is_space);
    let first = groups.next().unwrap_or_default();
    let is_single = !head.contains(is_space);
    let are_thousands =
        (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3);
    ((is_single || are_thousands) && !tail.contains(is_space)).then(|| head.replace(is_space, "") + tail)
}

/// More digits before the point than any question has.
const MAX_DIGITS: usize = 15;

/// The digits before and behind the point.
fn split_number<'t>(text: &'t str, places: u32, lang: &str) -> Result<(String, &'t str), Wrong> {
    let Some((before, last, behind)) = split_last(text) else { return Ok((text.to_owned(), "")) };
    let Some(other) = before.chars().find(|c| matches!(c, '.' | ',')) else {
        // One mark: three digits behind it, and a number before that it can part, may be either.
        let parts_thousands =
            behind.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
        let usual = last == Lang::for_tag(lang).decimal_separator();
        if parts_thousands && !(usual && places >= 3) {
            return Err(Wrong::UnclearDecimal);
        }
        return if behind.is_empty() { Err(Wrong::NoDecimal) } else { Ok((before.to_owned(), behind)) };
    };
    // Of two kinds the last one is the point; of one kind, more than one part thousands.
    let (grouped, fraction) = if other == last { (text, "") } else { (before, behind) };
    let mut groups = grouped.split(other);
    let first = groups.next().unwrap_or_default();
    let in_threes =
        (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3);
    let is_whole = other == last || !behind.is_empty();
    if in_threes && is_whole { Ok((grouped.replace(other, ""), fraction)) } else { Err(Wrong::NoDecimal) }
}

fn split_last(text: &str) -> Option<(&str, char, &str)> {
    let at = text.rfind(['.', ','])?;
    let last = text.get(at..)?.chars().next()?;
    Some((text.get(..at)?, last, text.get(at + 1..)?))
}

/// How `whole`, a sign and digits, with `fraction` behind the point is to `bound`.
fn compare_numbers(whole: &str, fraction: &str, bound: i64) -> Ordering {
    let whole_part: i64 = whole.parse().unwrap_or(i64::MAX);
    match whole_part.cmp(&bound) {
        Ordering::Equal if fraction.is_empty() => Ordering::Equal,
        // "-0" is nought, and what is behind it makes it less.
        Ordering::Equal if whole.starts_with('-') => Ordering::Less,
        Ordering::Equal => Ordering::Greater,
        // -1.5 is between -2 and -1.
        order => order,
    }
}

/// `number`, as JSON writes it, as people who read `lang` write it. Thousands are not parted: that could be read in two ways.
///
/// ```
/// use hoi_core::application::form::format_decimal;
/// assert_eq!(format_decimal("1234.5", "vi"), "1234,5");
/// assert_eq!(format_decimal("1234.5", "en"), "1234.5");
/// ```
pub fn format_decimal(number: &str, lang: &str) -> String {
    number.replace('.', Lang::for_tag(lang).decimal_separator().encode_utf8(&mut [0; 4]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, places: u32, lang: &str) -> Result<String, Wrong> {
        check_decimal(text, (-2, 5_000_000), places, lang)
    }

    #[test]
    fn both_ways_of_writing_are_read() {
        for (text, number) in [
            ("85,5", "85.5"),
            ("85.5", "85.5"),
            ("85", "85"),
            ("0,5", "0.5"),
            ("0.125", "0.125"),
            ("00,50", "0.5"),
            ("1.234,5", "1234.5"),
            ("1,234.5", "1234.5"),
            ("1 234,5", "1234.5"),
            ("1\u{a0}234.50", "1234.5"),
            ("1234,567", "1234.567"),
            ("1.234.567", "1234567"),
            ("1,234,567.25", "1234567.25"),
            ("85,0", "85"),
            ("-0,0", "0"),
            ("-1,5", "-1.5"),
            ("−1.5", "-1.5"),
        ] {
            for lang in ["vi", "en"] {
                assert_eq!(check(text, 3, lang).as_deref(), Ok(number), "{text} in {lang}");
            }
        }
    }

    #[test]
    fn what_may_be_either_is_asked() {
        for (text, places, lang, expected) in [
            ("1.234", 2, "vi", Err(Wrong::UnclearDecimal)),
            ("1,234", 2, "vi", Err(Wrong::UnclearDecimal)),
            ("1.234", 3, "vi", Err(Wrong::UnclearDecimal)),
            ("1,234", 3, "vi", Ok("1.234")),
            ("1,234", 3, "en", Err(Wrong::UnclearDecimal)),
            ("1.234", 3, "en", Ok("1.234")),
            ("850.000", 2, "vi", Err(Wrong::UnclearDecimal)),
            ("1234.567", 2, "vi", Err(Wrong::Decimals(2))),
            ("0,125", 2, "vi", Err(Wrong::Decimals(2))),
        ] {
            let found = check(text, places, lang);
            assert_eq!(found.as_deref().map_err(|wrong| *wrong), expected, "{text} in {lang}");
        }
    }

    #[test]
    fn what_is_no_number_is_said_to_be_none() {
        for text in [
            "",
            "mười",
            "5,",
            ",5",
            "1.2.3",
            "1,2345.6",
            "1.234.56",
            "12.34,5",
            "1.234,5,6",
            "1e3",
            "1.234,",
            "8５",
            "85 5",
            "10 20",
            "85, 90",
            "0 123",
            "0.123.456",
            "1 23,5",
        ] {
            assert_eq!(check(text, 3, "vi"), Err(Wrong::NoDecimal), "{text}");
        }
        assert_eq!(check(&"9".repeat(30), 3, "vi"), Err(Wrong::NoDecimal));
    }

    #[test]
    fn bounds_hold_to_the_last_digit() {
        for (text, expected) in [
            ("-2", Ok("-2")),
            ("-2,01", Err(Wrong::Less(-2))),
            ("-1,99", Ok("-1.99")),
            ("5000000", Ok("5000000")),
            ("5000000,01", Err(Wrong::More(5_000_000))),
            ("4.999.999,99", Ok("4999999.99")),
        ] {
            let found = check(text, 2, "vi");
            assert_eq!(found.as_deref().map_err(|wrong| *wrong), expected, "{text}");
        }
        assert_eq!(check_decimal("-0,5", (0, 1), 1, "vi"), Err(Wrong::Less(0)));
    }
}
