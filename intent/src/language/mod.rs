//! Which of a site's languages a text is written in.
//!
//! A script of its own decides at once. Among languages in Latin letters four things speak: marks, the small words of each
//! language, the words that only one of the site's languages uses in the site's own texts, and whether the words can be
//! Vietnamese syllables, since half of all Vietnamese is typed without marks. One word alone says nothing, unless its
//! letters do, or one language alone uses it; names say little. What the site itself expects to hear in one of its languages,
//! word for word, is in that one. Languages that the site does not have are known too, so that they are not taken for one it
//! has.

mod script;
mod small;

use crate::normalise::{fold_char, is_syllable, normalised_words};
use script::Script;

/// Evidence for one language that is enough.
const ENOUGH: f32 = 1.5;
/// So far the next must be behind.
const LEAD: f32 = 1.0;
/// What a name counts, in parts of another word.
const NAME: f32 = 0.3;
/// A word is one language's if it occurs there so many times as often as in all others together.
const OFTEN: usize = 4;
/// Most words of what is known as a whole.
const WHOLE_WORDS: usize = 5;
/// Most words of a text whose neighbours are known.
const NEIGHBOUR_WORDS: usize = 10;
/// The place of what tells nothing: a site's Vietnamese phrases hold English, too, since people type it.
const NOBODYS: u8 = u8::MAX;
/// Fewest letters of a word that may tell alone.
const ALONE_LETTERS: usize = 4;
/// Most bytes of a text that are looked at.
const MAX_BYTES: usize = 2_000;

/// What tells the languages of one site apart.
///
/// ```
/// let languages = intent::Languages::new(&["vi".into(), "en".into()], [("en", "birth certificate"), ("vi", "giấy khai sinh")]);
/// assert_eq!(languages.detect_language("lam giay khai sinh cho con can gi", "en"), Some("vi"));
/// assert_eq!(languages.detect_language("comment faire une demande ?", "vi"), None);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Languages {
    /// As the site writes them.
    codes: Vec<String>,
    /// Words that tell, as hashes, ascending; beside each its language's place in `codes`.
    own: Vec<(u64, u8)>,
    /// Short texts that one language alone has, word for word, in the same form.
    whole: Vec<(u64, u8)>,
    /// Two neighbours in short texts, likewise.
    pairs: Vec<(u64, u8)>,
}

/// A word of a text.
struct WeightedWord {
    /// In lower case.
    lower: String,
    /// Without marks.
    plain: String,
    /// What it counts.
    share: f32,
}

