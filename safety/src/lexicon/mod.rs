//! The words and rules of one language: read from a file (`file.rs`), ready to be searched for (`search.rs`).

mod file;
mod line;
mod phrases;
mod rules;
mod search;
mod slip;
mod vocabulary;

pub use file::LexiconError;
pub use search::{Hit, Level, Mention, Steps};

use phrases::Phrases;
use rules::Rule;
use vocabulary::Vocabulary;

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
#[derive(Debug, Default)]
pub struct Language {
    /// Its code, `vi`.
    pub code: String,
    vocabulary: Vocabulary,
    phrases: Phrases,
    dangers: Vec<Danger>,
    /// What only looks like danger: its words count for nothing, for these kinds.
    idioms: Vec<(Kinds, Rule)>,
    /// What a site says is harmless there.
    harmless: Vec<Rule>,
    /// What a text is about that only speaks of danger.
    contexts: Vec<(Kinds, Rule)>,
    /// That help is wanted now.
    urgent: Vec<(Kinds, Rule)>,
    topics: Vec<Topic>,
    /// That somebody cries for help: then a context counts for nothing.
    alarm: Vec<(Kinds, Rule)>,
}

/// A rule that tells of danger.
#[derive(Debug)]
struct Danger {
    kind: crate::Kind,
    strength: Strength,
    rule: Rule,
    /// The hash of its text.
    name: u32,
    /// Whether it is a site's own: no model is asked then.
    own: bool,
}

/// Words that mean alike, for the model.
#[derive(Debug, Clone, Copy)]
struct Topic {
    class: rules::Class,
    /// The hash of its name.
    name: u32,
    /// Whether danger is hardly told without such words.
    is_sign: bool,
}

impl Language {
    /// Whether `word` is one of the chat's abbreviations.
    pub fn is_short(&self, word: &str) -> bool {
        self.vocabulary.is_short(word)
    }

    /// What `word` is short for, if it is an abbreviation.
    pub fn long(&self, word: &str) -> Option<&str> {
        self.vocabulary.long(word)
    }

    /// Whether `word` stands in a rule.
    pub fn is_known(&self, word: &str) -> bool {
        self.vocabulary.is_known(word)
    }
}

/// A set of kinds: one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Kinds(u8);

impl Kinds {
    const ALL: Kinds = Kinds(u8::MAX);

    fn of(kind: crate::Kind) -> Kinds {
        Kinds(1 << (kind as u8))
    }

    fn has(self, kind: crate::Kind) -> bool {
        self.0 & Kinds::of(kind).0 != 0
    }
}
