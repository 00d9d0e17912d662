//! The words and rules of one language: read from a file (`file.rs`), ready to be searched for (`search.rs`).

mod compiled;
mod error;
mod file;
mod line;
mod matches;
mod phrases;
mod rules;
mod search;
mod slip;
mod vocabulary;
mod words;

pub use compiled::compile_lexicon;
pub use error::LexiconError;
pub use matches::PhraseMatches;
pub use search::{Hit, Level, Mention, Steps};

use crate::danger_kind::{DangerKind, KindSet};
use matches::PhraseClass;
use phrases::Phrases;
use rules::LexiconRule;
use vocabulary::Map;
use words::WordIndex;

/// How sure a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Only where the words around ask for help (`[urgent]`), and nothing says that it is about something else.
    Weak,
    /// Unless something near says that it is about something else (`[context]`).
    Likely,
    /// Whatever stands around it.
    Certain,
}

/// The words and rules of a language.
#[derive(Debug, Default, PartialEq)]
pub struct Language {
    /// Its code, `vi`.
    pub code: String,
    words: WordIndex,
    /// Those of its file, then those of a site's additions.
    phrases: Vec<Phrases>,
    /// How many classes of phrases there are.
    classes: PhraseClass,
    /// In a draft: a class, and one that is wholly part of it.
    includes: Vec<(PhraseClass, PhraseClass)>,
    rules: LexiconRules,
    /// For rules that are added: a line for each class that has a name, with its number.
    names: String,
    /// For the same: words that alone need their marks.
    ambiguous: String,
}

/// The rules of a language, by what they say.
#[derive(Debug, Default, PartialEq)]
struct LexiconRules {
    /// The surest first.
    dangers: Vec<DangerRule>,
    /// What only looks like danger: its words count for nothing, for these kinds.
    idioms: Vec<(KindSet, LexiconRule)>,
    /// What a site says is harmless there.
    harmless: Vec<LexiconRule>,
    /// What a text is about that only speaks of danger.
    contexts: Vec<(KindSet, LexiconRule)>,
    /// That help is wanted now.
    urgent: Vec<(KindSet, LexiconRule)>,
    /// That somebody cries for help: then a context counts for nothing.
    alarm: Vec<(KindSet, LexiconRule)>,
    topics: Vec<Topic>,
}

impl LexiconRules {
    /// Adds those of `other`.
    fn merge(&mut self, other: LexiconRules) {
        self.dangers.extend(other.dangers);
        // Those behind the surest need not be looked at then.
        self.dangers.sort_by_key(|danger| std::cmp::Reverse((danger.strength, danger.kind.urgency_rank())));
        self.idioms.extend(other.idioms);
        self.harmless.extend(other.harmless);
        self.contexts.extend(other.contexts);
        self.urgent.extend(other.urgent);
        self.alarm.extend(other.alarm);
        self.topics.extend(other.topics);
    }
}

/// A rule that tells of danger.
#[derive(Debug, PartialEq)]
struct DangerRule {
    kind: DangerKind,
    strength: Strength,
    rule: LexiconRule,
    /// The hash of its text.
    name: u32,
    /// Whether it is a site's own: no model is asked then.
    own: bool,
}

/// Words that mean alike, for the model.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Topic {
    class: PhraseClass,
    /// The hash of its name.
    name: u32,
    /// Whether danger is hardly told without such words.
    is_sign: bool,
}

impl Language {
    /// No draft any more: ready to be searched for.
    fn finish_draft(mut self) -> Language {
        let mut direct: Map<PhraseClass, Vec<PhraseClass>> = Map::default();
        for (whole, part) in std::mem::take(&mut self.includes) {
            direct.entry(part).or_default().push(whole);
        }
        // A class may be part of one that is part of another.
        let mut wholes: Vec<Vec<PhraseClass>> = vec![Vec::new(); usize::from(self.classes)];
        for (part, of) in (0..).zip(&mut wholes) {
            let mut open = direct.get(&part).cloned().unwrap_or_default();
            while let Some(whole) = open.pop() {
                if whole != part && !of.contains(&whole) {
                    of.push(whole);
                    open.extend(direct.get(&whole).into_iter().flatten());
                }
            }
        }
        self.phrases.iter_mut().for_each(|phrases| phrases.add_containing_classes(&wholes));
        self
    }

    /// Whether there are topics.
    pub fn has_topics(&self) -> bool {
        !self.rules.topics.is_empty()
    }

    /// Whether `word` is one of the chat's abbreviations.
    pub fn is_short(&self, word: &str) -> bool {
        self.words.is_short(word)
    }

    /// What `word` is short for, if it is an abbreviation.
    pub fn expand_abbreviation(&self, word: &str) -> Option<&str> {
        self.words.expand_abbreviation(word)
    }

    /// Whether `word` stands in a rule.
    pub fn is_known(&self, word: &str) -> bool {
        self.words.is_known(word)
    }
}
