//! Reading a lexicon's file. `docs/safety.md` says what may stand in one.

use super::{
    DangerRule, Language, LexiconRules, Strength, Topic,
    error::LexiconError,
    line::{
        Piece, RuleSection, Signed, expand_brackets, logical_lines, parse_pieces, parse_section,
        split_alternatives,
    },
    matches::PhraseClass,
    phrases::Tree,
    rules::{LexiconRule, RuleStep, hash_name},
    vocabulary::{END, LexiconVocabulary, Map, WordId},
    words::WordIndex,
};
use crate::{
    danger_kind::KindSet,
    text::{MarkSource, tokenize},
};

/// How far the halves of a rule with `&` may be apart.
const AND_GAP: u16 = 8;

/// What is known while reading.
struct Builder {
    vocabulary: LexiconVocabulary,
    tree: Tree,
    rules: LexiconRules,
    /// By name; anonymous classes by their text.
    classes: Map<String, PhraseClass>,
    defined: Map<String, ()>,
    /// A class, and one that is wholly part of it.
    includes: Vec<(PhraseClass, PhraseClass)>,
    /// Words that without their marks are too many others to stand for one alone.
    ambiguous: Map<String, ()>,
    section: RuleSection,
    /// The numbers of items that were read, as a phrase of their own and within one.
    alone: Map<String, Vec<WordId>>,
    among: Map<String, Vec<WordId>>,
    /// Room for the numbers of a phrase.
    room: Vec<WordId>,
}

impl Language {
    /// Reads the lexicon of the language `code`, to be compiled: classes that are part of others are not in them yet.
    ///
    /// # Errors
    /// With the first line that can't be read.
    pub fn parse_draft(code: &str, file: &str) -> Result<Language, LexiconError> {
        let mut builder = Builder::new(LexiconVocabulary::new(code == "vi"));
        for (number, line) in logical_lines(file) {
            builder.parse_line(&line).map_err(|reason| LexiconError { line: number, reason })?;
        }
        builder.finish(code).map_err(|reason| LexiconError { line: 0, reason })
    }

    /// The same with more rules: for each its section and the line. Not to be compiled.
    ///
    /// # Errors
    /// With the place of the first rule that can't be read, and the reason.
    pub fn with_rules(mut self, rules: &[(&str, String)]) -> Result<Language, (usize, String)> {
        let mut builder = Builder::new(self.words.to_vocabulary());
        builder.tree.count = self.classes;
        for (name, class) in self.names.lines().filter_map(|line| line.rsplit_once(' ')) {
            builder.defined.insert(name.to_owned(), ());
            builder.classes.insert(name.to_owned(), class.parse().unwrap_or_default());
        }
        builder.ambiguous = self.ambiguous.split_whitespace().map(|word| (word.to_owned(), ())).collect();
        for (at, (head, line)) in rules.iter().enumerate() {
            builder.section = parse_section(head).map_err(|reason| (at, reason))?;
            builder.parse_rule(line).map_err(|reason| (at, reason))?;
            builder.all_defined().map_err(|reason| (at, reason))?;
        }
        self.words = WordIndex::from_vocabulary(&builder.vocabulary);
        self.classes = builder.tree.count;
        self.phrases.push(builder.tree.build_automaton(|id| id));
        self.rules.merge(builder.rules);
        Ok(self)
    }
}

impl Builder {
    fn new(vocabulary: LexiconVocabulary) -> Builder {
        Builder {
            vocabulary,
            tree: Tree::default(),
            rules: LexiconRules::default(),
            classes: Map::default(),
            defined: Map::default(),
            includes: Vec::new(),
            ambiguous: Map::default(),
            section: RuleSection::None,
            alone: Map::default(),
            among: Map::default(),
            room: Vec::new(),
        }
    }

