//! Searching a text for what a language's rules describe.

use super::{
    DangerRule, Language, Strength, Topic,
    matches::{PhraseMatches, WordSpan},
    rules::LexiconRule,
    vocabulary::WordId,
};
use crate::{
    danger_kind::{DangerKind, KindSet},
    text::FoldedWord,
};

/// Up to how many words away a context counts.
const NEAR: usize = 14;
/// The same in scripts without spaces, where a word is a character.
const NEAR_CHARACTERS: usize = 40;

/// How much speaks for a rule that matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Level {
    /// A likely or weak rule near a context, or a weak one where nothing asks for help.
    Doubtful = 2,
    /// A weak rule, and something asks for help.
    Weak,
    /// A likely rule without a context.
    Likely,
    /// A certain rule near a context.
    CertainInContext,
    /// A certain rule.
    Certain,
}

/// A word of a topic in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The first word.
    pub from: usize,
    /// Behind the last one.
    pub to: usize,
    /// The topic, by the hash of its name.
    pub topic: u32,
    /// Whether it is a sign of danger.
    pub is_sign: bool,
}

impl Level {
    /// The most that a rule of this strength reaches.
    fn max_for(strength: Strength) -> Level {
        match strength {
            Strength::Weak => Level::Weak,
            Strength::Likely => Level::Likely,
            Strength::Certain => Level::Certain,
        }
    }

    /// The strength of the rule.
    pub fn strength(self) -> Strength {
        match self {
            Level::Doubtful | Level::Weak => Strength::Weak,
            Level::Likely => Strength::Likely,
            Level::CertainInContext | Level::Certain => Strength::Certain,
        }
    }
}

/// What was found, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// What.
    pub kind: DangerKind,
    /// How sure.
    pub level: Level,
    /// The rule, by the hash of its text.
    pub rule: u32,
    /// Whether it is a site's own.
    pub own: bool,
    /// The first word.
    pub from: usize,
    /// Behind the last one.
    pub to: usize,
}

impl Hit {
    /// Whether its kind is the text's, whatever a model says. One that has learnt from many writers, and knows topics, knows
    /// the kind better; but what somebody says of their own death must not hang on a model.
    pub fn is_sure_of_kind(&self, language: &Language) -> bool {
        self.own
            || !language.has_topics()
            || self.level == Level::Certain && self.kind == DangerKind::SelfHarm
    }
}

/// How much was done: look-ups, places, states. For the test that bounds it.
pub type Steps = usize;

impl Language {
    /// What `words` tell of, the surest first. Rules that something speaks against are there too: see [`Level`].
    pub fn find_hit(&self, words: &[FoldedWord], found: &PhraseMatches, steps: &mut Steps) -> Option<Hit> {
        let masks = self.idiom_masks(found, words.len(), steps);
        let mut best: Option<Hit> = None;
        let (mut contexts, mut urgent, mut alarm) = (None, None, None);
        for DangerRule { kind, strength, rule, name, own } in &self.rules.dangers {
            *steps += 1;
            let most = Level::max_for(*strength);
            if !rule.may_match(found)
                || best
                    .is_some_and(|best| (best.level, best.kind.urgency_rank()) >= (most, kind.urgency_rank()))
            {
                continue;
            }
            let free = |span: WordSpan| {
                let masks = masks.get(span.from..span.to).unwrap_or_default();
                !masks.iter().any(|mask| mask.contains(*kind))
            };
            for span in rule.find_spans(found, steps, free) {
                let about = |masks: &[KindSet]| {
                    masks.get(span.from..span.to).unwrap_or_default().iter().any(|mask| mask.contains(*kind))
                };
                *steps += span.to - span.from;
                let context = about(
                    contexts
                        .get_or_insert_with(|| self.kinds_nearby(&self.rules.contexts, found, words, steps)),
                ) && !about(
                    alarm.get_or_insert_with(|| self.kinds_nearby(&self.rules.alarm, found, words, steps)),
                );
                let asks =
                    *strength > Strength::Weak
                        || about(urgent.get_or_insert_with(|| {
                            self.kinds_nearby(&self.rules.urgent, found, words, steps)
                        }));
                let level = match strength {
                    Strength::Certain if context => Level::CertainInContext,
                    _ if context || !asks => Level::Doubtful,
                    _ => most,
                };
                if best
                    .is_none_or(|best| (best.level, best.kind.urgency_rank()) < (level, kind.urgency_rank()))
                {
                    best = Some(Hit {
                        kind: *kind,
                        level,
                        rule: *name,
                        own: *own,
                        from: span.from,
                        to: span.to,
                    });
                }
                if level == most {
                    break;
                }
            }
        }
        best
    }

