//! What a text tells of, over all languages: the rules of each find, its model weighs.

use crate::{
    danger_kind::DangerKind,
    data::{DetectionData, LANGUAGES},
    lexicon::{Language, Level, Steps, Strength},
    model::{DangerModel, evidence_level, features::ModelInput},
    text::{FoldedWord, MAX_CHARS, Signs, tokenize},
    vietnamese::{self, VietnameseReading},
};
use std::{borrow::Cow, ops::Range};

/// What a text tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetectedDanger {
    /// What.
    pub kind: DangerKind,
    /// How sure the rule is that matched.
    pub strength: Strength,
    /// The language of the words that told, one of [`LANGUAGES`].
    pub lang: &'static str,
    /// All languages whose certain rules tell of danger, in the order of [`LANGUAGES`]: "police" is said in many. Whoever
    /// knows which one is spoken answers in it, if it is among them. Empty where no rule was certain.
    pub langs: Vec<&'static str>,
    /// Where in the text, in bytes; on boundaries of characters.
    pub span: Range<usize>,
}

/// The danger that `text` tells of, by the built-in lexicon: the surest. A text longer than [`MAX_CHARS`] is read up to there.
///
/// ```
/// use safety::{DangerKind, detect};
/// assert_eq!(detect("toi muoons tu75 tu73").map(|danger| danger.kind), Some(DangerKind::SelfHarm));
/// assert_eq!(detect("đăng ký khai tử cần giấy gì"), None);
/// assert!(detect("police").is_some_and(|danger| ["en", "fr", "vi"].iter().all(|lang| danger.langs.contains(lang))));
/// ```
#[cfg(feature = "embed")]
pub fn detect(text: &str) -> Option<DetectedDanger> {
    detect_with(crate::data::embedded_data(), &[], text, &mut 0)
}

/// The same by `data`, with a site's own readings of languages in place of ours and the steps counted.
pub(crate) fn detect_with(
    data: &DetectionData,
    own: &[(usize, Language)],
    text: &str,
    steps: &mut Steps,
) -> Option<DetectedDanger> {
    let words = tokenize(text);
    *steps += words.len();
    let (scripts, signs) = (Scripts::from_text(text), Signs::from_text(text));
    let mut best: Option<DetectedDanger> = None;
    let mut certain = [false; LANGUAGES.len()];
    let mut vietnamese = false;
    let language = |at: usize| match own.iter().find(|(place, _)| *place == at) {
        Some((_, language)) => Some(language),
        None => data.language(at),
    };
    for (at, certain) in certain.iter_mut().enumerate().filter(|(at, _)| scripts.may_be(*at)) {
        if vietnamese && matches!(at, 1..=3) {
            continue;
        }
        let Some(language) = language(at) else { continue };
        let (danger, surely) = detect_in_language((language, data.model(at)), at, (&words, signs), steps);
        // Marked throughout, it is Vietnamese and no other.
        vietnamese |= surely;
        let Some(danger) = danger else { continue };
        *certain = danger.strength == Strength::Certain;
        let rank = |danger: &DetectedDanger| (danger.strength, danger.kind.urgency_rank());
        if best.as_ref().is_none_or(|best| rank(best) < rank(&danger)) {
            best = Some(danger);
        }
    }
    let mut best = best?;
    if words.len() <= CRY {
        // A cry such as "SOS" is known in languages of other letters, too.
        for (at, certain) in certain.iter_mut().enumerate().filter(|(_, certain)| !**certain) {
            *certain = language(at).is_some_and(|language| is_cry(language, &words, steps));
        }
    }
    best.langs = LANGUAGES.into_iter().zip(certain).filter_map(|(lang, is)| is.then_some(lang)).collect();
    Some(best)
}

/// Words of a cry at most, the ends of its sentence counted.
const CRY: usize = 6;

/// Whether a certain rule of `language` is about `words`, whatever language they are in.
fn is_cry(language: &Language, words: &[FoldedWord], steps: &mut Steps) -> bool {
    let found = language.match_phrases(words, false, steps);
    language.find_hit(words, &found, steps).is_some_and(|hit| hit.level == Level::Certain)
}

/// Words as one language reads them.
pub(crate) struct LanguageReading<'a> {
    /// The words.
    pub words: Cow<'a, [FoldedWord]>,
    /// Whether marks are typed throughout.
    pub strict: bool,
    /// Whether marks that tell words apart are typed at all; true where a language has none.
    pub marked: bool,
    /// Whether the text can be of the language.
    pub likely: bool,
}