impl Languages {
    /// What tells `codes` apart; `texts` are the site's own, each with its language.
    pub fn new<'a>(codes: &[String], texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Languages {
        let codes: Vec<String> = codes.iter().take(usize::from(u8::MAX)).cloned().collect();
        let mut found: Vec<(u64, u8)> = Vec::new();
        let mut whole: Vec<(u64, u8)> = Vec::new();
        let mut pairs: Vec<(u64, u8)> = Vec::new();
        // Alone there is nothing to tell apart.
        let texts = texts.into_iter().filter(|_| codes.len() > 1);
        for (lang, text) in texts {
            let Some(place) = codes.iter().position(|code| code == lang).and_then(|at| u8::try_from(at).ok())
            else {
                continue;
            };
            let words = plain_words(text, NEIGHBOUR_WORDS);
            let place_of = |words: &[String]| match primary_subtag(lang) != "vi"
                || words.iter().all(|word| is_syllable(word))
            {
                true => place,
                false => NOBODYS,
            };
            if (1..=WHOLE_WORDS).contains(&words.len()) {
                whole.push((hash_word(&words.join(" ")), place_of(&words)));
            }
            pairs.extend(words.windows(2).map(|pair| (hash_word(&pair.join(" ")), place_of(pair))));
            found.extend(
                split_words(text)
                    .filter(|word| word.len() > 1)
                    .map(|word| (hash_word(&fold_marks(&word.to_lowercase())), place)),
            );
        }
        found.sort_unstable();
        let own = found.chunk_by(|a, b| a.0 == b.0).filter_map(distinctive_language).collect();
        whole.sort_unstable();
        whole.dedup();
        let whole = whole.chunk_by(|a, b| a.0 == b.0).filter_map(|same| match same {
            [only] => Some(*only),
            _ => None,
        });
        pairs.sort_unstable();
        let pairs = pairs.chunk_by(|a, b| a.0 == b.0).filter_map(distinctive_language).collect();
        Languages { codes, own, whole: whole.collect(), pairs }
    }

    /// Which of the site's languages `text` is in, as the site writes it; nothing if that can't be told, or it is another
    /// one. `page` is the language to go on with then: it also stands for its own varieties.
    pub fn detect_language(&self, text: &str, page: &str) -> Option<&str> {
        if self.codes.len() < 2 {
            return None;
        }
        let text = text.get(..text.floor_char_boundary(MAX_BYTES)).unwrap_or(text);
        let lang = match script::dominant_script(text)? {
            Script::Latin => self.detect_latin(text)?,
            other => {
                let has = |lang: &str| self.codes.iter().any(|code| primary_subtag(code) == lang);
                script::language_of_script(other, text, primary_subtag(page), &has)?
            }
        };
        let mut own = self.codes.iter().filter(|code| primary_subtag(code) == lang);
        let first = own.next()?;
        Some([first].into_iter().chain(own).find(|code| *code == page).unwrap_or(first))
    }

    /// The language of a text in Latin letters, if one is well ahead of all others.
    fn detect_latin(&self, text: &str) -> Option<&str> {
        let words = plain_words(text, WHOLE_WORDS);
        let known = hash_word(&words.join(" "));
        let pair = || self.find_language(&self.pairs, known).filter(|_| words.len() == 2);
        if let Some(code) = self.find_language(&self.whole, known).or_else(pair) {
            return Some(code);
        }
        let heard = tokenize(text);
        let mut scores: Vec<(&str, f32)> = small::LANGUAGES.iter().map(|(code, ..)| (*code, 0.0)).collect();
        for code in self.codes.iter().map(|code| primary_subtag(code)) {
            if !scores.iter().any(|(own, _)| *own == code) {
                scores.push((code, 0.0));
            }
        }
        let mut add = |lang: &str, value: f32| {
            if let Some((_, score)) = scores.iter_mut().find(|(code, _)| *code == lang) {
                *score += value;
            }
        };
        let mut marked = false;
        for WeightedWord { lower, plain, share } in &heard {
            if small::NEUTRAL.contains(&plain.as_str()) {
                continue;
            }
            let used: Vec<&str> = small::languages_with_word(plain).collect();
            used.iter().for_each(|lang| add(lang, self.small_word_weight(lang, &used) * share));
            for (lang, value) in small::languages_of_marks(lower) {
                marked |= value >= ENOUGH;
                add(lang, value * share);
            }
            if let Some(code) = self.distinctive_of(plain) {
                add(code, share * if plain.len() > 2 { 1.0 } else { 0.5 });
            }
        }
        add("vi", vietnamese_syllable_share(text, &heard));
        scores.sort_by(|a, b| b.1.total_cmp(&a.1));
        let [(best, score), (_, next), ..] = scores.as_slice() else { return None };
        // A word alone is a name, a brand or an abbreviation as often as not, unless one language alone uses it.
        let tells = heard.len() > 1 || marked;
        if let ([WeightedWord { plain, .. }], false) = (heard.as_slice(), tells) {
            return self.language_of_lone_word(plain);
        }
        (tells && *score >= ENOUGH && score - next.max(0.0) >= LEAD).then_some(*best)
    }

    /// What a small word of `lang` counts that all of `used` have. A word that only languages beyond the site's share is
    /// still a good sign.
    fn small_word_weight(&self, lang: &str, used: &[&str]) -> f32 {
        let has = |lang: &str| self.codes.iter().any(|code| primary_subtag(code) == lang);
        let others = used.iter().filter(|other| **other != lang);
        let shared: f32 = others.map(|other| if has(lang) && !has(other) { 0.3 } else { 1.0 }).sum();
        2.0 / ((1.0 + shared) * (1.0 + shared))
    }

    /// The language of `word` that stands alone: the only one that has it as a small word, or else the only one of the
    /// site's whose texts use it.
    fn language_of_lone_word(&self, word: &str) -> Option<&str> {
        if word.len() < ALONE_LETTERS || small::NEUTRAL.contains(&word) {
            return None;
        }
        let mut small = small::languages_with_word(word);
        let only = match (small.next(), small.next()) {
            (Some(only), None) => Some(only),
            (Some(_), Some(_)) => None,
            (None, _) => self.distinctive_of(word),
        };
        // An abbreviation is written in every language.
        only.filter(|lang| *lang != "vi" || is_syllable(word))
    }

    /// The one language of the site whose texts use `word`.
    fn distinctive_of(&self, word: &str) -> Option<&str> {
        self.find_language(&self.own, hash_word(word))
    }

    /// The language that stands beside `hash` in `table`.
    fn find_language(&self, table: &[(u64, u8)], hash: u64) -> Option<&str> {
        let at = table.binary_search_by_key(&hash, |(hash, _)| *hash).ok()?;
        let (_, place) = table.get(at)?;
        self.codes.get(usize::from(*place)).map(|code| primary_subtag(code))
    }
}

