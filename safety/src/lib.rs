//! Whether somebody who writes is in danger, and what to say at once. No input or output, no clock.
//!
//! Asked before everything else on every way in: what it finds is never ranked, forwarded or given to a model.
//!
//! # Where to start
//! [`detect`] says what a text tells of. The words and rules are data, a file a language in `data`; `text` and
//! `vietnamese` fold what people really type, `lexicon` reads the rules and searches for them. [`answer`] and
//! [`numbers`] are what is said then. `docs/safety.md` shows what is found and what is missed.

mod answers;
mod keys;
mod lexicon;
mod model;
mod numbers;
mod site;
mod text;
mod vietnamese;

pub use answers::{answer, emergency, not_urgent};
use lexicon::{Language, Level};
pub use lexicon::{LexiconError, Steps, Strength};
use model::features::Text;
#[cfg(feature = "train")]
pub use model::{LEVELS, thresholds, train};
pub use numbers::{Number, has_numbers, numbers};
pub use site::{Addition, AdditionError, Additions, Lexicon, OwnNumber};
use std::{ops::Range, sync::LazyLock};
pub use text::MAX_CHARS;

/// The languages of the lexicon, the answers and the labels.
pub const LANGUAGES: [&str; 13] =
    ["vi", "en", "fr", "es", "ru", "uk", "zh", "ja", "ko", "km", "lo", "th", "ar"];

/// What somebody is in danger of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// Suicide, self-harm.
    SelfHarm,
    /// Violence at home, assault, threats, kidnapping, sexual violence, trafficking.
    Violence,
    /// Abuse of a child.
    Child,
    /// Fire, smoke, gas, explosion, people trapped.
    Fire,
    /// A medical emergency.
    Medical,
    /// Drowning, swept away.
    Drowning,
    /// Live wires, somebody electrocuted.
    Wires,
    /// A scam under way or just done.
    Scam,
}

impl Kind {
    /// All, in the order of the documentation.
    pub const ALL: [Kind; 8] = [
        Kind::SelfHarm,
        Kind::Violence,
        Kind::Child,
        Kind::Fire,
        Kind::Medical,
        Kind::Drowning,
        Kind::Wires,
        Kind::Scam,
    ];

    /// Its name in files and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Kind::SelfHarm => "self_harm",
            Kind::Violence => "violence",
            Kind::Child => "child",
            Kind::Fire => "fire",
            Kind::Medical => "medical",
            Kind::Drowning => "drowning",
            Kind::Wires => "wires",
            Kind::Scam => "scam",
        }
    }

    /// The kind called `name`.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Of two kinds that are equally sure, the one with the higher rank is answered: what kills soonest, and what is easily
    /// taken for another kind, come first.
    fn rank(self) -> u8 {
        match self {
            Kind::Scam => 0,
            Kind::Medical => 1,
            Kind::Violence => 2,
            Kind::Child => 3,
            Kind::Fire => 4,
            Kind::Wires => 5,
            Kind::Drowning => 6,
            Kind::SelfHarm => 7,
        }
    }
}

/// What a text tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Danger {
    /// What.
    pub kind: Kind,
    /// How sure the rule is that matched.
    pub strength: Strength,
    /// The language of the words that told, one of [`LANGUAGES`].
    pub lang: &'static str,
    /// Where in the text, in bytes; on boundaries of characters.
    pub span: Range<usize>,
}

/// The danger that `text` tells of, by the built-in lexicon: the surest. A text longer than [`MAX_CHARS`] is read up to there.
///
/// ```
/// use safety::{Kind, detect};
/// assert_eq!(detect("toi muoons tu75 tu73").map(|danger| danger.kind), Some(Kind::SelfHarm));
/// assert_eq!(detect("đăng ký khai tử cần giấy gì"), None);
/// ```
pub fn detect(text: &str) -> Option<Danger> {
    detect_with(&[], text, &mut 0)
}

/// The same, with a site's own readings of languages in place of ours and the steps counted.
fn detect_with(own: &[(usize, Language)], text: &str, steps: &mut Steps) -> Option<Danger> {
    let words = text::words(text);
    *steps += words.len();
    let scripts = Scripts::of(text);
    let mut best: Option<Danger> = None;
    let mut vietnamese = false;
    for (at, ours) in BUILT_IN.iter().enumerate().filter(|(at, _)| scripts.may_be(*at)) {
        if vietnamese && matches!(at, 1..=3) {
            continue;
        }
        let own = own.iter().find(|(place, _)| *place == at);
        let language = own.map_or_else(|| &**ours, |(_, language)| language);
        let (danger, surely) = find(language, at, &words, steps);
        // Marked throughout, it is Vietnamese and no other.
        vietnamese |= surely;
        let Some(danger) = danger else { continue };
        let rank = |danger: &Danger| (danger.strength, danger.kind.rank());
        if best.as_ref().is_none_or(|best| rank(best) < rank(&danger)) {
            best = Some(danger);
        }
    }
    best
}

