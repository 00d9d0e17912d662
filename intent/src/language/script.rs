//! Scripts, and the languages that have one to themselves.

/// A script, as far as it tells languages apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Thai,
    Lao,
    Khmer,
    Hangul,
    /// Chinese characters and Japanese syllables.
    Han,
    Greek,
    Hebrew,
    Devanagari,
    Burmese,
}

const ALL: [Script; 12] = [
    Script::Latin,
    Script::Cyrillic,
    Script::Arabic,
    Script::Thai,
    Script::Lao,
    Script::Khmer,
    Script::Hangul,
    Script::Han,
    Script::Greek,
    Script::Hebrew,
    Script::Devanagari,
    Script::Burmese,
];

/// The script of a letter.
fn script_of_letter(c: char) -> Option<Script> {
    Some(match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{370}'..='\u{3ff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Script::Arabic,
        '\u{900}'..='\u{97f}' => Script::Devanagari,
        '\u{e00}'..='\u{e7f}' => Script::Thai,
        '\u{e80}'..='\u{eff}' => Script::Lao,
        '\u{1000}'..='\u{109f}' => Script::Burmese,
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => Script::Hangul,
        '\u{1780}'..='\u{17ff}' => Script::Khmer,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => Script::Han,
        _ => return None,
    })
}

/// The script most of `text` is in; nothing without letters. Latin abbreviations and brands stand in all languages, so Latin
/// letters count half.
pub fn dominant_script(text: &str) -> Option<Script> {
    let count = |script: Script| {
        let letters = text.chars().filter(|c| script_of_letter(*c) == Some(script)).count();
        if script == Script::Latin { letters } else { 2 * letters }
    };
    let most = ALL.into_iter().map(|script| (count(script), script)).max_by_key(|(count, _)| *count);
    most.filter(|(count, _)| *count > 0).map(|(_, script)| script)
}

/// The language of `text`, which is in `script`. Where a script has several, the text's own letters decide, then what the
/// site `has`, with `page` first.
pub fn language_of_script(
    script: Script,
    text: &str,
    page: &str,
    has: &dyn Fn(&str) -> bool,
) -> Option<&'static str> {
    let any = |letters: &str| text.chars().any(|c| letters.contains(c));
    let of = |langs: &[&'static str]| {
        let there = || langs.iter().filter(|lang| has(lang));
        there().find(|lang| **lang == page).or_else(|| there().next()).copied()
    };
    match script {
        Script::Latin => None,
        Script::Thai => Some("th"),
        Script::Lao => Some("lo"),
        Script::Khmer => Some("km"),
        Script::Hangul => Some("ko"),
        Script::Greek => Some("el"),
        Script::Burmese => Some("my"),
        Script::Hebrew => of(&["he", "yi"]),
        Script::Devanagari => of(&["hi", "mr", "ne"]),
        Script::Arabic if any("پچژگ") => of(&["fa", "ur", "ku"]),
        Script::Arabic => of(&["ar", "fa", "ur"]),
        Script::Han if text.chars().any(|c| ('\u{3040}'..='\u{30ff}').contains(&c)) => Some("ja"),
        Script::Han => of(&["zh", "ja"]),
        Script::Cyrillic if any("іїєґІЇЄҐ") => Some("uk"),
        Script::Cyrillic if any("ыэъёЫЭЪЁ") => of(&["ru", "bg", "be"]),
        Script::Cyrillic => russian_or_ukrainian(text, page, &of),
    }
}

/// Russian or Ukrainian, where no letter says it: their small words do.
fn russian_or_ukrainian(
    text: &str,
    page: &str,
    of: &dyn Fn(&[&'static str]) -> Option<&'static str>,
) -> Option<&'static str> {
    const UK: &[&str] =
        &["як", "що", "де", "чи", "та", "треба", "потрібно", "можна", "дякую", "мене", "коли", "щоб"];
    const RU: &[&str] = &[
        "как",
        "что",
        "где",
        "или",
        "надо",
        "нужно",
        "можно",
        "спасибо",
        "меня",
        "когда",
        "чтобы",
        "для",
        "и",
    ];
    let count = |list: &[&str]| {
        let words = text.split(|c: char| !c.is_alphabetic());
        words.filter(|word| list.contains(&word.to_lowercase().as_str())).count()
    };
    match count(UK).cmp(&count(RU)) {
        std::cmp::Ordering::Greater => Some("uk"),
        std::cmp::Ordering::Less => Some("ru"),
        std::cmp::Ordering::Equal if matches!(page, "ru" | "uk") => None,
        std::cmp::Ordering::Equal => of(&["ru", "uk", "bg", "sr", "mk", "be", "kk", "mn"]),
    }
}