/// The words of a text of up to `most`, without marks and without those that are said in every language; none of a longer one.
fn plain_words(text: &str, most: usize) -> Vec<String> {
    let words = split_words(text).map(|word| fold_marks(&word.to_lowercase()));
    let words = words.filter(|word| !small::NEUTRAL.contains(&word.as_str())).take(most + 1);
    let words: Vec<String> = words.collect();
    if words.len() > most { Vec::new() } else { words }
}

/// The language of one word's occurrences, if nearly all are in one.
fn distinctive_language(same: &[(u64, u8)]) -> Option<(u64, u8)> {
    let counts = same.chunk_by(|a, b| a.1 == b.1).filter_map(|each| Some((each.len(), *each.first()?)));
    let (most, word) = counts.max_by_key(|(count, _)| *count)?;
    (most >= OFTEN * (same.len() - most)).then_some(word)
}

/// The words of `text`. One in capitals among others that are not is a name, and so is one that begins with a capital
/// elsewhere than at the text's begin.
fn tokenize(text: &str) -> Vec<WeightedWord> {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let loud = split_words(text).all(capital);
    let word = |(at, word): (usize, &str)| {
        let lower = word.to_lowercase();
        let shouted = word.chars().nth(1).is_some_and(char::is_uppercase);
        let name = !loud && capital(word) && (at > 0 || shouted) && word.len() > 1;
        WeightedWord { plain: fold_marks(&lower), lower, share: if name { NAME } else { 1.0 } }
    };
    split_words(text).enumerate().map(word).collect()
}

/// How much the words look like Vietnamese syllables, as the matcher reads them: keystrokes of an input method and
/// abbreviations of the chat are understood there already.
fn vietnamese_syllable_share(text: &str, heard: &[WeightedWord]) -> f32 {
    let name = |word: &str| heard.iter().any(|each| each.plain == word && each.share < 1.0);
    let each = normalised_words(text).into_iter().map(|word| {
        let letters = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        match is_syllable(&word) {
            _ if !letters || small::NEUTRAL.contains(&word.as_str()) || name(&word) => 0.0,
            true if small::languages_with_word(&word).any(|lang| lang != "vi") => 0.2,
            true => 0.5,
            false if word.len() > 2 => -1.0,
            false => 0.0,
        }
    });
    each.sum()
}

fn split_words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphabetic() && !('\u{300}'..='\u{36f}').contains(&c));
    words.filter(|word| !word.is_empty())
}

fn fold_marks(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    word.chars().for_each(|c| fold_char(c, &mut |c| out.push(c)));
    out
}

fn primary_subtag(code: &str) -> &str {
    code.split('-').next().unwrap_or(code)
}

/// FNV-1a.
fn hash_word(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests;