    fn parse_line(&mut self, line: &str) -> Result<(), String> {
        if let Some(head) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            self.section = parse_section(head)?;
            return Ok(());
        }
        if let Some((name, phrases)) = line.strip_prefix('@').and_then(|line| line.split_once(" = ")) {
            return self.define_class(name.trim(), phrases);
        }
        let topic = line.strip_prefix("topic ").map(|line| (line, false));
        if let Some((line, is_sign)) = topic.or_else(|| Some((line.strip_prefix("sign ")?, true))) {
            let (name, phrases) = line.split_once(" = ").ok_or("topic name = phrases")?;
            let class = self.class_number(&format!("topic {}", name.trim()));
            self.rules.topics.push(Topic { class, name: hash_name(name), is_sign });
            return split_alternatives(phrases)
                .into_iter()
                .try_for_each(|phrase| self.add_phrase(phrase, class));
        }
        if let Some((word, shorts)) = line.strip_prefix("short ").and_then(|line| line.split_once(" = ")) {
            let word = one_word(word)?;
            for short in shorts.split_whitespace() {
                self.vocabulary.add_abbreviation(&one_word(short)?, &word);
            }
            return Ok(());
        }
        if let Some(known) = line.strip_prefix("known ") {
            known.split_whitespace().try_for_each(|word| {
                self.vocabulary.intern_word(&one_word(word)?);
                Ok::<(), String>(())
            })?;
            return Ok(());
        }
        if let Some(words) = line.strip_prefix("ambiguous ") {
            self.ambiguous.extend(words.split_whitespace().map(|word| (word.to_owned(), ())));
            return Ok(());
        }
        self.parse_rule(line)
    }

    fn parse_rule(&mut self, line: &str) -> Result<(), String> {
        let (strength, text) = match self.section {
            RuleSection::Danger(_) => {
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
            RuleSection::None => return Err("a rule before the first [section]".to_owned()),
            RuleSection::Idiom(_)
            | RuleSection::Context(_)
            | RuleSection::Urgent
            | RuleSection::Alarm
            | RuleSection::Harmless => (Strength::Certain, line),
        };
        let pieces = parse_pieces(text)?;
        let halves: Vec<&[Signed<'_>]> = pieces.split(|signed| signed.piece == Piece::And).collect();
        let found = match *halves.as_slice() {
            [whole] => vec![self.parse_steps(whole)?],
            [a, b] => {
                let (a, b) = (self.parse_steps(a)?, self.parse_steps(b)?);
                vec![join_steps(&a, &b), join_steps(&b, &a)]
            }
            _ => return Err("one & at most".to_owned()),
        };
        for steps in found {
            if !steps.iter().any(|step| !step.not && !step.optional) {
                return Err("every part of the rule may be missing".to_owned());
            }
            let rule = LexiconRule(steps);
            let rules = &mut self.rules;
            match self.section {
                RuleSection::Danger(kind) => {
                    let (name, own) = (hash_name(text), line.starts_with("!!"));
                    rules.dangers.push(DangerRule { kind, strength, rule, name, own });
                }
                RuleSection::Harmless => {
                    rules.harmless.push(rule.clone());
                    rules.idioms.push((KindSet::ALL, rule));
                }
                RuleSection::Idiom(kinds) => rules.idioms.push((kinds, rule)),
                RuleSection::Context(kinds) => rules.contexts.push((kinds, rule)),
                RuleSection::Urgent => rules.urgent.push((KindSet::ALL, rule)),
                RuleSection::Alarm => rules.alarm.push((KindSet::ALL, rule)),
                RuleSection::None => {}
            }
        }
        Ok(())
    }

    /// The parts of a rule. Words that follow each other become one phrase.
    fn parse_steps(&mut self, pieces: &[Signed<'_>]) -> Result<Vec<RuleStep>, String> {
        let (mut out, mut gap): (Vec<RuleStep>, u16) = (Vec::new(), 0);
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
                    let class = self.class_number(&format!("@{name}"));
                    out.push(RuleStep { class, gap, optional: signed.optional, not: signed.not });
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
                let class = self.phrase_class(&words)?;
                out.push(RuleStep { class, gap, optional: signed.optional, not: signed.not });
                gap = 0;
                words.clear();
            }
        }
        if gap > 0 {
            return Err("a gap at the end".to_owned());
        }
        Ok(out)
    }

    fn class_number(&mut self, name: &str) -> PhraseClass {
        if let Some(class) = self.classes.get(name) {
            return *class;
        }
        let class = self.tree.new_class();
        self.classes.insert(name.to_owned(), class);
        class
    }

    /// The class that has `phrase` alone.
    fn phrase_class(&mut self, phrase: &str) -> Result<PhraseClass, String> {
        let new = !self.classes.contains_key(phrase);
        let class = self.class_number(phrase);
        if new {
            self.add_phrase(phrase, class)?;
        }
        Ok(class)
    }

    fn define_class(&mut self, name: &str, phrases: &str) -> Result<(), String> {
        let name = format!("@{name}");
        if self.defined.insert(name.clone(), ()).is_some() {
            return Err(format!("{name} is defined twice"));
        }
        let class = self.class_number(&name);
        for phrase in split_alternatives(phrases) {
            if phrase.starts_with('@') {
                let part = self.class_number(phrase);
                self.includes.push((class, part));
            } else if !phrase.is_empty() {
                self.add_phrase(phrase, class)?;
            }
        }
        Ok(())
    }

    fn add_phrase(&mut self, phrase: &str, class: PhraseClass) -> Result<(), String> {
        if phrase.contains('(') {
            expand_brackets(phrase)?.iter().try_for_each(|plain| self.add_plain(plain, class))
        } else {
            self.add_plain(phrase, class)
        }
    }

    fn add_plain(&mut self, phrase: &str, class: PhraseClass) -> Result<(), String> {
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
            ids.extend_from_slice(self.item_ids(item, alone));
        }
        if !ids.is_empty() {
            self.tree.insert(&ids, class);
        }
        self.room = ids;
        Ok(())
    }

    /// The numbers of an item's words; `alone` in its phrase it may need its marks.
    fn item_ids(&mut self, item: &str, alone: bool) -> &[WordId] {
        let cache = if alone { &mut self.alone } else { &mut self.among };
        if cache.get(item).is_none() {
            let (text, stem) = item.strip_suffix('*').map_or((item, false), |item| (item, true));
            let (text, must) = text.strip_prefix('=').map_or((text, false), |text| (text, true));
            let words = tokenize(text);
            let words = words.iter().filter(|word| !word.plain.is_empty());
            // Alone it needs its marks; among others they tell what it is.
            let ambiguous = |word: &crate::text::FoldedWord| {
                word.marks != MarkSource::None && self.ambiguous.contains_key(word.plain.as_str())
            };
            let must = must || alone && words.clone().any(ambiguous);
            let vocabulary = &mut self.vocabulary;
            let id = |word| if must { vocabulary.marked_word(word) } else { vocabulary.intern_word(word) };
            let mut ids: Vec<WordId> = words.clone().map(id).collect();
            if let (true, Some(last)) = (stem, words.clone().next_back()) {
                ids.pop();
                ids.push(self.vocabulary.intern_stem(&last.plain));
            }
            cache.insert(item.to_owned(), ids);
        }
        cache.get(item).map(Vec::as_slice).unwrap_or_default()
    }

    fn all_defined(&self) -> Result<(), String> {
        let missing = |name: &&String| name.starts_with('@') && !self.defined.contains_key(*name);
        self.classes.keys().find(missing).map_or(Ok(()), |name| Err(format!("{name} is not defined")))
    }

    fn finish(mut self, code: &str) -> Result<Language, String> {
        self.all_defined()?;
        let numbers = self.vocabulary.number_in_order();
        let phrases = self.tree.build_automaton(|id| numbers.get(&id).copied().unwrap_or(END));
        let mut rules = LexiconRules::default();
        rules.merge(self.rules);
        let mut names: Vec<String> = self
            .classes
            .iter()
            .filter(|(name, _)| name.starts_with('@'))
            .map(|(name, class)| format!("{name} {class}"))
            .collect();
        names.sort_unstable();
        let mut ambiguous: Vec<String> = self.ambiguous.into_keys().collect();
        ambiguous.sort_unstable();
        Ok(Language {
            code: code.to_owned(),
            words: WordIndex::from_vocabulary(&self.vocabulary),
            phrases: vec![phrases],
            classes: self.tree.count,
            includes: self.includes,
            rules,
            names: names.join("\n"),
            ambiguous: ambiguous.join(" "),
        })
    }
}

/// Whether all that stands before the gap at `at` must not be there.
fn out_is_leading(pieces: &[Signed<'_>], at: usize) -> bool {
    pieces.iter().take(at).all(|signed| signed.not || matches!(signed.piece, Piece::Gap(_)))
}

fn join_steps(a: &[RuleStep], b: &[RuleStep]) -> Vec<RuleStep> {
    let mut steps = a.to_vec();
    let from = steps.len();
    steps.extend_from_slice(b);
    if let Some(first) = steps.get_mut(from) {
        first.gap = AND_GAP;
    }
    steps
}

fn one_word(text: &str) -> Result<crate::text::FoldedWord, String> {
    let words: Vec<_> = tokenize(text).into_iter().filter(|word| !word.plain.is_empty()).collect();
    match words.as_slice() {
        [word] => Ok(word.clone()),
        _ => Err(format!("{text} is not one word")),
    }
}