    /// Whether a text has what a site says is harmless there.
    pub fn is_harmless(&self, found: &PhraseMatches, steps: &mut Steps) -> bool {
        self.rules
            .harmless
            .iter()
            .any(|rule| rule.may_match(found) && !rule.find_spans(found, steps, |_| true).is_empty())
    }

    /// Where words of the topics stand, in order.
    pub fn find_mentions(&self, found: &PhraseMatches) -> Vec<Mention> {
        let mut out = Vec::new();
        for Topic { class, name, is_sign } in
            self.rules.topics.iter().filter(|topic| found.has_class(topic.class))
        {
            let places = found.spans_of(*class).iter();
            out.extend(places.map(|span| Mention {
                from: span.from,
                to: span.to,
                topic: *name,
                is_sign: *is_sign,
            }));
        }
        out.sort_unstable_by_key(|mention| (mention.from, mention.to, mention.topic));
        out
    }

    /// Where the phrases of all classes stand in `words`.
    pub fn match_phrases(&self, words: &[FoldedWord], strict: bool, steps: &mut Steps) -> PhraseMatches {
        let (mut ids, mut ends) = (Vec::with_capacity(words.len() * 2), Vec::with_capacity(words.len()));
        for word in words {
            self.words.look_up(word, strict, &mut ids);
            ends.push(ids.len());
        }
        *steps += words.len() + ids.len();
        let at = |word: usize| -> &[WordId] {
            let from = word.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
            ends.get(word).and_then(|to| ids.get(from..*to)).unwrap_or_default()
        };
        let mut all = Vec::new();
        let (mut now, mut next) = (Vec::new(), Vec::new());
        for phrases in &self.phrases {
            for from in 0..words.len() {
                now.clear();
                now.extend(at(from).iter().filter_map(|id| phrases.first_state(*id)));
                let mut to = from + 1;
                while !now.is_empty() {
                    for state in &now {
                        let classes = phrases.classes_at(*state);
                        all.extend(classes.iter().map(|class| (*class, WordSpan { from, to })));
                        *steps += classes.len();
                    }
                    next.clear();
                    let ids = if to < words.len() { at(to) } else { &[] };
                    *steps += now.len() * ids.len();
                    for state in &now {
                        next.extend(ids.iter().filter_map(|id| phrases.next_state(*state, *id)));
                    }
                    to += 1;
                    std::mem::swap(&mut now, &mut next);
                }
            }
        }
        PhraseMatches::from_matches(all, usize::from(self.classes))
    }

    /// For each word, the kinds that it says nothing about.
    fn idiom_masks(&self, found: &PhraseMatches, words: usize, steps: &mut Steps) -> Vec<KindSet> {
        let mut masks = vec![KindSet::default(); words];
        for (kinds, rule) in &self.rules.idioms {
            *steps += 1;
            if !rule.may_match(found) {
                continue;
            }
            for span in rule.find_spans(found, steps, |_| true) {
                *steps += span.to - span.from;
                masks.iter_mut().take(span.to).skip(span.from).for_each(|mask| mask.0 |= kinds.0);
            }
        }
        masks
    }

    /// For each word, the kinds that a match of `rules` near it is about.
    fn kinds_nearby(
        &self,
        rules: &[(KindSet, LexiconRule)],
        found: &PhraseMatches,
        words: &[FoldedWord],
        steps: &mut Steps,
    ) -> Vec<KindSet> {
        let alone = |word: &FoldedWord| word.plain.chars().next().is_some_and(crate::text::is_alone);
        let near = if words.iter().any(alone) { NEAR_CHARACTERS } else { NEAR };
        let mut masks = vec![KindSet::default(); words.len()];
        for (kinds, rule) in rules.iter().filter(|(_, rule)| rule.may_match(found)) {
            for span in rule.find_spans(found, steps, |_| true) {
                let (from, to) = (span.from.saturating_sub(near), span.to + near);
                *steps += to - from;
                masks.iter_mut().take(to).skip(from).for_each(|mask| mask.0 |= kinds.0);
            }
        }
        masks
    }
}
