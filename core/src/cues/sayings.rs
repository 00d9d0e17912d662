//! The sayings of `core/data/sayings`: each language is read when it is first needed. What a section is for stands in the
//! README there.

use super::words::{is_number, is_unspaced, split_words};
use i18n::Lang;
use std::{ops::Range, sync::OnceLock};

/// How many words may stand where a saying has a gap; of a language without spaces, letters.
const GAP: (usize, usize) = (6, 16);

/// What a saying is said for: the sections of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SayingKind {
    Numbers,
    Ordinals,
    Around,
    Yes,
    None,
    Polite,
    Thanks,
    Done,
    Farewell,
    Empty,
    Asking,
    GivesUp,
    WhoIsThere,
    Beside,
    Withdrawn,
    Cancelled,
    Question,
    Wish,
    Others,
    But,
}

/// The sections by their names in the files, in the order of [`SayingKind`].
const SECTIONS: [&str; 20] = [
    "numbers",
    "ordinals",
    "around",
    "yes",
    "none",
    "polite",
    "thanks",
    "done",
    "farewell",
    "empty",
    "asking",
    "gives_up",
    "who_is_there",
    "beside",
    "withdrawn",
    "cancelled",
    "question",
    "wish",
    "others",
    "but",
];

/// Something people say.
#[derive(Debug)]
pub(super) struct Saying {
    /// Words in a row; between two rows there may be others.
    rows: Vec<Vec<String>>,
    /// Whether nothing may stand behind it.
    is_last: bool,
    /// Whether it says what is not meant by the others.
    pub is_exception: bool,
    /// Of numbers and ordinals: the place, the last as 0.
    pub place: usize,
}

impl Saying {
    fn parse(text: &str, place: usize) -> Saying {
        let (text, is_last) = text.strip_suffix('$').map_or((text, false), |text| (text, true));
        let (text, is_exception) = text.strip_prefix('!').map_or((text, false), |text| (text, true));
        let rows = text.split('…').map(parse_row).filter(|row| !row.is_empty()).collect();
        Saying { rows, is_last, is_exception, place }
    }

    /// The words, where there is no gap among them.
    fn words(&self) -> &[String] {
        match self.rows.as_slice() {
            [row] => row,
            _ => &[],
        }
    }

    /// Whether it is just `words`.
    pub fn is_all_of(&self, words: &[String]) -> bool {
        !words.is_empty() && self.words().len() == words.len() && is_row_at(self.words(), words, 0)
    }

    /// Where its words stand in `words`, the first time.
    pub fn find_in(&self, words: &[String]) -> Option<Vec<Range<usize>>> {
        (0..words.len()).find_map(|at| self.find_at(words, at))
    }

    fn find_at(&self, words: &[String], at: usize) -> Option<Vec<Range<usize>>> {
        let (first, others) = self.rows.split_first()?;
        let mut found = vec![find_row(first, words, at..at + 1)?];
        for row in others {
            let from = found.last().map_or(at, |range| range.end);
            let gap = if row.first().is_some_and(|word| is_unspaced(word)) { GAP.1 } else { GAP.0 };
            found.push(find_row(row, words, from..from + gap + 1)?);
        }
        let is_at_end = found.last().is_some_and(|range| range.end == words.len());
        (!self.is_last || is_at_end).then_some(found)
    }
}

/// The words of a saying without a gap, `*` kept where it stands. They are read together, as those of a text are.
fn parse_row(text: &str) -> Vec<String> {
    let text = text.trim();
    let mut row = split_words(text.trim_matches('*'));
    if text.starts_with('*')
        && let Some(first) = row.first_mut()
    {
        first.insert(0, '*');
    }
    if text.ends_with('*')
        && let Some(last) = row.last_mut()
    {
        last.push('*');
    }
    row
}

fn is_same_word(pattern: &str, word: &str) -> bool {
    match (pattern.strip_suffix('*'), pattern.strip_prefix('*')) {
        (Some(start), _) => word.starts_with(start),
        (None, Some(end)) => word.ends_with(end),
        (None, None) => pattern == word,
    }
}

fn is_row_at(row: &[String], words: &[String], at: usize) -> bool {
    let here = words.get(at..at + row.len()).unwrap_or_default();
    here.len() == row.len() && row.iter().zip(here).all(|(pattern, word)| is_same_word(pattern, word))
}

fn find_row(row: &[String], words: &[String], starts: Range<usize>) -> Option<Range<usize>> {
    starts.into_iter().find(|at| is_row_at(row, words, *at)).map(|at| at..at + row.len())
}

/// What is said in one language.
#[derive(Debug)]
pub(super) struct Sayings {
    sections: [Vec<Saying>; SECTIONS.len()],
}

/// Longest text in which something may stand around a saying, in words; in letters where words are not parted.
const MAX_SAID_WORDS: usize = 32;

