//! What a site declares to mean the same: some words, read as others, in texts of one language.

use crate::normalise::{Normaliser, WordList};

/// Words that mean the same, for [`crate::Options`]. Training and matching both read by them, so a phrase that was written
/// with one of them is found with any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SynonymRules {
    /// By language, then by what is read, the longer first.
    rules: Vec<SynonymRule>,
}

/// Words, folded, with one space between, and what they are read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SynonymRule {
    pub lang: String,
    pub from: String,
    pub to: String,
}

impl SynonymRule {
    /// What rules are sorted by: the first word, then the longer before the shorter.
    fn sort_key(&self) -> (&str, &str, std::cmp::Reverse<usize>, &str) {
        let first = self.from.split(' ').next().unwrap_or_default();
        (&self.lang, first, std::cmp::Reverse(self.from.split(' ').count()), &self.from)
    }
}

impl SynonymRules {
    /// Groups of synonyms, each with its language; all of a group are read as its first. What has no words is left out,
    /// and of two rules for the same words the first stands.
    pub fn new<'a, W: IntoIterator<Item = &'a str>>(
        groups: impl IntoIterator<Item = (&'a str, W)>,
    ) -> SynonymRules {
        let mut reader = Normaliser::default();
        let mut rules = Vec::new();
        for (lang, words) in groups {
            let mut words =
                words.into_iter().map(|text| reader.read_words(text).iter().collect::<Vec<_>>().join(" "));
            let Some(to) = words.next().filter(|to| !to.is_empty()) else { continue };
            // The first is a rule too: "ủy ban nhân dân" must not be read as a longer "ủy ban".
            for from in [to.clone()].into_iter().chain(words).filter(|from| !from.is_empty()) {
                rules.push(SynonymRule { lang: lang.to_owned(), from, to: to.clone() });
            }
        }
        SynonymRules::from_rules(rules)
    }

    /// With these rules, in any order.
    pub(crate) fn from_rules(mut rules: Vec<SynonymRule>) -> SynonymRules {
        rules.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        rules.dedup_by(|again, first| again.sort_key() == first.sort_key());
        SynonymRules { rules }
    }

    /// The rules, in order.
    pub(crate) fn rules(&self) -> &[SynonymRule] {
        &self.rules
    }

    /// `words`, a text of `lang`, as they are to be read. `out` is room for it.
    pub(crate) fn apply_rules<'a>(
        &self,
        lang: &str,
        words: &'a WordList,
        out: &'a mut WordList,
    ) -> &'a WordList {
        if self.rules.is_empty() {
            return words;
        }
        out.clear();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            match self.longest_rule_at(lang, word, words, at) {
                Some((rule, length)) => {
                    rule.to.split(' ').for_each(|word| out.push(word));
                    at += length;
                }
                None => {
                    out.push(word);
                    at += 1;
                }
            }
        }
        out
    }

    /// The longest rule for the words from `at` on, of which `first` is the first, and how many words it takes.
    fn longest_rule_at(
        &self,
        lang: &str,
        first: &str,
        words: &WordList,
        at: usize,
    ) -> Option<(&SynonymRule, usize)> {
        let before = |rule: &SynonymRule| (rule.sort_key().0, rule.sort_key().1) < (lang, first);
        let rules = self.rules.get(self.rules.partition_point(before)..)?;
        let mut same =
            rules.iter().take_while(|rule| (rule.sort_key().0, rule.sort_key().1) == (lang, first));
        same.find_map(|rule| {
            let mut length = 0;
            let fits = rule.from.split(' ').all(|word| {
                length += 1;
                words.get(at + length - 1) == Some(word)
            });
            fits.then_some((rule, length))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lang: &str, text: &str) -> String {
        let synonyms = SynonymRules::new([
            ("vi", vec!["ủy ban nhân dân", "ủy ban", "UB"]),
            ("vi", vec!["căn cước", "thẻ căn cước", "cccd", ""]),
            ("en", vec!["bike", "bikes", "bicycle"]),
            ("fr", vec!["vélo", "bike"]),
            ("fr", vec!["", "bicyclette"]),
        ]);
        let (mut reader, mut room) = (Normaliser::default(), WordList::default());
        synonyms.apply_rules(lang, reader.read_words(text), &mut room).iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_longest_is_read_as_the_first() {
        let cases = [
            ("vi", "lên Ủy ban làm cccd", "len uy ban nhan dan lam can cuoc"),
            ("vi", "uỷ ban nhân dân ở đâu", "uy ban nhan dan o dau"),
            ("vi", "đổi thẻ căn cước công dân", "doi can cuoc cong dan"),
            ("vi", "đổi thẻ căn", "doi the can"),
            ("en", "two bicycles, a bicycle and bikes", "two bicycles a bike and bike"),
            ("fr", "un bike, une bicyclette", "un velo une bicyclette"),
            ("", "bikes", "bikes"),
            ("vi", "", ""),
        ];
        for (lang, text, expected) in cases {
            assert_eq!(read(lang, text), expected, "{text}");
        }
    }
}
