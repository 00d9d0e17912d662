//! What a site adds to the safety layer, and how it switches it off.

use crate::{Lang, Text};
use safety::{Addition, Additions, DangerKind, OwnNumber};
use serde::{Deserialize, Serialize};

/// `[safety]`: the layer that answers whoever seems to be in danger, before everything else. It is on unless `off` says why
/// not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Safety {
    /// The country whose emergency numbers are shown, in two letters (`vn`); empty: the general one, 112.
    #[serde(default)]
    pub country: String,
    /// Why the layer is off. `None`: it is on.
    #[serde(default)]
    pub off: Option<String>,
    /// Numbers of the site's own, shown first.
    #[serde(default)]
    pub numbers: Vec<SafetyNumber>,
    /// Words that tell of danger, besides ours.
    #[serde(default)]
    pub danger: Vec<SafetyPhrases>,
    /// Words that never do.
    #[serde(default)]
    pub harmless: Vec<SafetyPhrases>,
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyNumber {
    /// As it is dialled.
    pub number: String,
    /// For which kinds of danger, as [`DangerKind::name`] calls them.
    pub kinds: Vec<String>,
    /// Who answers there.
    pub label: Text,
}

/// Words of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyPhrases {
    /// The kind of danger they tell of; empty for those that tell of none.
    #[serde(default)]
    pub kind: String,
    /// One of [`safety::LANGUAGES`].
    pub lang: Lang,
    /// The words; see `docs/safety.md` for what may stand in them.
    pub phrases: Vec<String>,
}

impl Safety {
    /// The same for the layer itself. What it does not know (a bundle made by hand) is left out.
    pub fn to_additions(&self) -> Additions {
        let numbers = self.numbers.iter().map(|own| OwnNumber {
            number: own.number.clone(),
            kinds: own.kinds.iter().filter_map(|kind| DangerKind::from_name(kind)).collect(),
            labels: own.label.0.iter().map(|(lang, label)| (lang.clone(), label.clone())).collect(),
        });
        let rules = self.danger.iter().filter_map(|own| Some((DangerKind::from_name(&own.kind)?, own)));
        let rule = |kind: DangerKind, own: &SafetyPhrases| {
            let lang = own.lang.clone();
            let each = own.phrases.iter().cloned();
            each.map(move |rule| Addition { kind, lang: lang.clone(), rule }).collect::<Vec<_>>()
        };
        let harmless = self
            .harmless
            .iter()
            .flat_map(|own| own.phrases.iter().map(|phrase| (own.lang.clone(), phrase.clone())));
        Additions {
            country: self.country.clone(),
            rules: rules.flat_map(|(kind, own)| rule(kind, own)).collect(),
            harmless: harmless.collect(),
            numbers: numbers.collect(),
            off: self.off.clone(),
        }
    }
}
