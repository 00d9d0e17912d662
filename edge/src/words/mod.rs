//! Every sentence the widget says of its own accord, one file per language. The page drawn without the widget
//! needs them too, and so the widget's wasm carries none; a visitor is sent one language.
//!
//! A language is one file with a `match` that names every [`Word`] and one for every [`PageWord`], a row in [`LANGUAGES`], a row in
//! [`wire::LANGUAGES`], and its rule in [`plural`]. A new word is a row in `wire/src/words.rs`, or in
//! `page.rs` where the widget doesn't need it, and one in each file.
//! Sites speak languages of their own choice; [`chosen`] says what a visitor is spoken to in.

mod ar;
mod choose;
mod en;
mod es;
mod fr;
mod ja;
mod km;
mod ko;
mod lo;
mod page;
pub mod plural;
mod ru;
mod th;
mod uk;
mod vi;
mod zh;

pub use choose::{Chosen, chosen};
pub use page::PageWord;

use wire::{Word, Words};

/// The words for one word of the widget's, and for one of the pages beside it.
type Say = (fn(Word) -> &'static str, fn(PageWord) -> &'static str);

/// Every language the widget's own words exist in.
const LANGUAGES: &[(&str, Say)] = &[
    ("vi", (vi::word, vi::page)),
    ("en", (en::word, en::page)),
    ("fr", (fr::word, fr::page)),
    ("km", (km::word, km::page)),
    ("lo", (lo::word, lo::page)),
    ("th", (th::word, th::page)),
    ("zh", (zh::word, zh::page)),
    ("ja", (ja::word, ja::page)),
    ("ko", (ko::word, ko::page)),
    ("es", (es::word, es::page)),
    ("ar", (ar::word, ar::page)),
    ("uk", (uk::word, uk::page)),
    ("ru", (ru::word, ru::page)),
];

/// The widget's words in `lang` (BCP 47; only the part before the first `-` counts), else in English.
///
/// ```
/// assert_eq!(edge::words::words("vi-VN").get(wire::Word::Send), "Gửi");
/// assert_eq!(edge::words::words("tlh").get(wire::Word::Send), "Send");
/// ```
pub fn words(lang: &str) -> Words {
    let (say, _) = spoken(lang);
    Words(Word::ALL.iter().map(|&each| say(each).to_owned()).collect())
}

/// One of them.
pub fn word(lang: &str, word: Word) -> &'static str {
    let (say, _) = spoken(lang);
    say(word)
}

/// What a page beside the chat says for `word` in `lang`, else in English.
pub fn page_word(lang: &str, word: PageWord) -> &'static str {
    let (_, say) = spoken(lang);
    say(word)
}

fn spoken(lang: &str) -> Say {
    find(lang).map_or((en::word, en::page), |(_, say)| *say)
}

/// What speakers of `lang` call their language; the code itself where it isn't known here.
pub fn endonym(lang: &str) -> &str {
    wire::LANGUAGES.iter().find(|(code, _)| *code == primary(lang)).map_or(lang, |(_, name)| name)
}

/// The part before the first `-`.
fn primary(lang: &str) -> &str {
    lang.split(['-', '_']).next().unwrap_or(lang)
}

