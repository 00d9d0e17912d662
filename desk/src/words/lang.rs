//! The languages of the desk's own words.

use super::{Words, en, fr, vi};

/// A language of the desk's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
    /// French.
    Fr,
}

impl Lang {
    /// All there are.
    pub const ALL: [Lang; 3] = [Lang::Vi, Lang::En, Lang::Fr];

    /// As BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
            Lang::Fr => "fr",
        }
    }

    /// What its speakers call it.
    pub fn name(self) -> &'static str {
        match self {
            Lang::Vi => "Tiếng Việt",
            Lang::En => "English",
            Lang::Fr => "Français",
        }
    }

    /// The first of `tags` (BCP 47, best first) that there is.
    pub fn best<'a>(tags: impl IntoIterator<Item = &'a str>) -> Option<Lang> {
        let base = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        tags.into_iter().find_map(|tag| Lang::ALL.into_iter().find(|lang| lang.tag() == base(tag)))
    }

    /// Its words.
    pub fn words(self) -> &'static Words {
        match self {
            Lang::Vi => &vi::WORDS,
            Lang::En => &en::WORDS,
            Lang::Fr => &fr::WORDS,
        }
    }
}
