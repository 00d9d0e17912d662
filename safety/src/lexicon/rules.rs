//! What a rule is, and where it matches: linear in the places where its parts stand.

use super::matches::{PhraseClass, PhraseMatches, WordSpan};
use crate::fnv::fnv1a;

/// One part of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleStep {
    /// The phrases that may stand here.
    pub class: PhraseClass,
    /// Up to how many words may stand before it, behind the part before.
    pub gap: u16,
    /// Whether it may be missing.
    pub optional: bool,
    /// Whether it must not stand here: at a rule's beginning just before, else just after, `gap` words away at most.
    pub not: bool,
}

/// Parts that must stand one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LexiconRule(pub Vec<RuleStep>);

impl LexiconRule {
    /// Whether all parts that must be there are somewhere in the text.
    pub fn may_match(&self, found: &PhraseMatches) -> bool {
        self.0.iter().all(|step| step.optional || step.not || found.has_class(step.class))
    }

    /// Where the rule matches; of several beginnings with one end, the nearest. Only places that `allows` count.
    pub fn find_spans(
        &self,
        found: &PhraseMatches,
        steps: &mut usize,
        allows: impl Fn(WordSpan) -> bool,
    ) -> Vec<WordSpan> {
        let mut states: Option<Vec<WordSpan>> = None;
        let mut before: Vec<&RuleStep> = Vec::new();
        for step in &self.0 {
            let places = found.spans_of(step.class);
            *steps += 1 + places.len();
            if step.not {
                match &mut states {
                    None => before.push(step),
                    Some(states) => {
                        *steps += states.len();
                        let gap = usize::from(step.gap);
                        states.retain(|state| !any_from(places, state.to, state.to + gap));
                    }
                }
                continue;
            }
            let mut next: Vec<WordSpan> = Vec::new();
            match &states {
                None => {
                    let free = |span: &WordSpan| {
                        let clear = |not: &&RuleStep| {
                            !any_to(found.spans_of(not.class), span.from, usize::from(not.gap))
                        };
                        allows(*span) && before.iter().all(clear)
                    };
                    next.extend(places.iter().copied().filter(free));
                }
                Some(states) => {
                    let mut at = 0;
                    for place in places.iter().filter(|place| allows(**place)) {
                        while states.get(at + 1).is_some_and(|state| state.to <= place.from) {
                            at += 1;
                        }
                        let Some(state) = states.get(at) else { continue };
                        if state.to <= place.from && place.from - state.to <= usize::from(step.gap) {
                            next.push(WordSpan { from: state.from, to: place.to });
                        }
                    }
                    *steps += states.len();
                }
            }
            if step.optional {
                next.extend(states.iter().flatten());
            }
            next.sort_unstable();
            // Of one end, the last is the nearest beginning.
            next.reverse();
            next.dedup_by_key(|span| span.to);
            next.reverse();
            if next.is_empty() {
                return next;
            }
            states = Some(next);
        }
        states.unwrap_or_default()
    }
}

/// Whether one of `places`, sorted by beginning, begins within.
fn any_from(places: &[WordSpan], from: usize, to: usize) -> bool {
    let at = places.partition_point(|place| place.from < from);
    places.get(at).is_some_and(|place| place.from <= to)
}

/// Whether one of `places` ends at most `gap` words before `at`.
fn any_to(places: &[WordSpan], at: usize, gap: usize) -> bool {
    // The longest phrase has fewer words than this.
    let from = places.partition_point(|place| place.from + 24 < at.saturating_sub(gap));
    let near = places.iter().skip(from).take_while(|place| place.from < at);
    near.clone().any(|place| place.to <= at && place.to + gap >= at)
}

/// The name of a class or a topic.
pub fn hash_name(name: &str) -> u32 {
    fnv1a(name.bytes())
}
