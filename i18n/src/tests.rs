//! What every language keeps to beyond what the build asks for.

use super::*;
use std::ops::RangeInclusive;
use wire::{Kinds, Personal, Word};

/// Short words that English shares with a language.
const SHARED: &[(&str, &str)] = &[
    ("fr", "Suggestions"),
    ("fr", "Code"),
    ("fr", "Position"),
    ("es", "No"),
    ("fr", "1"),
    ("es", "1"),
    ("ar", "1"),
    ("vi", "1"),
];

/// Words with a place for something.
const FILLED: &[Word] =
    &[Word::Says, Word::PersonalFound, Word::MyLocation, Word::FileTooLarge, Word::FileKind];

/// Where a language has an alphabet of its own.
const SCRIPTS: [(Lang, RangeInclusive<char>); 9] = [
    (Lang::Km, '\u{1780}'..='\u{17ff}'),
    (Lang::Lo, '\u{0e80}'..='\u{0eff}'),
    (Lang::Th, '\u{0e00}'..='\u{0e7f}'),
    (Lang::Zh, '\u{4e00}'..='\u{9fff}'),
    (Lang::Ja, '\u{3040}'..='\u{9fff}'),
    (Lang::Ko, '\u{ac00}'..='\u{d7af}'),
    (Lang::Ar, '\u{0600}'..='\u{06ff}'),
    (Lang::Uk, '\u{0400}'..='\u{04ff}'),
    (Lang::Ru, '\u{0400}'..='\u{04ff}'),
];

/// Numbers that stand for themselves in every language.
const NUMBERS: &[Msg] = &[Msg::FirstOfMonth];

/// Every text of a language: the widget's words, the messages, and what has something to fill in.
fn texts(lang: Lang) -> impl Iterator<Item = (usize, &'static str)> {
    let (_, ends) = TEXTS[lang as usize];
    (0..ends.len()).map(move |place| (place, lang.text_at(place)))
}

#[test]
fn every_word_is_there_and_its_own() {
    for lang in Lang::ALL {
        let code = lang.code();
        for &word in Word::ALL {
            let text = lang.word(word);
            assert!(!text.trim().is_empty(), "{code}: {word:?} is empty");
            let same = lang != Lang::En && word != Word::Lang && text == Lang::En.word(word);
            assert!(!same || SHARED.contains(&(code, text)), "{code}: {word:?} is still English");
            assert!(word.is_counted() || !text.contains('|'), "{code}: {word:?} is not counted");
            let most = usize::from(word.is_counted() || FILLED.contains(&word));
            let fits = text.split('|').all(|form| form.matches("{}").count() <= most);
            assert!(fits, "{code}: {word:?} has a `{{}}` too many");
        }
        assert_eq!(lang.word(Word::Lang), code, "Lang is the file's own code");
        assert!(lang.word(Word::Says).contains("{}"), "{code}: Says names who speaks");
    }
}

#[test]
fn no_message_is_still_english() {
    for lang in Lang::ALL.into_iter().filter(|lang| *lang != Lang::En) {
        let code = lang.code();
        for &message in Msg::ALL.iter().filter(|message| !NUMBERS.contains(message)) {
            let text = lang.text(message);
            let same = text == Lang::En.text(message);
            assert!(!same || SHARED.contains(&(code, text)), "{code}: {message:?} is still English");
        }
    }
}

#[test]
fn no_text_is_in_the_wrong_script() {
    for (lang, script) in SCRIPTS {
        for (place, text) in texts(lang) {
            let own = text.chars().any(|c| script.contains(&c));
            // Numbers, some patterns of dates and the language's own code have no letters of the script.
            let letters = text.chars().any(char::is_alphabetic);
            let is_code = place == Word::Lang as usize;
            assert!(own || !letters || is_code, "{}: {text}", lang.code());
        }
        let words = lang.words();
        for &word in Word::ALL.iter().filter(|word| **word != Word::Lang) {
            let text = words.counted_form(word, "other", 3);
            let latin = text.chars().filter(char::is_ascii_alphabetic).count();
            assert_eq!(latin, 0, "{}: {word:?} has Latin letters: {text}", lang.code());
        }
    }
}

#[test]
fn counted_words_have_the_forms_of_their_language() {
    for lang in Lang::ALL {
        for &word in Word::ALL.iter().filter(|word| word.is_counted()) {
            let forms: Vec<&str> = lang.word(word).split('|').collect();
            let needed = plural::categories(lang.code());
            if needed.len() == 1 {
                assert_eq!(forms.len(), 1, "{lang:?}: {word:?} has one form");
                continue;
            }
            let named: Vec<&str> =
                forms.iter().map(|form| form.split_once(':').map_or("", |(name, _)| name)).collect();
            assert_eq!(named, needed, "{lang:?}: {word:?} needs a form for each of its plurals");
        }
    }
}

/// Whoever is about to send a code that opens something is told that nobody asks for one; who sends anything else is not.
#[test]
fn codes_are_warned_of() {
    for lang in Lang::ALL {
        let (words, warning) = (lang.words(), lang.word(Word::NeverAsked));
        for refused in [false, true] {
            let both = Kinds::only_kind(Personal::OneTimeCode).union_with(Kinds::only_kind(Personal::Phone));
            let sentence = words.personal_data_sentence(both, refused);
            let named = lang.word(Word::OneTimeCode);
            assert!(sentence.contains(warning) && sentence.contains(named), "{lang:?}: {sentence}");
            let other = words.personal_data_sentence(Kinds::only_kind(Personal::BankAccount), refused);
            let says = other.contains(lang.word(Word::AccountNumber));
            assert!(!other.contains(warning) && says, "{lang:?}: {other}");
        }
    }
}