impl Sayings {
    fn parse(text: &str) -> Sayings {
        let mut sections: [Vec<Saying>; SECTIONS.len()] = Default::default();
        let mut at = None;
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                at = SECTIONS.iter().position(|section| *section == name);
                continue;
            }
            let Some(section) = at.and_then(|at| sections.get_mut(at)) else { continue };
            let (place, sayings) = line.split_once(" = ").unwrap_or(("", line));
            let place = place.parse().unwrap_or(0);
            let parts = sayings.split('|').map(str::trim).filter(|saying| !saying.is_empty());
            section.extend(parts.map(|saying| Saying::parse(saying, place)));
        }
        Sayings { sections }
    }

    /// The sayings of a section.
    pub fn in_section(&self, section: SayingKind) -> &[Saying] {
        self.sections.get(section as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether `words` are one of a section's sayings, but for what may stand around.
    pub fn is_said(&self, section: SayingKind, around: SayingKind, words: &[String]) -> bool {
        self.strip_around(around, words)
            .any(|core| self.in_section(section).iter().any(|saying| saying.is_all_of(core)))
    }

    /// What is left of `words` without what may stand around: first all of them.
    pub fn strip_around<'a>(
        &self,
        around: SayingKind,
        words: &'a [String],
    ) -> impl Iterator<Item = &'a [String]> {
        // Whoever says more than this says more than one of these sayings, and every pair of begin and end is looked at.
        let around = if words.len() > MAX_SAID_WORDS { &[] } else { self.in_section(around) };
        let begins = reachable_places(around, words);
        let reversed: Vec<String> = words.iter().rev().cloned().collect();
        let ends = reachable_ends(around, &reversed);
        let cut = move |(begin, end): (usize, usize)| words.get(begin..words.len().checked_sub(end)?);
        let pairs =
            begins.into_iter().flat_map(move |begin| ends.clone().into_iter().map(move |end| (begin, end)));
        pairs.filter_map(cut).filter(|core| !core.is_empty())
    }

    /// With how few sayings of `sections` all of `words` are said; nothing if they can't be.
    pub fn cover_words(&self, sections: &[SayingKind], words: &[String]) -> Option<usize> {
        let mut fewest: Vec<Option<usize>> = vec![None; words.len() + 1];
        *fewest.first_mut()? = Some(0);
        for at in 0..words.len() {
            let Some(so_far) = fewest.get(at).copied().flatten() else { continue };
            let all = sections.iter().flat_map(|section| self.in_section(*section));
            for row in all.map(Saying::words).filter(|row| !row.is_empty() && is_row_at(row, words, at)) {
                if let Some(next) = fewest.get_mut(at + row.len()) {
                    *next = Some(next.map_or(so_far + 1, |before| before.min(so_far + 1)));
                }
            }
        }
        fewest.last().copied().flatten()
    }

    /// Whether one of a section's sayings stands among `words`.
    pub fn has_saying(&self, section: SayingKind, words: &[String]) -> bool {
        self.in_section(section).iter().any(|saying| saying.find_in(words).is_some())
    }
}

/// How many words at the begin of `words` are nothing but sayings of `around`.
fn reachable_places(around: &[Saying], words: &[String]) -> Vec<usize> {
    let mut reached = vec![0];
    let mut next = 0;
    while let Some(at) = reached.get(next).copied() {
        for row in around.iter().map(Saying::words).filter(|row| !row.is_empty() && is_row_at(row, words, at))
        {
            if !reached.contains(&(at + row.len())) {
                reached.push(at + row.len());
            }
        }
        next += 1;
    }
    reached
}

/// The same from the end, of words in the reverse order.
fn reachable_ends(around: &[Saying], reversed: &[String]) -> Vec<usize> {
    let mut reached = vec![0];
    let mut next = 0;
    while let Some(at) = reached.get(next).copied() {
        for row in around.iter().map(Saying::words).filter(|row| !row.is_empty()) {
            let here = reversed.get(at..at + row.len()).unwrap_or_default();
            let is_same = here.len() == row.len()
                && row.iter().rev().zip(here).all(|(pattern, word)| is_same_word(pattern, word));
            if is_same && !reached.contains(&(at + row.len())) {
                reached.push(at + row.len());
            }
        }
        next += 1;
    }
    reached
}

