//! An answer in words to what can be chosen: "the first one", "2", "neither", a part of what stands on a button.

use super::{
    sayings::{SayingKind, Sayings, candidate_sayings, parse_number},
    words::{is_number, is_unspaced, split_words},
};

/// What was chosen of what could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ButtonChoice {
    /// This one, by its place.
    Button(usize),
    /// None of them.
    None,
}

/// What `text` chooses of what is called by `labels`, in their order; nothing if that is not certain. `lang` is the visitor's. A yes
/// takes the only one where they are what was asked about (`asks_which`); beside an agency's words it may be a yes to those.
pub fn choose_label(labels: &[&str], text: &str, lang: &str, asks_which: bool) -> Option<ButtonChoice> {
    let said = split_words(text);
    if said.is_empty() || labels.is_empty() {
        return None;
    }
    let named: Vec<Vec<String>> = labels.iter().map(|label| split_words(label)).collect();
    if let Some(whole) = only_place(&named, |label| *label == said) {
        return Some(ButtonChoice::Button(whole));
    }
    let candidates = candidate_sayings(text, lang);
    let by_meaning = |sayings: &&Sayings| choose_by_meaning(sayings, &named, &said, asks_which);
    let by_words =
        |sayings: &&Sayings| choose_by_words((sayings, &candidates), &named, &said).map(ButtonChoice::Button);
    let by_marks = || choose_by_marks(labels, text).map(ButtonChoice::Button);
    candidates.iter().find_map(by_meaning).or_else(by_marks).or_else(|| candidates.iter().find_map(by_words))
}

/// The one label that has all words of `text` as they are typed, marks included: they tell words apart that are else alike.
fn choose_by_marks(labels: &[&str], text: &str) -> Option<usize> {
    let split = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let said = split(text);
    let named: Vec<Vec<String>> = labels.iter().map(|label| split(label)).collect();
    let has_all = |label: &Vec<String>| said.iter().all(|word| label.contains(word));
    (!said.is_empty() && !text.is_ascii()).then(|| only_place(&named, has_all)).flatten()
}

/// Whether `text` names a place in a list, and nothing else: who says so has no list before them, or means that one.
pub fn is_place(text: &str) -> bool {
    let said = split_words(text);
    candidate_sayings(text, "").iter().any(|sayings| parse_place(sayings, &said).is_some())
}

/// The place of `label` among `labels`, the only one of its name.
pub fn find_label(labels: &[&str], label: &str) -> Option<usize> {
    let said = split_words(label);
    let named: Vec<Vec<String>> = labels.iter().map(|label| split_words(label)).collect();
    (!said.is_empty()).then(|| only_place(&named, |label| *label == said)).flatten()
}

/// The place of the one label that `fits`.
fn only_place(labels: &[Vec<String>], fits: impl Fn(&Vec<String>) -> bool) -> Option<usize> {
    let mut fitting = labels.iter().enumerate().filter(|(_, label)| fits(label)).map(|(at, _)| at);
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// A yes, a no or a place.
fn choose_by_meaning(
    sayings: &Sayings,
    labels: &[Vec<String>],
    said: &[String],
    asks_which: bool,
) -> Option<ButtonChoice> {
    let means = |section, words: &[String]| sayings.is_said(section, SayingKind::Polite, words);
    if means(SayingKind::None, said) {
        // A label may itself be a no.
        let own = only_place(labels, |label| means(SayingKind::None, label));
        return Some(own.map_or(ButtonChoice::None, ButtonChoice::Button));
    }
    if means(SayingKind::Yes, said) {
        let own = only_place(labels, |label| means(SayingKind::Yes, label));
        let only = if asks_which && labels.len() == 1 { Some(0) } else { own };
        return only.map(ButtonChoice::Button);
    }
    choose_by_place(sayings, labels, said).map(ButtonChoice::Button)
}

/// What a place stands for among `labels`. A number that stands on labels is read as what is written there.
fn choose_by_place(sayings: &Sayings, labels: &[Vec<String>], said: &[String]) -> Option<usize> {
    let (place, is_ordinal) = parse_place(sayings, said)?;
    let number = place.to_string();
    let is_numbered = |label: &Vec<String>| label.iter().any(|word| is_number(word));
    if !is_ordinal && labels.iter().any(is_numbered) {
        let own = only_place(labels, |label| label.contains(&number));
        if own.is_some() || labels.iter().all(is_numbered) {
            return own;
        }
    }
    let at = if place == 0 { labels.len() } else { place };
    (at <= labels.len()).then(|| at.checked_sub(1)).flatten()
}

/// The place that `said` names, the last as 0, and whether it is named as a place: "the second", not "two".
fn parse_place(sayings: &Sayings, said: &[String]) -> Option<(usize, bool)> {
    sayings.strip_around(SayingKind::Around, said).find_map(|core| {
        let in_words = |section| {
            sayings
                .in_section(section)
                .iter()
                .find(|saying| saying.is_all_of(core))
                .map(|saying| saying.place)
        };
        let ordinal = in_words(SayingKind::Ordinals).map(|place| (place, true));
        let number = parse_number(core).filter(|number| (1..100).contains(number));
        ordinal.or_else(|| number.or_else(|| in_words(SayingKind::Numbers)).map(|place| (place, false)))
    })
}

/// The one label that has all that was said, but for what may stand around.
fn choose_by_words(
    (sayings, all): (&Sayings, &[&Sayings]),
    labels: &[Vec<String>],
    said: &[String],
) -> Option<usize> {
    const NO_MATTER: [SayingKind; 4] =
        [SayingKind::Empty, SayingKind::Yes, SayingKind::None, SayingKind::Around];
    let of_matter = |core: &&[String]| all.iter().all(|each| each.cover_words(&NO_MATTER, core).is_none());
    let one_of = |core: &[String]| {
        only_place(labels, |label| label == core)
            .or_else(|| only_place(labels, |label| has_words(label, core)))
    };
    sayings.strip_around(SayingKind::Around, said).filter(of_matter).find_map(one_of)
}

/// Whether `label` has `words` in it: in any order, or in a row where there are no spaces.
fn has_words(label: &[String], words: &[String]) -> bool {
    if words.iter().any(|word| is_unspaced(word)) {
        return label.windows(words.len()).any(|row| row == words);
    }
    words.iter().all(|word| label.iter().any(|own| own == word || is_inflected(own, word)))
}

/// Whether two words of a language that inflects its words, or puts particles behind them, are one: their begins are.
fn is_inflected(own: &str, word: &str) -> bool {
    const SAME: usize = 4;
    if own.is_ascii() || word.is_ascii() {
        return false;
    }
    let same = own.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let shorter = own.chars().count().min(word.chars().count());
    same >= SAME && same + 2 >= shorter
}

#[cfg(test)]
mod tests;