pub(crate) fn read_in_language<'a>(language: &Language, words: &'a [FoldedWord]) -> LanguageReading<'a> {
    if language.code != "vi" {
        return LanguageReading { words: words.into(), strict: false, marked: true, likely: true };
    }
    let VietnameseReading { words, strict, marked, likely } =
        vietnamese::read(words, |word| language.is_short(word), |word| language.is_known(word));
    LanguageReading { words: words.into(), strict, marked, likely }
}

/// The danger that `words` tell of in `language`, and whether they surely are of that language.
fn detect_in_language(
    (language, model): (&Language, Option<&DangerModel>),
    at: usize,
    (words, signs): (&[FoldedWord], Signs),
    steps: &mut Steps,
) -> (Option<DetectedDanger>, bool) {
    let reading = read_in_language(language, words);
    *steps += reading.words.len();
    if !reading.likely {
        return (None, false);
    }
    (find_in((language, model), at, (&reading, signs), steps), reading.strict)
}

fn find_in(
    (language, model): (&Language, Option<&DangerModel>),
    at: usize,
    (reading, signs): (&LanguageReading<'_>, Signs),
    steps: &mut Steps,
) -> Option<DetectedDanger> {
    let words = &*reading.words;
    let found = language.match_phrases(words, reading.strict, steps);
    let hit = language.find_hit(words, &found, steps);
    let (kind, strength, range) = match model {
        None => {
            let hit = hit.filter(|hit| !matches!(hit.level, Level::Doubtful))?;
            (hit.kind, hit.level.strength(), hit.from..hit.to)
        }
        Some(model) => {
            let mentions = language.find_mentions(&found);
            let text = ModelInput {
                words,
                mentions: &mentions,
                language,
                strict: reading.strict,
                hit,
                signs,
                found: &found,
            };
            let said = model.predict(&text, steps);
            let level = evidence_level(hit.as_ref(), &mentions);
            let own = hit.is_some_and(|hit| hit.own && hit.level >= Level::CertainInContext);
            let harmless = hit.is_none() && language.is_harmless(&found, steps);
            if harmless || !own && !model.is_danger(said.score, level, reading.marked) {
                return None;
            }
            match hit {
                Some(hit) => {
                    let kind = if hit.is_sure_of_kind(language) { hit.kind } else { said.kind };
                    (kind, hit.level.strength(), hit.from..hit.to)
                }
                None => (said.kind, Strength::Weak, said.from..said.to),
            }
        }
    };
    let inside = words.get(range).unwrap_or_default();
    let mut told = inside.iter().filter(|word| !word.plain.is_empty());
    let from = told.next().map_or(0, |first| first.from);
    let to = told
        .next_back()
        .map_or_else(|| inside.iter().map(|word| word.to).max().unwrap_or(from), |last| last.to);
    Some(DetectedDanger {
        kind,
        strength,
        lang: LANGUAGES.get(at).copied().unwrap_or("en"),
        langs: Vec::new(),
        span: from..to.max(from),
    })
}

/// Which scripts a text is written in.
#[derive(Default)]
struct Scripts {
    latin: bool,
    cyrillic: bool,
    arabic: bool,
    han: bool,
    kana: bool,
    hangul: bool,
    khmer: bool,
    lao: bool,
    thai: bool,
}

impl Scripts {
    fn from_text(text: &str) -> Scripts {
        let mut scripts = Scripts::default();
        for c in text.chars().take(MAX_CHARS) {
            match c {
                '\u{0400}'..='\u{052F}' => scripts.cyrillic = true,
                '\u{0600}'..='\u{06FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => {
                    scripts.arabic = true
                }
                '\u{0E00}'..='\u{0E7F}' => scripts.thai = true,
                '\u{0E80}'..='\u{0EFF}' => scripts.lao = true,
                '\u{1780}'..='\u{17FF}' => scripts.khmer = true,
                '\u{3041}'..='\u{30FF}' => scripts.kana = true,
                '\u{3400}'..='\u{9FFF}' => scripts.han = true,
                '\u{AC00}'..='\u{D7A3}' => scripts.hangul = true,
                c if c.is_alphabetic() => scripts.latin = true,
                _ => {}
            }
        }
        scripts
    }

    /// Whether the text may be in the language at `at` of [`LANGUAGES`].
    fn may_be(&self, at: usize) -> bool {
        match at {
            0..=3 => self.latin,
            4 | 5 => self.cyrillic,
            6 => self.han && !self.kana,
            7 => self.kana || self.han,
            8 => self.hangul,
            9 => self.khmer,
            10 => self.lao,
            11 => self.thai,
            _ => self.arabic,
        }
    }
}
