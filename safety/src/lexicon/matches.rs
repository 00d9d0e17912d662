//! Where the phrases of a language's classes stand in a text.

/// The number of a class of phrases.
pub type PhraseClass = u16;

/// Where a phrase stands or a rule matched, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordSpan {
    /// Behind the last word.
    pub to: usize,
    /// The first word.
    pub from: usize,
}

/// Where the phrases of each class stand.
#[derive(Debug, Default)]
pub struct PhraseMatches {
    /// Sorted by class.
    classes: Vec<(PhraseClass, usize, usize)>,
    places: Vec<WordSpan>,
    present: Vec<u64>,
}

impl PhraseMatches {
    /// Those of `all`, in a language with so many `classes`.
    pub fn from_matches(mut all: Vec<(PhraseClass, WordSpan)>, classes: usize) -> PhraseMatches {
        all.sort_unstable_by_key(|(class, span)| (*class, span.from, span.to));
        all.dedup();
        let mut found = PhraseMatches { present: vec![0; classes / 64 + 1], ..PhraseMatches::default() };
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
    pub fn has_class(&self, class: PhraseClass) -> bool {
        self.present.get(usize::from(class) / 64).is_some_and(|bits| bits >> (class % 64) & 1 == 1)
    }

    /// The classes that have phrases from word `from` to word `to`.
    pub fn classes_within(&self, from: usize, to: usize) -> impl Iterator<Item = PhraseClass> {
        let within = move |span: &WordSpan| from <= span.from && span.to <= to && span.from < span.to;
        let has = move |(_, first, last): &&(PhraseClass, usize, usize)| {
            self.places.get(*first..*last).unwrap_or_default().iter().any(within)
        };
        self.classes.iter().filter(has).map(|(class, ..)| *class)
    }

    /// Where phrases of `class` stand, in order.
    pub fn spans_of(&self, class: PhraseClass) -> &[WordSpan] {
        let at = self.classes.binary_search_by_key(&class, |(class, ..)| *class);
        let range = at.ok().and_then(|at| self.classes.get(at));
        range.and_then(|(_, from, to)| self.places.get(*from..*to)).unwrap_or_default()
    }
}
