//! What a site adds to the lexicon and the numbers, and how it switches the layer off.

use crate::{Danger, Kind, LANGUAGES, Number, Steps, built_in, detect_with, lexicon::Language, numbers};
use std::fmt;

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
    pub kind: Kind,
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
    pub kinds: Vec<Kind>,
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

/// The layer as one site has it.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Languages that the site has added to, by their place in [`LANGUAGES`].
    own: Vec<(usize, Language)>,
    additions: Additions,
}

impl Lexicon {
    /// The built-in lexicon with `additions`. Reads anew each language that something is added to, so keep it.
    ///
    /// # Errors
    /// With the first thing that is wrong.
    pub fn new(additions: Additions) -> Result<Lexicon, AdditionError> {
        if additions.off.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
            return Err(AdditionError::NoReason);
        }
        if let Some(wrong) = additions.numbers.iter().find(|number| !number.is_whole()) {
            return Err(AdditionError::Number(wrong.number.clone()));
        }
        let mut files: Vec<(usize, Vec<(&str, String)>)> = Vec::new();
        for rule in &additions.rules {
            add(&mut files, &rule.lang, rule.kind.name(), format!("!! {}", rule.rule), &rule.rule)?;
        }
        for (lang, rule) in &additions.harmless {
            add(&mut files, lang, "harmless", rule.clone(), rule)?;
        }
        let mut own = Vec::new();
        for (at, rules) in files {
            let wrong = |(rule, reason): (usize, String)| {
                let line = rules.get(rule).map(|(_, line)| line.trim_start_matches("!! ").to_owned());
                AdditionError::Rule(line.unwrap_or_default(), reason)
            };
            own.push((at, built_in(at).with(&rules).map_err(wrong)?));
        }
        Ok(Lexicon { own, additions })
    }

    /// The danger that `text` tells of; `None` also where the site has switched the layer off.
    pub fn detect(&self, text: &str) -> Option<Danger> {
        self.detect_counted(text).0
    }

    /// The same, and how many steps it took: they grow with the text's length and no faster.
    pub fn detect_counted(&self, text: &str) -> (Option<Danger>, Steps) {
        let mut steps = 0;
        let found =
            if self.additions.off.is_some() { None } else { detect_with(&self.own, text, &mut steps) };
        (found, steps)
    }

    /// Whom to call, the site's own numbers first. `lang` is that of the answer.
    pub fn numbers(&self, kind: Kind, lang: &str) -> Vec<Number> {
        let own = self.additions.numbers.iter().filter(|number| number.kinds.contains(&kind));
        let mut all: Vec<Number> = own.map(|number| number.shown(lang)).collect();
        for number in numbers(&self.additions.country, kind, lang) {
            if !all.iter().any(|known| known.number == number.number) {
                all.push(number);
            }
        }
        all
    }

    /// Whom to call in danger of any kind: the first number for what happens most.
    pub fn emergency_numbers(&self, lang: &str) -> Vec<Number> {
        let mut all: Vec<Number> = Vec::new();
        for kind in [Kind::Medical, Kind::Fire, Kind::Violence] {
            let first = self.numbers(kind, lang).into_iter().next();
            all.extend(first.filter(|first| !all.iter().any(|known| known.number == first.number)));
        }
        all
    }

    /// Why the layer is off, if it is.
    pub fn off(&self) -> Option<&str> {
        self.additions.off.as_deref()
    }
}

impl OwnNumber {
    fn is_whole(&self) -> bool {
        let digits = self.number.bytes().filter(u8::is_ascii_digit).count();
        let dialled = self.number.bytes().all(|byte| byte.is_ascii_digit() || b"+ .-".contains(&byte));
        dialled && (2..=15).contains(&digits) && !self.labels.is_empty() && !self.kinds.is_empty()
    }

    fn shown(&self, lang: &str) -> Number {
        let label = self.labels.iter().find(|(code, _)| code == lang).or_else(|| self.labels.first());
        Number {
            number: self.number.clone(),
            label: label.map(|(_, label)| label.clone()).unwrap_or_default(),
        }
    }
}

/// Puts a line among those of its language.
fn add<'a>(
    files: &mut Vec<(usize, Vec<(&'a str, String)>)>,
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
