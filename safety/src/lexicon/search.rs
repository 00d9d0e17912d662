//! Searching a text for what a language's rules describe.

use super::{
    Kinds, Language, Strength,
    phrases::ROOT,
    rules::{Class, Rule, Span},
    vocabulary::Id,
};
use crate::{Kind, text::Word};

/// Up to how many words away a context counts.
const NEAR: usize = 14;
/// The same in scripts without spaces, where a word is a character.
const NEAR_CHARACTERS: usize = 40;

/// What was found, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// What.
    pub kind: Kind,
    /// How sure.
    pub strength: Strength,
    /// The first word.
    pub from: usize,
    /// Behind the last one.
    pub to: usize,
}

/// How much was done: look-ups, places, states. For the test that bounds it.
pub type Steps = usize;

/// Where the phrases of each class stand.
#[derive(Debug, Default)]
pub struct Found {
    /// Sorted by class.
    classes: Vec<(Class, usize, usize)>,
    places: Vec<Span>,
    present: Vec<u64>,
}

impl Found {
    fn of(mut all: Vec<(Class, Span)>, classes: usize) -> Found {
        all.sort_unstable_by_key(|(class, span)| (*class, span.from, span.to));
        all.dedup();
        let mut found = Found { present: vec![0; classes / 64 + 1], ..Found::default() };
        for (class, span) in all {
            match found.classes.last_mut() {
                Some((last, _, to)) if *last == class => *to += 1,
                _ => {
                    found.classes.push((class, found.places.len(), found.places.len() + 1));
                    if let Some(bits) = found.present.get_mut(usize::from(class) / 64) {
                        *bits |= 1 << (class % 64);
                    }
                }
            }
            found.places.push(span);
        }
        found
    }

    /// Whether a phrase of `class` stands somewhere.
    pub fn has(&self, class: Class) -> bool {
        self.present.get(usize::from(class) / 64).is_some_and(|bits| bits >> (class % 64) & 1 == 1)
    }

    /// Where phrases of `class` stand, in order.
    pub fn places(&self, class: Class) -> &[Span] {
        let at = self.classes.binary_search_by_key(&class, |(class, ..)| *class);
        let range = at.ok().and_then(|at| self.classes.get(at));
        range.and_then(|(_, from, to)| self.places.get(*from..*to)).unwrap_or_default()
    }
}

impl Language {
    /// What `words` tell of, the surest first.
    pub fn search(&self, words: &[Word], strict: bool, steps: &mut Steps) -> Option<Hit> {
        let found = self.places(words, strict, steps);
        let masks = self.masks(&found, words.len(), steps);
        let mut best: Option<Hit> = None;
        let (mut contexts, mut urgent, mut alarm) = (None, None, None);
        for (kind, strength, rule) in &self.dangers {
            *steps += 1;
            if !rule.may_match(&found)
                || best.is_some_and(|best| (best.strength, best.kind.rank()) >= (*strength, kind.rank()))
            {
                continue;
            }
            let free = |span: Span| {
                let masks = masks.get(span.from..span.to).unwrap_or_default();
                !masks.iter().any(|mask| mask.has(*kind))
            };
            for span in rule.spans(&found, steps, free) {
                let about = |masks: &[Kinds]| {
                    masks.get(span.from..span.to).unwrap_or_default().iter().any(|mask| mask.has(*kind))
                };
                *steps += span.to - span.from;
                if *strength < Strength::Certain
                    && about(
                        contexts.get_or_insert_with(|| self.around(&self.contexts, &found, words, steps)),
                    )
                    && !about(alarm.get_or_insert_with(|| self.around(&self.alarm, &found, words, steps)))
                {
                    continue;
                }
                if *strength == Strength::Weak
                    && !about(urgent.get_or_insert_with(|| self.around(&self.urgent, &found, words, steps)))
                {
                    continue;
                }
                best = Some(Hit { kind: *kind, strength: *strength, from: span.from, to: span.to });
                break;
            }
        }
        best
    }

    fn places(&self, words: &[Word], strict: bool, steps: &mut Steps) -> Found {
        let (mut ids, mut ends) = (Vec::with_capacity(words.len() * 2), Vec::with_capacity(words.len()));
        for word in words {
            self.vocabulary.look_up(word, strict, &mut ids);
            ends.push(ids.len());
        }
        *steps += words.len() + ids.len();
        let at = |word: usize| -> &[Id] {
            let from = word.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
            ends.get(word).and_then(|to| ids.get(from..*to)).unwrap_or_default()
        };
        let mut all = Vec::new();
        let (mut now, mut next) = (Vec::new(), Vec::new());
        for from in 0..words.len() {
            now.clear();
            now.push(ROOT);
            let mut to = from;
            while !now.is_empty() && to < words.len() {
                next.clear();
                for node in &now {
                    for id in at(to) {
                        *steps += 1;
                        if let Some(child) = self.phrases.next(*node, *id) {
                            next.push(child);
                        }
                    }
                }
                to += 1;
                for node in &next {
                    let classes = self.phrases.classes(*node);
                    all.extend(classes.iter().map(|class| (*class, Span { from, to })));
                    *steps += classes.len();
                }
                std::mem::swap(&mut now, &mut next);
            }
        }
        Found::of(all, self.phrases.count())
    }

    /// For each word, the kinds that it says nothing about.
    fn masks(&self, found: &Found, words: usize, steps: &mut Steps) -> Vec<Kinds> {
        let mut masks = vec![Kinds::default(); words];
        for (kinds, rule) in &self.idioms {
            *steps += 1;
            if !rule.may_match(found) {
                continue;
            }
            for span in rule.spans(found, steps, |_| true) {
                *steps += span.to - span.from;
                masks.iter_mut().take(span.to).skip(span.from).for_each(|mask| mask.0 |= kinds.0);
            }
        }
        masks
    }

    /// For each word, the kinds that a match of `rules` near it is about.
    fn around(
        &self,
        rules: &[(Kinds, Rule)],
        found: &Found,
        words: &[Word],
        steps: &mut Steps,
    ) -> Vec<Kinds> {
        let alone = |word: &Word| word.plain.chars().next().is_some_and(crate::text::is_alone);
        let near = if words.iter().any(alone) { NEAR_CHARACTERS } else { NEAR };
        let mut masks = vec![Kinds::default(); words.len()];
        for (kinds, rule) in rules.iter().filter(|(_, rule)| rule.may_match(found)) {
            for span in rule.spans(found, steps, |_| true) {
                let (from, to) = (span.from.saturating_sub(near), span.to + near);
                *steps += to - from;
                masks.iter_mut().take(to).skip(from).for_each(|mask| mask.0 |= kinds.0);
            }
        }
        masks
    }
}