/// Words as one language reads them.
struct Reading<'a> {
    words: std::borrow::Cow<'a, [text::Word]>,
    /// Whether marks are typed throughout.
    strict: bool,
    /// Whether marks that tell words apart are typed at all; true where a language has none.
    marked: bool,
    /// Whether the text can be of the language.
    likely: bool,
}

fn read<'a>(language: &Language, words: &'a [text::Word]) -> Reading<'a> {
    if language.code != "vi" {
        return Reading { words: words.into(), strict: false, marked: true, likely: true };
    }
    let vietnamese::Reading { words, strict, marked, likely } =
        vietnamese::read(words, |word| language.is_short(word), |word| language.is_known(word));
    Reading { words: words.into(), strict, marked, likely }
}

/// The danger that `words` tell of in `language`, and whether they surely are of that language.
fn find(language: &Language, at: usize, words: &[text::Word], steps: &mut Steps) -> (Option<Danger>, bool) {
    let reading = read(language, words);
    *steps += reading.words.len();
    if !reading.likely {
        return (None, false);
    }
    (find_in(language, at, &reading, steps), reading.strict)
}

fn find_in(language: &Language, at: usize, reading: &Reading<'_>, steps: &mut Steps) -> Option<Danger> {
    let words = &*reading.words;
    let found = language.places(words, reading.strict, steps);
    let hit = language.search(words, &found, steps);
    let (kind, strength, range) = match MODELS.get(at).and_then(|model| model.as_ref()) {
        None => {
            let hit = hit.filter(|hit| !matches!(hit.level, Level::Doubtful))?;
            (hit.kind, hit.level.strength(), hit.from..hit.to)
        }
        Some(model) => {
            let mentions = language.mentions(&found);
            let text = Text { words, mentions: &mentions, language, strict: reading.strict, hit };
            let said = model.say(&text, steps);
            let level = model::level(hit.as_ref(), &mentions);
            // What somebody says of their own death must not hang on a model.
            let always = hit.is_some_and(|hit| {
                hit.level >= Level::CertainInContext && hit.own
                    || hit.level == Level::Certain && hit.kind == Kind::SelfHarm
            });
            let harmless = hit.is_none() && language.is_harmless(&found, steps);
            if harmless || !always && !model.is_danger(said.score, level, reading.marked) {
                return None;
            }
            match hit {
                Some(hit) => (hit.kind, hit.level.strength(), hit.from..hit.to),
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
    Some(Danger {
        kind,
        strength,
        lang: LANGUAGES.get(at).copied().unwrap_or("en"),
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
    fn of(text: &str) -> Scripts {
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

/// Reads the lexicons and models of all languages now rather than with the first message.
pub fn prepare() {
    BUILT_IN.iter().for_each(|language| {
        LazyLock::force(language);
    });
    LazyLock::force(&MODELS);
}

/// Reads the rules and the topics of the language `lang`, as `docs/safety.md` describes them, and makes of them what this
/// crate reads: `data/<lang>.bin`.
///
/// # Errors
/// With the first line that can't be read.
pub fn compile(lang: &str, file: &str) -> Result<Vec<u8>, LexiconError> {
    Ok(Language::draft(lang, file)?.to_bytes())
}

/// The compiled files of the languages, in the order of [`LANGUAGES`]. One that is missing does not compile.
macro_rules! files {
    ($($code:literal),*) => {
        [$(include_bytes!(concat!("../data/", $code, ".bin"))),*]
    };
}

const FILES: [&[u8]; 13] =
    files!["vi", "en", "fr", "es", "ru", "uk", "zh", "ja", "ko", "km", "lo", "th", "ar"];

/// The language at `at` of [`LANGUAGES`]. A file of ours that can't be read would find nothing: a test reads all.
fn built_in(at: usize) -> Language {
    let code = LANGUAGES.get(at).copied().unwrap_or_default();
    FILES.get(at).and_then(|file| Language::from_bytes(code, file)).unwrap_or_default()
}

/// Each language is read when it is first wanted.
macro_rules! read_late {
    ($($at:literal),*) => {
        [$(LazyLock::new(|| built_in($at))),*]
    };
}

static BUILT_IN: [LazyLock<Language>; 13] = read_late![0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/// The models, in the order of [`LANGUAGES`]; a language without one has rules alone.
static MODELS: LazyLock<[Option<model::Model>; 13]> = LazyLock::new(|| {
    let mut models = [const { None }; 13];
    for (place, bytes) in models.iter_mut().zip(MODEL_FILES) {
        *place = model::Model::read(bytes);
    }
    models
});

/// Vietnamese, English, French.
const MODEL_FILES: [&[u8]; 3] = [
    include_bytes!("../data/model-vi.bin"),
    include_bytes!("../data/model-en.bin"),
    include_bytes!("../data/model-fr.bin"),
];
