//! Writing a language.

use crate::lexicon::{
    DangerRule, LexiconRules, Topic,
    matches::PhraseClass,
    phrases::Phrases,
    rules::{LexiconRule, RuleStep},
    vocabulary::END,
    words::WordIndex,
};

/// What is written so far.
#[derive(Default)]
pub struct LexiconWriter {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The class that was written last: the next is near it.
    class: PhraseClass,
}

impl LexiconWriter {
    /// A number.
    pub fn write_number(&mut self, mut number: u64) {
        while number > 0x7f {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// A length.
    pub fn write_size(&mut self, size: usize) {
        self.write_number(size as u64);
    }

    /// A text.
    pub fn write_text(&mut self, text: &str) {
        self.write_size(text.len());
        self.bytes.extend(text.bytes());
    }

    /// Words.
    pub fn write_words(&mut self, words: &WordIndex) {
        self.bytes.push(u8::from(words.marks));
        self.write_size(words.items.len());
        let mut letters = String::new();
        let mut before = "";
        for at in 0..words.items.len() {
            let text = words.text(at);
            let mut shared = before.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
            while !text.is_char_boundary(shared) {
                shared -= 1;
            }
            let own = text.get(shared..).unwrap_or_default();
            self.write_size(shared);
            self.write_size(own.len());
            letters.push_str(own);
            before = text;
        }
        self.write_text(&letters);
        for (at, item) in words.items.iter().enumerate() {
            let entries = words.entries(at);
            self.write_size(
                entries.len() << 2 | usize::from(item.stem != END) << 1 | usize::from(item.long > 0),
            );
            if item.long > 0 {
                self.write_size(item.long);
            }
            for entry in entries {
                self.bytes.push(entry.tone | u8::from(entry.any) << 3 | u8::from(entry.must) << 4);
                self.write_number(entry.hats);
                if entry.any {
                    self.write_number(entry.id.into());
                }
            }
        }
    }

    /// An automaton.
    pub fn write_phrases(&mut self, phrases: &Phrases) {
        // Numbers that are alike stand together: they pack better.
        self.write_size(phrases.sets.len());
        let sets = || (0..phrases.sets.len()).map(|set| phrases.class_set(set));
        sets().for_each(|set| self.write_size(set.len()));
        sets().for_each(|set| self.write_ascending(set.iter().map(|class| (*class).into())));
        let states = || 0..phrases.states.len() as u32;
        self.write_size(phrases.states.len());
        // A set that is new has the next number; others are told by how far they are behind it.
        let mut next = 0;
        for (_, set) in &phrases.states {
            self.write_number((next - set).into());
            next = next.max(set + 1);
        }
        states().for_each(|state| self.write_size(phrases.edges_of(state).len()));
        states().for_each(|state| self.write_ascending(phrases.edges_of(state).iter().map(|(id, _)| *id)));
        // Most edges lead to a state that was made for them: it is told by 0, and taken off a stack.
        let mut open: Vec<u32> = Vec::new();
        for state in states() {
            let mut told = Vec::new();
            for (_, to) in phrases.edges_of(state).iter().rev() {
                let fresh = open.last() == Some(to);
                told.push(if fresh { 0 } else { u64::from(*to) + 1 });
                if fresh {
                    open.pop();
                }
            }
            told.iter().rev().for_each(|number| self.write_number(*number));
            open.push(state);
        }
    }

    /// Numbers that rise, each by how much.
    fn write_ascending(&mut self, numbers: impl Iterator<Item = u32>) {
        let mut before = 0;
        for number in numbers {
            self.write_number((number - before).into());
            before = number;
        }
    }

    /// Rules.
    pub fn write_rules(&mut self, rules: &LexiconRules) {
        self.write_size(rules.dangers.len());
        for DangerRule { kind, strength, rule, name, own } in &rules.dangers {
            self.bytes.push(*kind as u8 | (*strength as u8) << 3 | u8::from(*own) << 5);
            self.bytes.extend(name.to_le_bytes());
            self.write_rule(rule);
        }
        for list in [&rules.idioms, &rules.contexts, &rules.urgent, &rules.alarm] {
            self.write_size(list.len());
            for (kinds, rule) in list {
                self.bytes.push(kinds.0);
                self.write_rule(rule);
            }
        }
        self.write_size(rules.harmless.len());
        rules.harmless.iter().for_each(|rule| self.write_rule(rule));
        self.write_size(rules.topics.len());
        for Topic { class, name, is_sign } in &rules.topics {
            self.write_number((*class).into());
            self.bytes.extend(name.to_le_bytes());
            self.bytes.push(u8::from(*is_sign));
        }
    }

    fn write_rule(&mut self, LexiconRule(steps): &LexiconRule) {
        self.write_size(steps.len());
        for RuleStep { class, gap, optional, not } in steps {
            // Even numbers are steps on, odd ones steps back.
            let (on, back) = (class.wrapping_sub(self.class), self.class.wrapping_sub(*class));
            self.write_number(if *class >= self.class {
                u64::from(on) << 1
            } else {
                u64::from(back) << 1 | 1
            });
            self.write_number(u64::from(*gap) << 2 | u64::from(*optional) << 1 | u64::from(*not));
            self.class = *class;
        }
    }
}
