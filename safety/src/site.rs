//! What a site adds to the lexicon and the numbers, and how it switches the layer off.

use crate::{
    danger_kind::DangerKind,
    data::{DetectionData, LANGUAGES},
    detect::{DetectedDanger, detect_with},
    lexicon::{Language, Steps},
    numbers::{Number, find_numbers},
};
use std::{
    fmt,
    sync::{Arc, OnceLock},
};

/// What a site adds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Additions {
    /// The country whose numbers are shown, in two letters (`vn`). One that we have no numbers of has the general one.
    pub country: String,
    /// Rules: what tells of danger.
    pub rules: Vec<Addition>,
    /// What never does, for all kinds: `lang` and the rule, without a sign.
    pub harmless: Vec<(String, String)>,
    /// Numbers of its own: shown first.
    pub numbers: Vec<OwnNumber>,
    /// Why the layer is off. `None`: it is on.
    pub off: Option<String>,
}

/// A rule of a site's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// What it tells of.
    pub kind: DangerKind,
    /// In which of [`LANGUAGES`].
    pub lang: String,
    /// The rule, as `docs/safety.md` describes them; plain words are one too. It is certain.
    pub rule: String,
}

/// A number of a site's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnNumber {
    /// As it is dialled.
    pub number: String,
    /// For which kinds.
    pub kinds: Vec<DangerKind>,
    /// By language, who answers; the first is for all others.
    pub labels: Vec<(String, String)>,
}

/// What is wrong with [`Additions`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdditionError {
    /// The layer is off, and nothing says why.
    NoReason,
    /// None of [`LANGUAGES`].
    Language(String),
    /// A rule that can't be read: the rule and the reason.
    Rule(String, String),
    /// A number that no telephone can dial, or without a label or a kind.
    Number(String),
}

impl fmt::Display for AdditionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AdditionError::NoReason => f.write_str("the safety layer is off without a reason"),
            AdditionError::Language(code) => {
                write!(f, "{code} is no language of the safety layer: {}", LANGUAGES.join(" "))
            }
            AdditionError::Rule(rule, reason) => write!(f, "the rule \"{rule}\": {reason}"),
            AdditionError::Number(number) => {
                write!(f, "the number \"{number}\" needs 2 to 15 digits, a label and a kind")
            }
        }
    }
}

impl std::error::Error for AdditionError {}

/// The layer was asked before it had its data: nothing can be said of the text, not even that it is harmless.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataMissing;

impl fmt::Display for DataMissing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the safety layer has no data yet")
    }
}

impl std::error::Error for DataMissing {}

/// The layer as one site has it. It refuses to say anything of a text until it has its data.
#[derive(Debug)]
pub struct Lexicon {
    additions: Additions,
    attached: OnceLock<Attached>,
}

/// What danger is found by.
#[derive(Debug)]
struct Attached {
    data: Arc<DetectionData>,
    /// Languages that the site has added to, by their place in [`LANGUAGES`].
    own: Vec<(usize, Language)>,
}

impl Default for Lexicon {
    fn default() -> Lexicon {
        let nothing_added = Lexicon { additions: Additions::default(), attached: OnceLock::new() };
        Lexicon::new(Additions::default()).unwrap_or(nothing_added)
    }
}

impl Lexicon {
    /// The layer with `additions`; with the feature `embed` it has its data at once. Then it reads anew each language that
    /// something is added to, so keep it.
    ///
    /// # Errors
    /// With the first thing that is wrong; whether rules can be read is known when the data is there.
    pub fn new(additions: Additions) -> Result<Lexicon, AdditionError> {
        let lexicon = Lexicon::without_data(additions)?;
        #[cfg(any(test, feature = "embed"))]
        lexicon.attach_data(crate::data::embedded_data())?;
        Ok(lexicon)
    }