#[test]
fn sentences_stay_short() {
    let longest = |text: &str, ends: &[char]| text.split(ends).map(|s| s.split_whitespace().count()).max();
    for lang in Lang::ALL {
        for &word in Word::ALL {
            let longest = longest(lang.word(word), &['.', '!', '?', '|']);
            assert!(longest <= Some(20), "{lang:?}: {word:?} has a sentence over 20 words");
        }
        for &message in Msg::ALL {
            let longest = longest(lang.text(message), &['.', '!', '?', ':', ';']);
            assert!(longest <= Some(20) && longest > Some(0), "{lang:?}: {message:?} is empty or too long");
        }
    }
}

/// docs/messages.md says why: who asks is "ông bà", who answers for an agency is "cán bộ".
#[test]
fn vietnamese_has_one_address_and_one_word_for_staff() {
    for (_, text) in texts(Lang::Vi) {
        for other in ["quý vị", "anh/chị", "quý khách", "nhân viên", "cuộc trò chuyện"] {
            assert!(!text.to_lowercase().contains(other), "{other} in: {text}");
        }
    }
    for (_, text) in texts(Lang::Fr) {
        assert!(!text.to_lowercase().contains("conseiller"), "{text}");
    }
}

#[test]
fn plural_forms() {
    let said =
        |lang: Lang, n: usize| lang.words().counted_form(Word::Unread, plural::category(lang.code(), n), n);
    let cases = [
        (Lang::En, 1, "1 unread message"),
        (Lang::En, 2, "2 unread messages"),
        (Lang::Fr, 1, "1 message non lu"),
        (Lang::Fr, 21, "21 messages non lus"),
        (Lang::Vi, 1, "1 tin chưa đọc"),
        (Lang::Uk, 21, "21 непрочитане повідомлення"),
        (Lang::Uk, 3, "3 непрочитані повідомлення"),
        (Lang::Uk, 12, "12 непрочитаних повідомлень"),
        (Lang::Ru, 5, "5 непрочитанных сообщений"),
        (Lang::Ar, 2, "رسالتان غير مقروءتين"),
        (Lang::Ar, 7, "7 رسائل غير مقروءة"),
    ];
    for (lang, n, expected) in cases {
        assert_eq!(said(lang, n), expected);
    }
    assert_eq!(Lang::Ru.usual_wait(21_u32), "Обычно ждать приходится около 21 минуты.");
    assert_eq!(Lang::Ru.usual_wait(5_u32), "Обычно ждать приходится около 5 минут.");
    assert_eq!(Lang::Vi.usual_wait(5_u32), "Thường phải chờ khoảng 5 phút.");
}

#[test]
fn staff_count_by_their_language() {
    let forms = Counted("one:{0} file|other:{0} files");
    assert_eq!(StaffLang::En.desk().format_count(forms, 1), "1 file");
    assert_eq!(StaffLang::En.desk().format_count(forms, 0), "0 files");
    assert_eq!(StaffLang::Fr.desk().format_count(forms, 0), "0 file");
}

#[test]
fn the_staffs_language() {
    assert_eq!(StaffLang::from_tags(["de-DE", "fr-CA", "vi"]), Some(StaffLang::Fr));
    assert_eq!(StaffLang::from_tags(["ko"]), None);
    for (accepted, expected) in [
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("fr", "fr"),
        ("de-DE, fr;q=0.7", "fr"),
        ("EN-gb", "en"),
        ("de", "en"),
        ("", "en"),
    ] {
        assert_eq!(StaffLang::from_accept_language(accepted).tag(), expected, "{accepted}");
    }
}

#[test]
fn waits_are_said_in_whole_units() {
    assert!(StaffLang::Vi.sign_in().format_wait(4_001).contains("5 giây"));
    assert!(StaffLang::Fr.sign_in().format_wait(900_000).contains("15 minutes"));
}

#[test]
fn values_are_filled_in_once() {
    assert_eq!(fill("{0} of {1}", &["{1}", "2"]), "{1} of 2");
    assert_eq!(fill("no place", &["x"]), "no place");
    assert_eq!(Lang::Ja.step_of(1, 3).matches(['1', '3']).count(), 2);
    assert_eq!(Lang::En.step_of(1, 3), "Step 1 of 3");
}

#[test]
fn days_in_words() {
    let day = jiff::civil::date(2026, 8, 3);
    for (lang, short, long) in [
        (Lang::Vi, "thứ Hai, 3/8", "thứ Hai, 3/8/2026"),
        (Lang::En, "on Monday, 3 August", "on Monday, 3 August 2026"),
        (Lang::Fr, "lundi 3 août", "lundi 3 août 2026"),
        (Lang::Ja, "8月3日月曜日", "2026年8月3日月曜日"),
        (Lang::Ru, "понедельник, 3 августа", "понедельник, 3 августа 2026 г."),
    ] {
        assert_eq!(lang.long_date(day, false), short);
        assert_eq!(lang.long_date(day, true), long);
    }
    assert_eq!(Lang::Fr.long_date(jiff::civil::date(2026, 11, 1), false), "dimanche 1er novembre");
    assert_eq!((Lang::Fr.time_of_day(450), Lang::En.time_of_day(1440)), ("7 h 30".into(), "24:00".into()));
}
