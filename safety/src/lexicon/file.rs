//! Reading a lexicon's file. `docs/safety.md` says what may stand in one.

use super::{
    Danger, Kinds, Language, Strength, Topic,
    line::{Piece, Signed, alternatives, expand, pieces},
    rules::{Class, Rule, Step},
    vocabulary::{END, Id, Map, Vocabulary},
};
use crate::{
    Kind,
    text::{Marks, words},
};
use std::fmt;

/// How far the halves of a rule with `&` may be apart.
const AND_GAP: u16 = 8;

/// What is wrong with a lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconError {
    /// The line, from 1.
    pub line: usize,
    /// What.
    pub reason: String,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for LexiconError {}

/// Which rules are being read.
#[derive(Clone, Copy)]
enum Section {
    None,
    Danger(Kind),
    Idiom(Kinds),
    Context(Kinds),
    Urgent,
    Alarm,
    Harmless,
}

/// What is known while reading.
struct Builder {
    language: Language,
    /// By name; anonymous classes by their text.
    classes: Map<String, Class>,
    defined: Map<String, ()>,
    /// A class, and one that is wholly part of it.
    includes: Vec<(Class, Class)>,
    /// Words that without their marks are too many others to stand for one alone.
    ambiguous: Map<String, ()>,
    section: Section,
    /// The numbers of items that were read, as a phrase of their own and within one.
    alone: Map<String, Vec<Id>>,
    among: Map<String, Vec<Id>>,
    /// Room for the numbers of a phrase.
    room: Vec<Id>,
}

impl Language {
    /// Reads the lexicon of the language `code`.
    ///
    /// # Errors
    /// With the first line that can't be read.
    pub fn read(code: &str, file: &str) -> Result<Language, LexiconError> {
        let language = Language {
            code: code.to_owned(),
            vocabulary: Vocabulary::new(code == "vi"),
            ..Language::default()
        };
        let mut builder = Builder {
            language,
            classes: Map::default(),
            defined: Map::default(),
            includes: Vec::new(),
            ambiguous: Map::default(),
            section: Section::None,
            alone: Map::default(),
            among: Map::default(),
            room: Vec::new(),
        };
        for (number, line) in logical_lines(file) {
            builder.line(&line).map_err(|reason| LexiconError { line: number, reason })?;
        }
        builder.finish().map_err(|reason| LexiconError { line: 0, reason })
    }
}

/// Lines without comments; one that begins with a space goes on with the line before.
fn logical_lines(file: &str) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    for (number, line) in file.lines().enumerate() {
        let text = line.split_once('#').map_or(line, |(text, _)| text).trim_end();
        if text.trim().is_empty() {
            continue;
        }
        match out.last_mut() {
            Some((_, before)) if text.starts_with([' ', '\t']) => before.push_str(text),
            _ => out.push((number + 1, text.to_owned())),
        }
    }
    out
}