fn find(lang: &str) -> Option<&'static (&'static str, Say)> {
    LANGUAGES.iter().find(|(code, _)| code.eq_ignore_ascii_case(primary(lang)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Short words that English shares with a language.
    const SHARED: &[(&str, &str)] = &[("fr", "Suggestions"), ("fr", "Code"), ("es", "No")];

    /// Words with a place for something.
    const FILLED: &[Word] =
        &[Word::Says, Word::PersonalFound, Word::MyLocation, Word::FileTooLarge, Word::FileKind];

    #[test]
    fn every_word_is_there_and_its_own() {
        let listed: Vec<&str> = wire::LANGUAGES.iter().map(|(code, _)| *code).collect();
        assert_eq!(listed, LANGUAGES.iter().map(|(code, _)| *code).collect::<Vec<_>>());
        for (code, (say, _)) in LANGUAGES {
            for &word in Word::ALL {
                let text = say(word);
                assert!(!text.trim().is_empty(), "{code}.rs: {word:?} is empty; write it");
                let same = *code != "en" && word != Word::Lang && text == en::word(word);
                assert!(!same || SHARED.contains(&(code, text)), "{code}.rs: {word:?} is still English");
                assert!(word.is_counted() || !text.contains('|'), "{code}.rs: {word:?} is not counted");
                let most = usize::from(word.is_counted() || FILLED.contains(&word));
                let fits = text.split('|').all(|form| form.matches("{}").count() <= most);
                assert!(fits, "{code}.rs: {word:?} has a `{{}}` too many");
            }
            assert_eq!(say(Word::Lang), *code, "{code}.rs: Lang is the file's own code");
            assert!(say(Word::Says).contains("{}"), "{code}.rs: Says names who speaks");
        }
    }

    #[test]
    fn every_word_of_the_pages_is_there_and_its_own() {
        for (code, (_, say)) in LANGUAGES {
            for &word in PageWord::ALL {
                let text = say(word);
                let same = *code != "en" && text == en::page(word);
                assert!(!same || SHARED.contains(&(code, text)), "{code}.rs: {word:?} is still English");
                let holes = text.matches("{}").count();
                assert_eq!(
                    holes,
                    en::page(word).matches("{}").count(),
                    "{code}.rs: {word:?} has another `{{}}`"
                );
                let longest =
                    text.split(['.', '!', '?', ':', ';']).map(|s| s.split_whitespace().count()).max();
                assert!(longest <= Some(20) && longest > Some(0), "{code}.rs: {word:?} is empty or too long");
            }
        }
    }

    /// Where a language has an alphabet of its own, every word is in it.
    #[test]
    fn no_word_is_in_the_wrong_script() {
        let scripts = [
            ("km", '\u{1780}'..='\u{17ff}'),
            ("lo", '\u{0e80}'..='\u{0eff}'),
            ("th", '\u{0e00}'..='\u{0e7f}'),
            ("zh", '\u{4e00}'..='\u{9fff}'),
            ("ja", '\u{3040}'..='\u{9fff}'),
            ("ko", '\u{ac00}'..='\u{d7af}'),
            ("ar", '\u{0600}'..='\u{06ff}'),
            ("uk", '\u{0400}'..='\u{04ff}'),
            ("ru", '\u{0400}'..='\u{04ff}'),
        ];
        for (code, script) in scripts {
            let words = words(code);
            for &word in Word::ALL.iter().filter(|word| **word != Word::Lang) {
                let text = words.count(word, "other", 3);
                assert!(text.chars().any(|c| script.contains(&c)), "{code}.rs: {word:?}: {text}");
                let latin = text.chars().filter(char::is_ascii_alphabetic).count();
                assert_eq!(latin, 0, "{code}.rs: {word:?} has Latin letters: {text}");
            }
        }
    }

    #[test]
    fn counted_words_have_the_forms_of_their_language() {
        for (code, _) in LANGUAGES {
            let words = words(code);
            for &word in Word::ALL.iter().filter(|word| word.is_counted()) {
                let forms: Vec<&str> = words.get(word).split('|').collect();
                let needed = plural::categories(code);
                if needed.len() == 1 {
                    assert_eq!(forms.len(), 1, "{code}.rs: {word:?} has one form");
                    continue;
                }
                let named: Vec<&str> =
                    forms.iter().map(|form| form.split_once(':').map_or("", |(name, _)| name)).collect();
                assert_eq!(named, needed, "{code}.rs: {word:?} needs a form for each of its plurals");
            }
        }
    }

    /// Whoever is about to send a code that opens something is told that nobody asks for one; who sends anything else is not.
    #[test]
    fn codes_are_warned_of() {
        use wire::{Kinds, Personal};
        for (code, (say, _)) in LANGUAGES {
            let (words, warning) = (words(code), say(Word::NeverAsked));
            for refused in [false, true] {
                let both = Kinds::of(Personal::OneTimeCode).and(Kinds::of(Personal::Phone));
                let sentence = words.personal(both, refused);
                let named = say(Word::OneTimeCode);
                assert!(sentence.contains(warning) && sentence.contains(named), "{code}: {sentence}");
                let other = words.personal(Kinds::of(Personal::BankAccount), refused);
                assert!(
                    !other.contains(warning) && other.contains(say(Word::AccountNumber)),
                    "{code}: {other}"
                );
            }
        }
    }

    #[test]
    fn sentences_stay_short() {
        for (code, (say, _)) in LANGUAGES {
            for &word in Word::ALL {
                let longest =
                    say(word).split(['.', '!', '?', '|']).map(|s| s.split_whitespace().count()).max();
                assert!(longest <= Some(20), "{code}.rs: {word:?} has a sentence over 20 words");
            }
        }
    }
}
