//! Reading a language.

use crate::{
    danger_kind::{DangerKind, KindSet},
    lexicon::{
        DangerRule, LexiconRules, Strength, Topic,
        matches::PhraseClass,
        phrases::Phrases,
        rules::{LexiconRule, RuleStep},
        vocabulary::{END, WordId},
        words::{Item, WordEntry, WordIndex},
    },
};

/// What is to be read yet. `None` is what ends early.
pub struct LexiconReader<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// The class that was read last.
    pub class: PhraseClass,
}

impl<'a> LexiconReader<'a> {
    fn read_byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn read_number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.read_byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
    }

    /// A number that fits.
    pub fn read_int<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.read_number()?).ok()
    }

    /// The length of a list: no longer than there are bytes.
    fn read_size(&mut self) -> Option<usize> {
        self.read_int().filter(|size| *size <= self.bytes.len())
    }

    /// A text.
    pub fn read_text(&mut self) -> Option<&'a str> {
        let size = self.read_size()?;
        let (text, rest) = self.bytes.split_at_checked(size)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok()
    }

    fn read_name(&mut self) -> Option<u32> {
        let (name, rest) = self.bytes.split_first_chunk::<4>()?;
        self.bytes = rest;
        Some(u32::from_le_bytes(*name))
    }

    /// A list.
    pub fn read_list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let size = self.read_size()?;
        let mut list = Vec::with_capacity(size);
        for _ in 0..size {
            list.push(one(self)?);
        }
        Some(list)
    }

    /// Words.
    pub fn read_words(&mut self) -> Option<WordIndex> {
        let marks = self.read_byte()? != 0;
        let lengths =
            self.read_list(|reader| Some((reader.read_int::<usize>()?, reader.read_int::<usize>()?)))?;
        let mut letters = self.read_text()?;
        let mut text = String::with_capacity(lengths.iter().map(|(shared, own)| shared + own).sum());
        let (mut items, mut entries) = (Vec::with_capacity(lengths.len()), Vec::with_capacity(lengths.len()));
        let (mut word, mut id) = (String::new(), END);
        for (shared, own) in lengths {
            let (own, rest) = letters.split_at_checked(own)?;
            letters = rest;
            if !word.is_char_boundary(shared) {
                return None;
            }
            word.truncate(shared);
            word.push_str(own);
            text.push_str(&word);
            let what: usize = self.read_int()?;
            let long = if what & 1 == 1 { self.read_int()? } else { 0 };
            for _ in 0..what >> 2 {
                entries.push(self.read_entry(&mut id)?);
            }
            // Numbers of what words begin with come behind those of the words.
            let stem = (what >> 1 & 1) as WordId;
            items.push(Item { to: text.len(), entries: entries.len(), stem, long });
        }
        for item in items.iter_mut().filter(|item| item.stem != END) {
            id += 1;
            item.stem = id;
        }
        Some(WordIndex::new(marks, text, items, entries))
    }

    fn read_entry(&mut self, last: &mut WordId) -> Option<WordEntry> {
        let what = self.read_byte()?;
        let (any, must) = (what >> 3 & 1 == 1, what >> 4 & 1 == 1);
        let hats = self.read_number()?;
        let id = if any {
            self.read_int()?
        } else {
            *last += 1;
            *last
        };
        Some(WordEntry { id, hats, tone: what & 7, any, must })
    }

    /// An automaton.
    pub fn read_phrases(&mut self) -> Option<Phrases> {
        let mut phrases = Phrases::default();
        let sets = self.read_size()?;
        phrases.sets = self.read_ends(sets)?;
        phrases.classes = self.read_ascending(&phrases.sets)?;
        let states = self.read_size()?;
        let mut next: u32 = 0;
        let mut set_of = Vec::with_capacity(states);
        for _ in 0..states {
            let set = next.checked_sub(self.read_int()?)?;
            next = next.max(set + 1);
            set_of.push(set);
        }
        let ends = self.read_ends(states)?;
        let ids: Vec<WordId> = self.read_ascending(&ends)?;
        phrases.edges = ids.into_iter().map(|id| (id, 0)).collect();
        let (mut from, mut open) = (0, Vec::new());
        for (state, to) in (0_u32..).zip(&ends) {
            let edges = phrases.edges.get_mut(from..*to as usize)?;
            from = *to as usize;
            for (_, to) in edges.iter_mut() {
                *to = self.read_int()?;
            }
            let fresh = edges.iter().filter(|(_, to)| *to == 0).count();
            let left = open.split_off(open.len().checked_sub(fresh)?);
            let mut left = left.into_iter();
            for (_, to) in edges {
                *to = if *to == 0 { left.next()? } else { *to - 1 };
            }
            open.push(state);
        }
        phrases.states = ends.into_iter().zip(set_of).collect();
        phrases.index_root();
        Some(phrases)
    }

    /// Where each of `count` lists ends, of their lengths.
    fn read_ends(&mut self, count: usize) -> Option<Vec<u32>> {
        let (mut ends, mut end) = (Vec::with_capacity(count), 0_u32);
        for _ in 0..count {
            end = end.checked_add(self.read_int()?)?;
            ends.push(end);
        }
        Some(ends)
    }

    /// Lists of numbers that rise, one behind the other.
    fn read_ascending<T: TryFrom<u32>>(&mut self, ends: &[u32]) -> Option<Vec<T>> {
        let size = ends.last().copied().unwrap_or_default() as usize;
        let mut all = Vec::with_capacity(size.min(self.bytes.len()));
        for end in ends {
            let mut number = 0_u32;
            while all.len() < *end as usize {
                number = number.checked_add(self.read_int()?)?;
                all.push(T::try_from(number).ok()?);
            }
        }
        Some(all)
    }

    /// Rules.
    pub fn read_rules(&mut self) -> Option<LexiconRules> {
        let dangers = self.read_list(|reader| {
            let what = reader.read_byte()?;
            let strength = match what >> 3 & 3 {
                0 => Strength::Weak,
                1 => Strength::Likely,
                _ => Strength::Certain,
            };
            let kind = DangerKind::ALL.get(usize::from(what & 7)).copied()?;
            let name = reader.read_name()?;
            Some(DangerRule { kind, strength, rule: reader.read_rule()?, name, own: what >> 5 == 1 })
        })?;
        let mut list = || self.read_list(|reader| Some((KindSet(reader.read_byte()?), reader.read_rule()?)));
        let (idioms, contexts, urgent, alarm) = (list()?, list()?, list()?, list()?);
        let harmless = self.read_list(LexiconReader::read_rule)?;
        let topics = self.read_list(|reader| {
            let class = reader.read_int()?;
            Some(Topic { class, name: reader.read_name()?, is_sign: reader.read_byte()? == 1 })
        })?;
        Some(LexiconRules { dangers, idioms, harmless, contexts, urgent, alarm, topics })
    }

    fn read_rule(&mut self) -> Option<LexiconRule> {
        self.read_list(|reader| {
            let by: u32 = reader.read_int()?;
            let half = PhraseClass::try_from(by >> 1).ok()?;
            let class =
                if by & 1 == 0 { reader.class.checked_add(half) } else { reader.class.checked_sub(half) }?;
            reader.class = class;
            let what: u32 = reader.read_int()?;
            let gap = u16::try_from(what >> 2).ok()?;
            Some(RuleStep { class, gap, optional: what >> 1 & 1 == 1, not: what & 1 == 1 })
        })
        .map(LexiconRule)
    }
}
