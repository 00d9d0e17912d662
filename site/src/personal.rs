//! What is done about personal data in what visitors write.

use serde::{Deserialize, Serialize};
use wire::{Care, Kinds, Personal};

/// `[personal_data]` in `site.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonalData {
    /// What is asked about and what is not taken; the page knows it too.
    pub care: Care,
    /// Whether a language model is told what visitors wrote as it is. Otherwise personal data of every kind is hidden
    /// from it.
    pub to_language_model: bool,
}

/// What is done about one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonalDataPolicy {
    /// The visitor is asked first, and may have it hidden.
    Warn,
    /// It is not taken.
    Refuse,
    /// It may be sent.
    Allow,
}

impl Default for PersonalData {
    fn default() -> Self {
        PersonalData { care: Care { warn: Kinds::ALL, refuse: Kinds::default() }, to_language_model: false }
    }
}

impl PersonalData {
    /// What is done about `kind`.
    pub fn policy_for(&self, kind: Personal) -> PersonalDataPolicy {
        match kind {
            kind if self.care.refuse.contains_kind(kind) => PersonalDataPolicy::Refuse,
            kind if self.care.warn.contains_kind(kind) => PersonalDataPolicy::Warn,
            _ => PersonalDataPolicy::Allow,
        }
    }
}
