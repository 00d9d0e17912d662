//! What an agency says in each of its languages.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A language as BCP 47, lower case: `vi`, `en`, `fr`.
pub type Lang = String;

/// A text in one or more languages, never in none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<Lang, String>);

impl Text {
    /// The text in `lang`, else in the first of `languages` it has, else in any.
    pub fn get(&self, lang: &str, languages: &[Lang]) -> &str {
        pick(&self.0, lang, languages).map_or("", String::as_str)
    }
}

/// A list of texts in one or more languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lists(pub BTreeMap<Lang, Vec<String>>);

impl Lists {
    /// The list in `lang`, else in the first of `languages` it has, else in any; empty if there is none.
    pub fn get(&self, lang: &str, languages: &[Lang]) -> &[String] {
        pick(&self.0, lang, languages).map_or(&[], Vec::as_slice)
    }
}

fn pick<'a, T>(map: &'a BTreeMap<Lang, T>, lang: &str, languages: &[Lang]) -> Option<&'a T> {
    map.get(lang).or_else(|| languages.iter().find_map(|l| map.get(l))).or_else(|| map.values().next())
}
