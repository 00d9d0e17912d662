//! Whom to call: `data/numbers.txt`, each number with its source and the day on which that was read.

use crate::DangerKind;

const FILE: &str = include_str!("../data/numbers.txt");

/// The country whose numbers are shown where we know none.
const GENERAL: &str = "general";

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// As it is dialled.
    pub number: String,
    /// Who answers, in the language asked for.
    pub label: String,
}

/// A number with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NumberEntry<'a> {
    /// The country, in two letters, or `general`.
    pub country: &'a str,
    /// As it is dialled.
    pub number: &'a str,
    /// For which kinds, and in which place among their numbers (from 1).
    pub kinds: Vec<(DangerKind, u8)>,
    /// Where it is laid down.
    pub source: &'a str,
    /// When that was read, `2026-11-29`.
    pub checked: &'a str,
    /// By language, who answers.
    pub labels: Vec<(&'a str, &'a str)>,
}

/// The numbers for `kind` in `country` (two letters, lower case), the most urgent first, with labels in `lang`.
pub fn find_numbers(country: &str, kind: DangerKind, lang: &str) -> Vec<Number> {
    let all = parse_entries(FILE);
    let country = if all.iter().any(|entry| entry.country == country) { country } else { GENERAL };
    let place =
        |entry: &NumberEntry<'_>| entry.kinds.iter().find(|(of, _)| *of == kind).map(|(_, place)| *place);
    let of_kind = all.iter().filter(|entry| entry.country == country);
    let mut found: Vec<_> = of_kind.filter_map(|entry| Some((place(entry)?, entry))).collect();
    found.sort_by_key(|(place, _)| *place);
    let shown = |entry: &NumberEntry<'_>| Number {
        number: entry.number.to_owned(),
        label: entry.label(lang).or_else(|| entry.label("en")).unwrap_or_default().to_owned(),
    };
    found.into_iter().map(|(_, entry)| shown(entry)).collect()
}

/// Whether there are numbers of `country` (two letters, lower case).
pub fn has_numbers(country: &str) -> bool {
    parse_entries(FILE).iter().any(|entry| entry.country == country)
}

impl<'a> NumberEntry<'a> {
    fn label(&self, lang: &str) -> Option<&'a str> {
        self.labels.iter().find(|(code, _)| *code == lang).map(|(_, label)| *label)
    }
}

fn parse_entries(file: &str) -> Vec<NumberEntry<'_>> {
    let mut all: Vec<NumberEntry<'_>> = Vec::new();
    for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some((country, number)) =
            line.strip_prefix('[').and_then(|line| line.strip_suffix(']')?.split_once(' '))
        {
            all.push(NumberEntry { country, number, ..NumberEntry::default() });
            continue;
        }
        let (Some(entry), Some((name, value))) = (all.last_mut(), line.split_once(" = ")) else { continue };
        match name {
            "source" => entry.source = value,
            "checked" => entry.checked = value,
            "kinds" => {
                let kinds = value.split_whitespace().filter_map(|item| {
                    let (name, place) = item.split_once(':')?;
                    Some((DangerKind::from_name(name)?, place.parse().ok()?))
                });
                entry.kinds = kinds.collect();
            }
            lang => entry.labels.push((lang, value)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LANGUAGES;

    /// What a file for a new language lacks is said here.
    #[test]
    fn every_number_has_a_source_a_date_and_a_label_in_every_language() {
        let all = parse_entries(FILE);
        let mut missing = Vec::new();
        for entry in &all {
            assert!(
                !entry.source.is_empty() && entry.checked.len() == 10,
                "{}: a source and a date",
                entry.number
            );
            assert!(!entry.kinds.is_empty(), "{}: a kind", entry.number);
            for lang in LANGUAGES {
                if entry.label(lang).is_none() {
                    missing.push(format!("{} {} {lang}", entry.country, entry.number));
                }
            }
        }
        assert!(missing.is_empty(), "safety/data/numbers.txt lacks labels: {missing:?}");
        for country in ["vn", GENERAL] {
            for kind in DangerKind::ALL {
                assert!(
                    !find_numbers(country, kind, "vi").is_empty(),
                    "{country}: nobody to call for {}",
                    kind.name()
                );
            }
        }
        assert_eq!(
            find_numbers("vn", DangerKind::Fire, "vi").first().map(|first| first.number.as_str()),
            Some("114")
        );
        assert_eq!(
            find_numbers("de", DangerKind::Fire, "en").first().map(|first| first.number.as_str()),
            Some("112")
        );
    }
}
