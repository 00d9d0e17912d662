//! An answer in words to a question back: "the first one", "2", "neither", a part of what stands on a button.

use super::{list_contains, normalise_text, strip_filler};
use wire::Button;

/// What was chosen of the buttons of a question back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ButtonChoice {
    /// This one, by its place.
    Button(usize),
    /// None of them.
    None,
}

/// What may stand around a number or a place.
const BEFORE: &str = "\
    da|a|cai|so|muc|cau|viec|y|dong|lua|chon|toi|em|minh|chau|hoi|la|thu|o|vang|ok|the|number|\
    no|option|choice|i|mean|meant|yes|it|s|le|l|numero|choix|oui";
const AFTER: &str = "\
    a|nhe|nha|di|ay|do|one|please|option|svp|thanks|tren|o|dung|roi";

/// Places by their names, the last as 0.
const PLACES: &[(&str, usize)] = &[
    ("1", 1),
    ("mot", 1),
    ("nhat", 1),
    ("dau", 1),
    ("dau tien", 1),
    ("first", 1),
    ("1st", 1),
    ("premier", 1),
    ("premiere", 1),
    ("un", 1),
    ("2", 2),
    ("hai", 2),
    ("nhi", 2),
    ("second", 2),
    ("2nd", 2),
    ("deuxieme", 2),
    ("second", 2),
    ("seconde", 2),
    ("deux", 2),
    ("two", 2),
    ("3", 3),
    ("ba", 3),
    ("third", 3),
    ("3rd", 3),
    ("troisieme", 3),
    ("trois", 3),
    ("three", 3),
    ("cuoi", 0),
    ("cuoi cung", 0),
    ("duoi cung", 0),
    ("last", 0),
    ("dernier", 0),
    ("derniere", 0),
];

/// What may stand around a yes or a no.
const POLITE: &str = "da|a|u|vang|nhe|nha|vay|dau|ban|em|anh|chi|thanks|please|sorry|merci";

/// Ways to say that none is meant.
const NONE: &str = "\
    khong phai|khong phai cai nao|khong cai nao|khong co cai nao|khong dung|khong dung cai nao|\
    khong|viec khac|cai khac|y khac|cau khac|khac|chuyen khac|deu khong phai|\
    khong phai may cai do|khong phai vay|khong phai the|sai roi|none|none of these|none of them|\
    neither|neither of them|no|nope|something else|other|another|not these|not that|not this|\
    aucun|aucune|aucun des deux|ni l un ni l autre|autre chose|autre|non|pas ca";

/// Ways to say that the only one is meant.
const YES: &str = "\
    vang|da|u|um|ok|phai|dung|dung roi|phai roi|dung vay|co|yes|yes please|yeah|yep|right|\
    correct|exactly|sure|that s it|that one|oui|c est ca|exact|cai do|viec do";

/// What `text` chooses of `buttons`, those that name something, in their order; nothing if that is not certain.
pub fn choose_button(buttons: &[&Button], text: &str) -> Option<ButtonChoice> {
    let digits: String = text.chars().filter(|c| !".)(#°ºª".contains(*c)).collect();
    let said = plain_with_digits(digits.trim());
    if said.is_empty() {
        return None;
    }
    if list_contains(NONE, &said) || list_contains(NONE, &strip_filler(&said, POLITE, POLITE)) {
        return Some(ButtonChoice::None);
    }
    if buttons.len() == 1
        && (list_contains(YES, &said) || list_contains(YES, &strip_filler(&said, POLITE, POLITE)))
    {
        return Some(ButtonChoice::Button(0));
    }
    parse_position(buttons.len(), &said).or_else(|| match_label(buttons, &said)).map(ButtonChoice::Button)
}

/// The place that `said` names among `count`.
fn parse_position(count: usize, said: &str) -> Option<usize> {
    let whole = strip_filler(said, BEFORE, AFTER);
    let named = |said: &str| PLACES.iter().find(|(name, _)| *name == said).map(|(_, place)| *place);
    let place = named(said).or_else(|| named(&whole))?;
    let at = if place == 0 { count } else { place };
    (at <= count).then(|| at.checked_sub(1)).flatten()
}