    /// The same, which has no data yet in any case.
    ///
    /// # Errors
    /// With the first thing that is wrong but for rules that can't be read.
    pub fn without_data(additions: Additions) -> Result<Lexicon, AdditionError> {
        if additions.off.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
            return Err(AdditionError::NoReason);
        }
        if let Some(wrong) = additions.numbers.iter().find(|number| !number.is_whole()) {
            return Err(AdditionError::Number(wrong.number.clone()));
        }
        additions.rule_lines()?;
        Ok(Lexicon { additions, attached: OnceLock::new() })
    }

    /// Gives the layer the data it finds danger by; what it already has stays.
    ///
    /// # Errors
    /// With the first rule of the site's that can't be read: the layer then works without any of them.
    pub fn attach_data(&self, data: &Arc<DetectionData>) -> Result<(), AdditionError> {
        if self.attached.get().is_some() {
            return Ok(());
        }
        let own = self.own_languages(data);
        let (own, wrong) = own.map_or_else(|wrong| (Vec::new(), Some(wrong)), |own| (own, None));
        self.attached.get_or_init(|| Attached { data: Arc::clone(data), own });
        wrong.map_or(Ok(()), Err)
    }

    /// Whether it has its data, or needs none because it is off.
    pub fn is_ready(&self) -> bool {
        self.additions.off.is_some() || self.attached.get().is_some()
    }

    fn own_languages(&self, data: &DetectionData) -> Result<Vec<(usize, Language)>, AdditionError> {
        let mut own = Vec::new();
        for (at, rules) in self.additions.rule_lines()? {
            let wrong = |(rule, reason): (usize, String)| {
                let line = rules.get(rule).map(|(_, line)| line.trim_start_matches("!! ").to_owned());
                AdditionError::Rule(line.unwrap_or_default(), reason)
            };
            own.push((at, data.read_language(at).with_rules(&rules).map_err(wrong)?));
        }
        Ok(own)
    }

    /// The danger that `text` tells of; `None` also where the site has switched the layer off.
    ///
    /// # Errors
    /// If it has no data yet.
    pub fn detect(&self, text: &str) -> Result<Option<DetectedDanger>, DataMissing> {
        self.detect_counted(text).map(|(danger, _)| danger)
    }

    /// The same, and how many steps it took: they grow with the text's length and no faster.
    ///
    /// # Errors
    /// If it has no data yet.
    pub fn detect_counted(&self, text: &str) -> Result<(Option<DetectedDanger>, Steps), DataMissing> {
        if self.additions.off.is_some() {
            return Ok((None, 0));
        }
        let Attached { data, own } = self.attached.get().ok_or(DataMissing)?;
        let mut steps = 0;
        Ok((detect_with(data, own, text, &mut steps), steps))
    }

    /// Whom to call, the site's own numbers first. `lang` is that of the answer.
    pub fn numbers_for_kind(&self, kind: DangerKind, lang: &str) -> Vec<Number> {
        let own = self.additions.numbers.iter().filter(|number| number.kinds.contains(&kind));
        let mut all: Vec<Number> = own.map(|number| number.to_number(lang)).collect();
        for number in find_numbers(&self.additions.country, kind, lang) {
            if !all.iter().any(|known| known.number == number.number) {
                all.push(number);
            }
        }
        all
    }

    /// Whom to call in danger of any kind: the first number for what happens most.
    pub fn emergency_numbers(&self, lang: &str) -> Vec<Number> {
        let mut all: Vec<Number> = Vec::new();
        for kind in [DangerKind::Medical, DangerKind::Fire, DangerKind::Violence] {
            let first = self.numbers_for_kind(kind, lang).into_iter().next();
            all.extend(first.filter(|first| !all.iter().any(|known| known.number == first.number)));
        }
        all
    }

    /// Why the layer is off, if it is.
    pub fn off_reason(&self) -> Option<&str> {
        self.additions.off.as_deref()
    }
}

impl Additions {
    /// The rules as lines of the files they are added to.
    fn rule_lines(&self) -> Result<Vec<(usize, Lines<'_>)>, AdditionError> {
        let mut files = Vec::new();
        for rule in &self.rules {
            add_line(&mut files, &rule.lang, rule.kind.name(), format!("!! {}", rule.rule), &rule.rule)?;
        }
        for (lang, rule) in &self.harmless {
            add_line(&mut files, lang, "harmless", rule.clone(), rule)?;
        }
        Ok(files)
    }
}

impl OwnNumber {
    fn is_whole(&self) -> bool {
        let digits = self.number.bytes().filter(u8::is_ascii_digit).count();
        let dialled = self.number.bytes().all(|byte| byte.is_ascii_digit() || b"+ .-".contains(&byte));
        dialled && (2..=15).contains(&digits) && !self.labels.is_empty() && !self.kinds.is_empty()
    }

    fn to_number(&self, lang: &str) -> Number {
        let label = self.labels.iter().find(|(code, _)| code == lang).or_else(|| self.labels.first());
        Number {
            number: self.number.clone(),
            label: label.map(|(_, label)| label.clone()).unwrap_or_default(),
        }
    }
}

/// Lines of a language's file, each with its section. The language goes by its place in [`LANGUAGES`].
type Lines<'a> = Vec<(&'a str, String)>;

/// Puts a line among those of its language.
fn add_line<'a>(
    files: &mut Vec<(usize, Lines<'a>)>,
    lang: &str,
    section: &'a str,
    line: String,
    rule: &str,
) -> Result<(), AdditionError> {
    let at = LANGUAGES.iter().position(|code| *code == lang);
    let at = at.ok_or_else(|| AdditionError::Language(lang.to_owned()))?;
    if line.contains(['\n', '#']) {
        return Err(AdditionError::Rule(rule.to_owned(), "a line without #".to_owned()));
    }
    match files.iter_mut().find(|(place, _)| *place == at) {
        Some((_, lines)) => lines.push((section, line)),
        None => files.push((at, vec![(section, line)])),
    }
    Ok(())
}