/// The file of a language; of none, what is said everywhere.
fn source(lang: Option<Lang>) -> &'static str {
    let Some(lang) = lang else { return include_str!("../../data/sayings/mul.txt") };
    match lang {
        Lang::Ar => include_str!("../../data/sayings/ar.txt"),
        Lang::En => include_str!("../../data/sayings/en.txt"),
        Lang::Es => include_str!("../../data/sayings/es.txt"),
        Lang::Fr => include_str!("../../data/sayings/fr.txt"),
        Lang::Ja => include_str!("../../data/sayings/ja.txt"),
        Lang::Km => include_str!("../../data/sayings/km.txt"),
        Lang::Ko => include_str!("../../data/sayings/ko.txt"),
        Lang::Lo => include_str!("../../data/sayings/lo.txt"),
        Lang::Ru => include_str!("../../data/sayings/ru.txt"),
        Lang::Th => include_str!("../../data/sayings/th.txt"),
        Lang::Uk => include_str!("../../data/sayings/uk.txt"),
        Lang::Vi => include_str!("../../data/sayings/vi.txt"),
        Lang::Zh => include_str!("../../data/sayings/zh.txt"),
    }
}

/// What is said in `lang`; in none, what is said everywhere.
fn read_sayings(lang: Option<Lang>) -> Option<&'static Sayings> {
    static READ: [OnceLock<Sayings>; Lang::ALL.len() + 1] = [const { OnceLock::new() }; Lang::ALL.len() + 1];
    let place = lang.map_or(Lang::ALL.len(), |lang| lang as usize);
    READ.get(place).map(|read| read.get_or_init(|| Sayings::parse(source(lang))))
}

/// Whether a text in `lang` may have `c` in it; in none: a text in Latin letters.
fn may_write(lang: Option<Lang>, c: char) -> bool {
    let Some(lang) = lang else { return is_latin(c) };
    match lang {
        Lang::Vi | Lang::En | Lang::Fr | Lang::Es => is_latin(c),
        Lang::Ru | Lang::Uk => matches!(c, '\u{0400}'..='\u{052F}'),
        Lang::Ar => matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FEFF}'),
        Lang::Zh => matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'),
        Lang::Ja => matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF66}'..='\u{FF9F}'),
        Lang::Ko => matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7A3}'),
        Lang::Th => matches!(c, '\u{0E00}'..='\u{0E7F}'),
        Lang::Lo => matches!(c, '\u{0E80}'..='\u{0EFF}'),
        Lang::Km => matches!(c, '\u{1780}'..='\u{17FF}'),
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' | '\u{FF21}'..='\u{FF5A}')
}

/// The languages that `text` may be in by its letters, that of `tag` first. What has no letters is in that one.
pub(super) fn candidate_sayings(text: &str, tag: &str) -> Vec<&'static Sayings> {
    let own = Lang::from_tag(tag);
    let has_letters = text.chars().any(char::is_alphabetic);
    let may_be = |lang: &Option<Lang>| has_letters && text.chars().any(|c| may_write(*lang, c));
    let mut langs: Vec<Option<Lang>> = Lang::ALL.into_iter().map(Some).chain([None]).filter(may_be).collect();
    langs.sort_by_key(|lang| *lang != own);
    if langs.is_empty() {
        langs.push(own.or(Some(Lang::En)));
    }
    langs.into_iter().filter_map(read_sayings).collect()
}

/// The number that `words` are, if they are one.
pub(super) fn parse_number(words: &[String]) -> Option<usize> {
    let [word] = words else { return None };
    is_number(word).then(|| word.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_section_and_says_something_in_it() {
        for lang in Lang::ALL {
            let text = source(Some(lang));
            for section in SECTIONS {
                assert_eq!(text.matches(&format!("[{section}]\n")).count(), 1, "{lang:?} {section}");
            }
            let sayings = read_sayings(Some(lang)).unwrap();
            for (name, own) in SECTIONS.iter().zip(&sayings.sections) {
                assert!(!own.is_empty(), "{lang:?} {name}");
                assert!(own.iter().all(|saying| !saying.rows.is_empty()), "{lang:?} {name}: {own:?}");
            }
            for place in 1..=5 {
                let own = sayings.in_section(SayingKind::Numbers).iter();
                assert!(own.clone().any(|saying| saying.place == place), "{lang:?} {place}");
            }
            let mut ordinals = sayings.in_section(SayingKind::Ordinals).iter();
            assert!(ordinals.any(|saying| saying.place == 0), "{lang:?}: the last");
        }
    }

    #[test]
    fn a_saying_may_have_a_gap_an_end_and_a_stem() {
        let words = |text: &str| split_words(text);
        let find = |saying: &str, text: &str| Saying::parse(saying, 0).find_in(&words(text)).is_some();
        assert!(find("không … nữa", "tôi không làm giấy nữa"));
        assert!(find("không … nữa", "tôi không nữa"), "a gap may be empty");
        assert!(!find("không … nữa", "không một hai ba bốn năm sáu bảy nữa"));
        assert!(find("передума*", "я передумала"));
        assert!(find("*까", "되나요 됩니까"));
        assert!(find("bỏ$", "bỏ") && !find("bỏ$", "bỏ đi"));
    }
}
