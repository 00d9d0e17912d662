//! What is said at once: `data/answers`, a file a language, a text a kind.

use crate::{Kind, LANGUAGES, Number};

macro_rules! files {
    ($($code:literal),*) => { [$(include_str!(concat!("../data/answers/", $code, ".txt"))),*] };
}

/// In the order of [`LANGUAGES`]. A file that is missing does not compile; a text that is missing fails the test below.
const FILES: [&str; 13] = files!["vi", "en", "fr", "es", "ru", "uk", "zh", "ja", "ko", "km", "lo", "th", "ar"];

/// Where the numbers stand in a text.
const CALL: &str = "{call}";

/// What to say to somebody in danger of `kind`, in `lang` (English where it is none of [`LANGUAGES`]), with the numbers in it.
///
/// Two or three sentences: what to do now, whom to call. Whose advice they follow is in `docs/safety.md`.
pub fn answer(kind: Kind, lang: &str, numbers: &[Number]) -> String {
    let text = text(kind, lang).or_else(|| text(kind, "en")).unwrap_or(CALL);
    let (open, close, comma) = match lang {
        "zh" | "ja" => ("（", "）", "、"),
        "ar" => (" (", ")", "، "),
        _ => (" (", ")", ", "),
    };
    let each = numbers.iter().map(|each| format!("{}{open}{}{close}", each.number, each.label));
    text.replace(CALL, &each.collect::<Vec<_>>().join(comma))
}

fn text(kind: Kind, lang: &str) -> Option<&'static str> {
    let at = LANGUAGES.iter().position(|code| *code == lang)?;
    let lines = FILES.get(at)?.lines();
    lines.filter_map(|line| line.split_once(" = ")).find(|(name, _)| *name == kind.name()).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers;

    #[test]
    fn every_language_has_every_answer() {
        let all = || LANGUAGES.into_iter().flat_map(|lang| Kind::ALL.map(|kind| (lang, kind)));
        let missing: Vec<_> = all().filter(|(lang, kind)| text(*kind, lang).is_none()).collect();
        assert!(missing.is_empty(), "safety/data/answers lacks {missing:?}");
        for (lang, kind) in all() {
            let text = text(kind, lang).unwrap_or_default();
            assert_eq!(text.matches(CALL).count(), 1, "{lang} {}: the numbers stand once", kind.name());
            assert!(!text.contains(|c: char| c.is_ascii_digit()), "{lang} {}: numbers are data", kind.name());
            assert!((40..=420).contains(&text.chars().count()), "{lang} {}: two or three sentences", kind.name());
        }
    }

    #[test]
    fn the_numbers_stand_in_the_answer() {
        let said = answer(Kind::Fire, "vi", &numbers("vn", Kind::Fire, "vi"));
        assert!(said.contains("114 (") && !said.contains(CALL), "{said}");
    }
}
