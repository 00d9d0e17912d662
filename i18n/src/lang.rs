//! What a language says.

use crate::{FIRST, Lang, Msg, TEXTS, fill};
use wire::{Word, Words};

impl Lang {
    /// The language of a tag of BCP 47; only what stands before the first `-` or `_` counts.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let primary = primary_subtag(tag);
        Lang::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }

    /// [`Lang::from_tag`], and English for a language that isn't here: a site may speak any.
    ///
    /// ```
    /// use i18n::Lang;
    /// assert_eq!(Lang::for_tag("vi-VN"), Lang::Vi);
    /// assert_eq!(Lang::for_tag("tlh"), Lang::En);
    /// ```
    pub fn for_tag(tag: &str) -> Lang {
        Lang::from_tag(tag).unwrap_or(Lang::En)
    }

    /// The first language of `accepted` (as in `Accept-Language`) that there is; else English.
    pub fn from_accept_language(accepted: &str) -> Lang {
        let tags = accepted.split(',').map(|item| item.split(';').next().unwrap_or(item).trim());
        tags.filter_map(Lang::from_tag).next().unwrap_or(Lang::En)
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(self) -> bool {
        self == Lang::Ar
    }

    /// What its speakers call it.
    pub fn endonym(self) -> &'static str {
        wire::LANGUAGES.get(self as usize).map_or("", |(_, name)| name)
    }

    /// The text of `message`.
    pub fn text(self, message: Msg) -> &'static str {
        self.text_at(FIRST + message as usize)
    }

    /// One of the widget's words; with `{}` where something belongs.
    pub fn word(self, word: Word) -> &'static str {
        self.text_at(word as usize)
    }

    /// All of the widget's words.
    pub fn words(self) -> Words {
        Words(Word::ALL.iter().map(|&word| self.word(word).to_owned()).collect())
    }

    /// The text at a place that the build wrote down.
    pub(crate) fn text_at(self, place: usize) -> &'static str {
        let Some((text, ends)) = TEXTS.get(self as usize) else { return "" };
        let end = |place: usize| ends.get(place).map(|end| usize::from(*end));
        let start = place.checked_sub(1).map_or(Some(0), end);
        start.zip(end(place)).and_then(|(start, end)| text.get(start..end)).unwrap_or_default()
    }

    /// The text at a place in the form that goes with `n`, filled in.
    pub(crate) fn format_counted(self, place: usize, n: u64) -> String {
        fill::format_count(self.text_at(place), self.code(), n)
    }
}

/// What speakers of `tag` call their language; the tag itself where it isn't known here.
pub fn endonym(tag: &str) -> &str {
    Lang::from_tag(tag).map_or(tag, |lang| lang.endonym())
}

/// The part before the first `-` or `_`.
pub fn primary_subtag(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}
