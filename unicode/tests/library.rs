//! Against the library that the tables were made with.
#![allow(clippy::expect_used, reason = "tests")]

use proptest::prelude::*;
use unicode::{decompose_compatible, is_combining_mark, to_nfc, to_nfd, to_nfkd};
use unicode_normalization::{UnicodeNormalization as _, char as library};

fn assert_same(text: &str) {
    assert_eq!(to_nfc(text), text.nfc().collect::<String>(), "{text:?}");
    assert_eq!(to_nfd(text), text.nfd().collect::<String>(), "{text:?}");
    assert_eq!(to_nfkd(text), text.nfkd().collect::<String>(), "{text:?}");
}

#[test]
fn every_character_is_the_same() {
    for c in '\0'..=char::MAX {
        let (mut own, mut expected) = (Vec::new(), Vec::new());
        decompose_compatible(c, |part| own.push(part));
        library::decompose_compatible(c, |part| expected.push(part));
        assert_eq!(own, expected, "{c:?}");
        assert_eq!(is_combining_mark(c), library::is_combining_mark(c), "{c:?}");
        assert_same(c.encode_utf8(&mut [0; 4]));
    }
}

/// Letters that are composed of others, the marks they are composed with, and what is composed of none.
fn letters() -> Vec<char> {
    let mut letters: Vec<char> = "aeiouyAEIOUđ한각가ᄀ".chars().collect();
    letters.extend(('\u{300}'..='\u{362}').chain('\u{1100}'..='\u{1112}').chain('\u{1161}'..='\u{1175}'));
    letters.extend(('\u{11A7}'..='\u{11C2}').chain('\u{C0}'..='\u{17F}').chain('\u{1EA0}'..='\u{1EF9}'));
    letters.extend([
        '\u{9C7}',
        '\u{9BE}',
        '\u{1B11}',
        '\u{1B35}',
        '\u{FB49}',
        '\u{5C1}',
        '\u{2ADC}',
        '\u{1D15E}',
    ]);
    letters
}

#[test]
fn every_pair_of_letters_and_marks_is_the_same() {
    for first in letters() {
        for second in letters() {
            assert_same(&String::from_iter([first, second]));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn every_text_is_the_same(text in any::<String>()) {
        assert_same(&text);
    }

    #[test]
    fn letters_and_marks_in_any_order_are_the_same(text in prop::collection::vec(prop::sample::select(letters()), 0..12)) {
        assert_same(&text.into_iter().collect::<String>());
    }
}