impl Builder {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if let Some(head) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            self.section = section(head)?;
            return Ok(());
        }
        if let Some((name, phrases)) = line.strip_prefix('@').and_then(|line| line.split_once(" = ")) {
            return self.define(name.trim(), phrases);
        }
        let topic = line.strip_prefix("topic ").map(|line| (line, false));
        if let Some((line, is_sign)) = topic.or_else(|| Some((line.strip_prefix("sign ")?, true))) {
            let (name, phrases) = line.split_once(" = ").ok_or("topic name = phrases")?;
            let class = self.class(&format!("topic {}", name.trim()));
            self.language.topics.push(Topic { class, name: crate::model::hash(name), is_sign });
            return alternatives(phrases).into_iter().try_for_each(|phrase| self.add(phrase, class));
        }
        if let Some((word, shorts)) = line.strip_prefix("short ").and_then(|line| line.split_once(" = ")) {
            let word = one_word(word)?;
            for short in shorts.split_whitespace() {
                self.language.vocabulary.short(&one_word(short)?, &word);
            }
            return Ok(());
        }
        if let Some(known) = line.strip_prefix("known ") {
            known.split_whitespace().try_for_each(|word| {
                self.language.vocabulary.word(&one_word(word)?);
                Ok::<(), String>(())
            })?;
            return Ok(());
        }
        if let Some(words) = line.strip_prefix("ambiguous ") {
            self.ambiguous.extend(words.split_whitespace().map(|word| (word.to_owned(), ())));
            return Ok(());
        }
        self.rule(line)
    }

    fn rule(&mut self, line: &str) -> Result<(), String> {
        let (strength, text) = match self.section {
            Section::Danger(_) => {
                let (sign, text) =
                    line.split_once(' ').ok_or("begin with ! (certain), ? (likely) or + (weak)")?;
                let strength = match sign {
                    "!" | "!!" => Strength::Certain,
                    "?" => Strength::Likely,
                    "+" => Strength::Weak,
                    _ => return Err("begin with ! (certain), ? (likely) or + (weak)".to_owned()),
                };
                (strength, text)
            }
            Section::None => return Err("a rule before the first [section]".to_owned()),
            Section::Idiom(_)
            | Section::Context(_)
            | Section::Urgent
            | Section::Alarm
            | Section::Harmless => (Strength::Certain, line),
        };
        let pieces = pieces(text)?;
        let halves: Vec<&[Signed<'_>]> = pieces.split(|signed| signed.piece == Piece::And).collect();
        let rules = match *halves.as_slice() {
            [whole] => vec![self.steps(whole)?],
            [a, b] => {
                let (a, b) = (self.steps(a)?, self.steps(b)?);
                vec![joined(&a, &b), joined(&b, &a)]
            }
            _ => return Err("one & at most".to_owned()),
        };
        for steps in rules {
            if !steps.iter().any(|step| !step.not && !step.optional) {
                return Err("every part of the rule may be missing".to_owned());
            }
            let rule = Rule(steps);
            let language = &mut self.language;
            match self.section {
                Section::Danger(kind) => {
                    let (name, own) = (crate::model::hash(text), line.starts_with("!!"));
                    language.dangers.push(Danger { kind, strength, rule, name, own });
                }
                Section::Harmless => {
                    language.harmless.push(rule.clone());
                    language.idioms.push((Kinds::ALL, rule));
                }
                Section::Idiom(kinds) => language.idioms.push((kinds, rule)),
                Section::Context(kinds) => language.contexts.push((kinds, rule)),
                Section::Urgent => language.urgent.push((Kinds::ALL, rule)),
                Section::Alarm => language.alarm.push((Kinds::ALL, rule)),
                Section::None => {}
            }
        }
        Ok(())
    }

    /// The parts of a rule. Words that follow each other become one phrase.
    fn steps(&mut self, pieces: &[Signed<'_>]) -> Result<Vec<Step>, String> {
        let (mut out, mut gap): (Vec<Step>, u16) = (Vec::new(), 0);
        let mut words = String::new();
        for (at, signed) in pieces.iter().enumerate() {
            let text = match &signed.piece {
                Piece::Gap(size) => {
                    match out.last_mut() {
                        // A leading part that must not stand has its gap behind it.
                        Some(last) if last.not && out_is_leading(pieces, at) => last.gap = *size,
                        _ => gap = *size,
                    }
                    continue;
                }
                Piece::Phrase(text) => *text,
                Piece::Class(name) => {
                    let class = self.class(&format!("@{name}"));
                    out.push(Step { class, gap, optional: signed.optional, not: signed.not });
                    gap = 0;
                    continue;
                }
                Piece::And => return Err("one & at most".to_owned()),
            };
            let plain = |signed: &Signed<'_>| !signed.not && !signed.optional;
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(text);
            let next = pieces.get(at + 1);
            let goes_on = plain(signed)
                && next.is_some_and(|next| plain(next) && matches!(next.piece, Piece::Phrase(_)));
            if !goes_on {
                let class = self.phrase(&words)?;
                out.push(Step { class, gap, optional: signed.optional, not: signed.not });
                gap = 0;
                words.clear();
            }
        }
        if gap > 0 {
            return Err("a gap at the end".to_owned());
        }
        Ok(out)
    }

    fn class(&mut self, name: &str) -> Class {
        if let Some(class) = self.classes.get(name) {
            return *class;
        }
        let class = self.language.phrases.class();
        self.classes.insert(name.to_owned(), class);
        class
    }

    /// The class that has `phrase` alone.
    fn phrase(&mut self, phrase: &str) -> Result<Class, String> {
        let new = !self.classes.contains_key(phrase);
        let class = self.class(phrase);
        if new {
            self.add(phrase, class)?;
        }
        Ok(class)
    }

    fn define(&mut self, name: &str, phrases: &str) -> Result<(), String> {
        let name = format!("@{name}");
        if self.defined.insert(name.clone(), ()).is_some() {
            return Err(format!("{name} is defined twice"));
        }
        let class = self.class(&name);
        for phrase in alternatives(phrases) {
            if phrase.starts_with('@') {
                let part = self.class(phrase);
                self.includes.push((class, part));
            } else if !phrase.is_empty() {
                self.add(phrase, class)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, phrase: &str, class: Class) -> Result<(), String> {
        if phrase.contains('(') {
            expand(phrase)?.iter().try_for_each(|plain| self.add_plain(plain, class))
        } else {
            self.add_plain(phrase, class)
        }
    }

    fn add_plain(&mut self, phrase: &str, class: Class) -> Result<(), String> {
        let mut ids = std::mem::take(&mut self.room);
        ids.clear();
        let alone = !phrase.trim().contains(' ');
        for item in phrase.split(' ').filter(|item| !item.is_empty()) {
            if matches!(item, "^" | "$") {
                ids.push(END);
                continue;
            }
            if item.starts_with(['~', '@', '!', '&']) || item.ends_with('?') {
                return Err(format!("{item} can't stand within a phrase"));
            }
            ids.extend_from_slice(self.item(item, alone));
        }
        if !ids.is_empty() {
            self.language.phrases.add(&ids, class);
        }
        self.room = ids;
        Ok(())
    }

    /// The numbers of an item's words; `alone` in its phrase it may need its marks.
    fn item(&mut self, item: &str, alone: bool) -> &[Id] {
        let cache = if alone { &mut self.alone } else { &mut self.among };
        if cache.get(item).is_none() {
            let (text, stem) = item.strip_suffix('*').map_or((item, false), |item| (item, true));
            let (text, must) = text.strip_prefix('=').map_or((text, false), |text| (text, true));
            let words = words(text);
            let words = words.iter().filter(|word| !word.plain.is_empty());
            // Alone it needs its marks; among others they tell what it is.
            let ambiguous = |word: &crate::text::Word| {
                word.marks != Marks::None && self.ambiguous.contains_key(word.plain.as_str())
            };
            let must = must || alone && words.clone().any(ambiguous);
            let vocabulary = &mut self.language.vocabulary;
            let id = |word| if must { vocabulary.marked_word(word) } else { vocabulary.word(word) };
            let mut ids: Vec<Id> = words.clone().map(id).collect();
            if let (true, Some(last)) = (stem, words.clone().next_back()) {
                ids.pop();
                ids.push(self.language.vocabulary.stem(&last.plain));
            }
            cache.insert(item.to_owned(), ids);
        }
        cache.get(item).map(Vec::as_slice).unwrap_or_default()
    }

    fn finish(mut self) -> Result<Language, String> {
        let missing = |name: &&String| name.starts_with('@') && !self.defined.contains_key(*name);
        if let Some(name) = self.classes.keys().find(missing) {
            return Err(format!("{name} is not defined"));
        }
        // A class may be part of one that is part of another.
        for _ in 0..4 {
            for (whole, part) in &self.includes {
                self.language.phrases.include(*whole, *part);
            }
        }
        self.language.vocabulary.finish();
        // The surest first: those behind them need not be looked at then.
        self.language.dangers.sort_by_key(|danger| std::cmp::Reverse((danger.strength, danger.kind.rank())));
        Ok(self.language)
    }
}

/// Whether all that stands before the gap at `at` must not be there.
fn out_is_leading(pieces: &[Signed<'_>], at: usize) -> bool {
    pieces.iter().take(at).all(|signed| signed.not || matches!(signed.piece, Piece::Gap(_)))
}

fn joined(a: &[Step], b: &[Step]) -> Vec<Step> {
    let mut steps = a.to_vec();
    let from = steps.len();
    steps.extend_from_slice(b);
    if let Some(first) = steps.get_mut(from) {
        first.gap = AND_GAP;
    }
    steps
}

fn one_word(text: &str) -> Result<crate::text::Word, String> {
    let words: Vec<_> = words(text).into_iter().filter(|word| !word.plain.is_empty()).collect();
    match words.as_slice() {
        [word] => Ok(word.clone()),
        _ => Err(format!("{text} is not one word")),
    }
}

fn section(head: &str) -> Result<Section, String> {
    let mut names = head.split_whitespace();
    let first = names.next().unwrap_or_default();
    let kind = |name: &str| Kind::named(name).ok_or_else(|| format!("{name} is no kind"));
    let mut kinds = Kinds::default();
    for name in names {
        kinds.0 |= Kinds::of(kind(name)?).0;
    }
    let kinds = if kinds == Kinds::default() { Kinds::ALL } else { kinds };
    Ok(match first {
        "idiom" => Section::Idiom(kinds),
        "context" => Section::Context(kinds),
        "urgent" => Section::Urgent,
        "alarm" => Section::Alarm,
        "harmless" => Section::Harmless,
        name => Section::Danger(kind(name)?),
    })
}