/// The one button whose label has all words of `said`, where no other has.
fn match_label(buttons: &[&Button], said: &str) -> Option<usize> {
    let labels: Vec<String> = buttons.iter().map(|button| normalise_text(&button.label)).collect();
    if let Some(whole) = labels.iter().position(|label| label == said) {
        return Some(whole);
    }
    let core = strip_filler(said, BEFORE, AFTER);
    let words: Vec<&str> = core.split(' ').filter(|word| !word.is_empty()).collect();
    let has = |label: &String| words.iter().all(|word| label.split(' ').any(|own| own == *word));
    let mut having = labels.iter().enumerate().filter(|(_, label)| !words.is_empty() && has(label));
    let first = having.next()?;
    // A label that holds another one whole is not meant where the words of the shorter are all that was said.
    having.next().is_none().then_some(first.0)
}

/// As [`super::normalise_text`], but a number stays what it is.
fn plain_with_digits(text: &str) -> String {
    let parts = text.split_whitespace().map(|word| match word.bytes().all(|byte| byte.is_ascii_digit()) {
        true => word.to_owned(),
        false => normalise_text(word),
    });
    // Read word by word where there are numbers, and whole where the words around tell how to read them.
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        parts.collect::<Vec<_>>().join(" ")
    } else {
        normalise_text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_back_is_answered_in_words() {
        let button = |label: &str| Button { label: label.to_owned(), pick: None, href: None };
        let own = [button("Đăng ký khai sinh"), button("Khai sinh quá hạn"), button("Trích lục hộ tịch")];
        let three: Vec<&Button> = own.iter().collect();
        for (text, expected) in [
            ("1", Some(ButtonChoice::Button(0))),
            ("2.", Some(ButtonChoice::Button(1))),
            ("số 2", Some(ButtonChoice::Button(1))),
            ("cái đầu tiên", Some(ButtonChoice::Button(0))),
            ("cai dau tien nhe", Some(ButtonChoice::Button(0))),
            ("cái thứ hai ạ", Some(ButtonChoice::Button(1))),
            ("cái thứ 3", Some(ButtonChoice::Button(2))),
            ("cái cuối", Some(ButtonChoice::Button(2))),
            ("the first one", Some(ButtonChoice::Button(0))),
            ("second one please", Some(ButtonChoice::Button(1))),
            ("the last one", Some(ButtonChoice::Button(2))),
            ("le deuxième", Some(ButtonChoice::Button(1))),
            ("quá hạn", Some(ButtonChoice::Button(1))),
            ("trich luc", Some(ButtonChoice::Button(2))),
            ("Khai sinh quá hạn", Some(ButtonChoice::Button(1))),
            ("đăng ký", Some(ButtonChoice::Button(0))),
            ("không phải", Some(ButtonChoice::None)),
            ("không phải ạ", Some(ButtonChoice::None)),
            ("việc khác", Some(ButtonChoice::None)),
            ("neither", Some(ButtonChoice::None)),
            ("none of them", Some(ButtonChoice::None)),
            ("autre chose", Some(ButtonChoice::None)),
            // Both have it; no such place; another matter.
            ("khai sinh", None),
            ("4", None),
            ("vâng", None),
            ("lệ phí bao nhiêu", None),
            ("2 người làm chứng", None),
            ("đăng ký kết hôn", None),
        ] {
            assert_eq!(choose_button(&three, text), expected, "{text}: {}", plain_with_digits(text));
        }
        for (text, expected) in [
            ("vâng", Some(ButtonChoice::Button(0))),
            ("đúng rồi ạ", Some(ButtonChoice::Button(0))),
            ("yes", Some(ButtonChoice::Button(0))),
            ("no", Some(ButtonChoice::None)),
        ] {
            assert_eq!(choose_button(three.get(..1).unwrap_or_default(), text), expected, "{text}");
        }
    }
}
