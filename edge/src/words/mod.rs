//! Every sentence the widget says of its own accord, one file per language. The page drawn without the widget
//! needs them too, and so the widget's wasm carries none.
//!
//! A language is one file with one `match` that names every [`Word`], and one row in [`LANGUAGES`].

mod en;
mod fr;
mod vi;

use wire::{Word, Words};

/// One language: its code, its name in itself, its words.
struct Language {
    code: &'static str,
    name: &'static str,
    word: fn(Word) -> &'static str,
}

/// Every language the widget's own words exist in. The first one stands in for all others.
const LANGUAGES: &[Language] = &[
    Language { code: "en", name: "English", word: en::word },
    Language { code: "vi", name: "Tiếng Việt", word: vi::word },
    Language { code: "fr", name: "Français", word: fr::word },
];

/// The widget's words in `lang` (BCP 47; only the part before the first `-` counts), else in English.
///
/// ```
/// assert_eq!(edge::words::words("vi-VN").get(wire::Word::Send), "Gửi");
/// assert_eq!(edge::words::words("tlh").get(wire::Word::Send), "Send");
/// ```
pub fn words(lang: &str) -> Words {
    let word = find(lang).map_or(en::word as fn(Word) -> &'static str, |language| language.word);
    Words(Word::ALL.iter().map(|&each| word(each).to_owned()).collect())
}

/// What speakers of `lang` call their language; the code itself where it isn't known here.
pub fn endonym(lang: &str) -> &str {
    find(lang).map_or(lang, |language| language.name)
}

fn find(lang: &str) -> Option<&'static Language> {
    let primary = lang.split('-').next().unwrap_or(lang);
    LANGUAGES.iter().find(|language| language.code.eq_ignore_ascii_case(primary))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_and_its_own() {
        for language in LANGUAGES {
            for &word in Word::ALL {
                let text = (language.word)(word);
                let code = language.code;
                assert!(!text.trim().is_empty(), "{code}.rs: {word:?} is empty; write it");
                assert_eq!(
                    text.matches("{}").count(),
                    en::word(word).matches("{}").count(),
                    "{code}.rs: {word:?} must hold as many `{{}}` as the English one"
                );
                assert!(
                    code == "en" || text.len() < 12 || text != en::word(word),
                    "{code}.rs: {word:?} is still English"
                );
            }
        }
    }

    #[test]
    fn sentences_stay_short() {
        for language in LANGUAGES {
            for &word in Word::ALL {
                let text = (language.word)(word);
                let longest = text.split(['.', '!', '?']).map(|s| s.split_whitespace().count()).max();
                assert!(longest <= Some(20), "{}.rs: {word:?} has a sentence over 20 words", language.code);
            }
        }
    }
}
