//! What is said at once: `data/answers`, a file a language, a text a kind.

use crate::{DangerKind, LANGUAGES, Number};

macro_rules! files {
    ($($code:literal),*) => { [$(include_str!(concat!("../data/answers/", $code, ".txt"))),*] };
}

/// In the order of [`LANGUAGES`]. A file that is missing does not compile; a text that is missing fails the test below.
const FILES: [&str; 13] =
    files!["vi", "en", "fr", "es", "ru", "uk", "zh", "ja", "ko", "km", "lo", "th", "ar"];

/// Where the numbers stand in a text.
const CALL: &str = "{call}";

/// What to say to somebody in danger of `kind`, in `lang` (English where it is none of [`LANGUAGES`]), with the numbers in it.
///
/// Two or three sentences: what to do now, whom to call. Whose advice they follow is in `docs/safety.md`.
pub fn danger_answer(kind: DangerKind, lang: &str, numbers: &[Number]) -> String {
    with_numbers(localised_text(kind.name(), lang), lang, numbers)
}

/// Whom to call in danger of any kind, in one sentence: for where nothing can be asked.
pub fn emergency_text(lang: &str, numbers: &[Number]) -> String {
    with_numbers(localised_text("emergency", lang), lang, numbers)
}

/// What stands on the button of somebody who was taken for being in danger and is not.
pub fn not_urgent(lang: &str) -> &'static str {
    localised_text("not_urgent", lang)
}

fn with_numbers(text: &str, lang: &str, numbers: &[Number]) -> String {
    let (open, close, comma) = match lang {
        "zh" | "ja" => ("（", "）", "、"),
        "ar" => (" (", ")", "، "),
        _ => (" (", ")", ", "),
    };
    let each = numbers.iter().map(|each| format!("{}{open}{}{close}", each.number, each.label));
    text.replace(CALL, &each.collect::<Vec<_>>().join(comma))
}

/// The text called `name`, in English where `lang` has none.
fn localised_text(name: &str, lang: &str) -> &'static str {
    own_text(name, lang).or_else(|| own_text(name, "en")).unwrap_or(CALL)
}

fn own_text(name: &str, lang: &str) -> Option<&'static str> {
    let at = LANGUAGES.iter().position(|code| *code == lang)?;
    let lines = FILES.get(at)?.lines();
    lines.filter_map(|line| line.split_once(" = ")).find(|(own, _)| *own == name).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find_numbers;

    #[test]
    fn every_language_has_every_answer() {
        let names = || DangerKind::ALL.map(DangerKind::name).into_iter().chain(["emergency"]);
        assert!(LANGUAGES.iter().all(|lang| own_text("not_urgent", lang).is_some()), "a label is missing");
        let all = || LANGUAGES.into_iter().flat_map(|lang| names().map(move |name| (lang, name)));
        let missing: Vec<_> = all().filter(|(lang, name)| own_text(name, lang).is_none()).collect();
        assert!(missing.is_empty(), "safety/data/answers lacks {missing:?}");
        for (lang, name) in all() {
            let text = localised_text(name, lang);
            assert_eq!(text.matches(CALL).count(), 1, "{lang} {name}: the numbers stand once");
            assert!(!text.contains(|c: char| c.is_ascii_digit()), "{lang} {name}: numbers are data");
            assert!((10..=420).contains(&text.chars().count()), "{lang} {name}: a few sentences");
        }
    }

    #[test]
    fn the_numbers_stand_in_the_answer() {
        let said = danger_answer(DangerKind::Fire, "vi", &find_numbers("vn", DangerKind::Fire, "vi"));
        assert!(said.contains("114 (") && !said.contains(CALL), "{said}");
    }
}
