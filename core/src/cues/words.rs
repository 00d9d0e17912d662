//! A short text as words that can be compared with a saying, in any of the languages.

use intent::normalised_words;

/// How many characters of a text are read: whatever is longer is no short saying.
const MAX_CHARS: usize = 600;

/// The words of `text`, folded as the matcher folds them; numbers stay what they are, and what is written without spaces is
/// taken letter by letter.
pub(super) fn split_words(text: &str) -> Vec<String> {
    let plain: String = text.chars().take(MAX_CHARS).filter_map(simplify_char).collect();
    let (mut words, mut rest) = (Vec::new(), String::new());
    for chunk in plain.split_whitespace() {
        rest.push(' ');
        let Some((before, from_number)) = find_number(chunk).and_then(|start| chunk.split_at_checked(start))
        else {
            rest.push_str(chunk);
            continue;
        };
        rest.push_str(before);
        push_words(&rest, &mut words);
        rest.clear();
        push_runs(from_number, &mut words);
    }
    push_words(&rest, &mut words);
    words
}

/// Whether `word` is a number.
pub(super) fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `word` is a letter of a language that puts no spaces between words.
pub(super) fn is_unspaced(word: &str) -> bool {
    word.chars().next().is_some_and(is_unspaced_char)
}

fn push_words(text: &str, words: &mut Vec<String>) {
    for word in normalised_words(text) {
        if word.chars().any(is_unspaced_char) {
            words.extend(word.chars().map(String::from));
        } else {
            // The article is written with its word.
            let bare = word.strip_prefix("\u{627}\u{644}").filter(|bare| bare.chars().nth(1).is_some());
            words.push(bare.map_or(word.clone(), str::to_owned));
        }
    }
}

fn is_unspaced_char(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}')
}

/// `c` as it is compared: digits of any script in one, letters that are left out or exchanged in quick Arabic alike.
fn simplify_char(c: char) -> Option<char> {
    Some(match c {
        '-' | '\u{2010}'..='\u{2015}' => ' ',
        '\u{FE0F}' | '\u{20E3}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' => return None,
        '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0671}' => '\u{0627}',
        '\u{0649}' => '\u{064A}',
        '\u{0629}' => '\u{0647}',
        '\u{2460}'..='\u{2468}' => shift_digit(c, '\u{2460}', '1'),
        _ => DIGITS
            .iter()
            .find(|zero| (**zero..=shift_digit('9', '0', **zero)).contains(&c))
            .map_or(c, |zero| shift_digit(c, *zero, '0')),
    })
}

/// Where the digits of other scripts begin: Arabic, Persian, Devanagari, Thai, Lao, Khmer, full-width.
const DIGITS: &[char] = &['\u{0660}', '\u{06F0}', '\u{0966}', '\u{0E50}', '\u{0ED0}', '\u{17E0}', '\u{FF10}'];

/// The character as far from `to` as `c` is from `from`.
fn shift_digit(c: char, from: char, to: char) -> char {
    let far = u32::from(c).saturating_sub(u32::from(from));
    char::from_u32(u32::from(to).saturating_add(far)).unwrap_or(c)
}

/// Where the number in `chunk` begins: "2", "(2)", "2nd", "No.2", "8h30". What an input method left in ("so61") is none.
fn find_number(chunk: &str) -> Option<usize> {
    let start = chunk.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = chunk.split_at_checked(start)?;
    let is_apart = before.chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric());
    let runs = rest.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count();
    (is_apart || !before.is_ascii() && runs == 1).then_some(start)
}

/// The numbers and the words of `text`, which begins with a number.
fn push_runs(text: &str, words: &mut Vec<String>) {
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        // "02" is what "2" is.
        let short = number.trim_start_matches('0');
        let number = if number.len() <= 2 && !short.is_empty() { short } else { number };
        words.extend(Some(number).filter(|number| !number.is_empty()).map(str::to_owned));
        let next = behind.find(|c: char| c.is_ascii_digit()).unwrap_or(behind.len());
        let (letters, further) = behind.split_at_checked(next).unwrap_or((behind, ""));
        push_words(letters, words);
        rest = further;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_words_and_numbers() {
        for (text, expected) in [
            ("số 2", "so 2"),
            ("(2)", "2"),
            ("２", "2"),
            ("2️⃣", "2"),
            ("②", "2"),
            ("No.2", "no 2"),
            ("số2 nhé", "so 2 nhe"),
            ("02", "2"),
            ("2nd", "2 nd"),
            ("第2", "第 2"),
            ("ข้อ ๒", "ข อ 2"),
            ("رقم ٢", "رقم 2"),
            ("الأول", "اول"),
            ("I don’t want", "i dont want"),
            ("8h30", "8 h 30"),
            ("9:00", "9 00"),
            ("so61", "so"),
            ("はい", "は い"),
            ("ko cần", "khong can"),
        ] {
            assert_eq!(split_words(text).join(" "), expected, "{text}");
        }
    }
}
