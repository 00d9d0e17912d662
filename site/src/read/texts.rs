//! Reads what is written in several languages.

use super::fields::{SourceSpan, TomlTable, TomlValue, as_str};
use crate::{Lists, Text};

/// Whether a text may be left out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TextRequirement {
    Needed,
    Optional,
}

impl<'a> TomlTable<'a> {
    /// A text in every language of the site: `key.vi = "…"`. A site of one language may write `key = "…"`.
    pub fn read_text(&self, key: &'static str, presence: TextRequirement) -> Text {
        let fix = self.example_line(key, "\"…\"");
        let value = if presence == TextRequirement::Needed {
            self.require_value(key, &fix)
        } else {
            self.get_value(key)
        };
        let mut text = Text::default();
        self.each_language(key, value, &fix, |fields, lang, value| {
            if let Some((words, _)) = fields.read_string(lang, Some(value), &fix) {
                text.0.insert(lang.to_owned(), words);
            }
        });
        text
    }

    /// A list of texts, in every language where any is given.
    pub fn read_lists(&self, key: &'static str, presence: TextRequirement) -> Lists {
        self.spanned_lists(key, presence).0
    }

    /// Like [`TomlTable::read_lists`], with the place of every item.
    pub fn spanned_lists(
        &self,
        key: &'static str,
        presence: TextRequirement,
    ) -> (Lists, Vec<(String, String, SourceSpan)>) {
        let fix = self.example_line(key, "[\"…\"]");
        let value = if presence == TextRequirement::Needed {
            self.require_value(key, &fix)
        } else {
            self.get_value(key)
        };
        let mut lists = Lists::default();
        let mut places = Vec::new();
        self.each_language(key, value, &fix, |fields, lang, value| {
            let items = fields.read_strings(lang, Some(value));
            places.extend(items.iter().map(|(text, span)| (lang.to_owned(), text.clone(), span.clone())));
            lists.0.insert(lang.to_owned(), items.into_iter().map(|(text, _)| text).collect());
        });
        (lists, places)
    }

    /// Visits the value of each language; a language too many or too few is a mistake.
    fn each_language(
        &self,
        key: &'static str,
        value: Option<&'a TomlValue<'a>>,
        fix: &str,
        mut visit: impl FnMut(&TomlTable<'a>, &str, &'a TomlValue<'a>),
    ) {
        let Some(value) = value else { return };
        let languages = self.file.languages;
        if super::fields::as_table(value).is_none() {
            match languages {
                [only] => visit(self, only, value),
                [] => {}
                _ => self.report_error(key, value.span(), "must be given in each language of the site", fix),
            }
            return;
        }
        let Some(fields) = self.read_table(key) else { return };
        if languages.is_empty() {
            // Which ones it should be is a mistake of its own, and told once.
            fields.entries().for_each(|(lang, _, value)| visit(&fields, lang, value));
            return;
        }
        for (lang, span, value) in fields.entries() {
            if languages.iter().any(|l| l == lang) {
                visit(&fields, lang, value);
            } else {
                let what = format!("\"{lang}\" is not a language of this site");
                self.report_error(key, span, what, "add it to languages in site.toml, or take it out here");
            }
        }
        for lang in languages.iter().filter(|lang| !fields.entries().any(|(l, _, _)| l == lang.as_str())) {
            self.report_error(
                key,
                value.span(),
                format!("is missing in \"{lang}\""),
                &format!("add {key}.{lang} = …"),
            );
        }
    }

    fn example_line(&self, key: &str, value: &str) -> String {
        match self.file.languages {
            [] | [_] => format!("write {key} = {value}"),
            languages => {
                let each: Vec<String> =
                    languages.iter().map(|lang| format!("{key}.{lang} = {value}")).collect();
                format!("write {}", each.join(" and "))
            }
        }
    }

    /// A link target that is safe to press: `https:`, `mailto:`, `tel:`.
    pub fn read_href(&self, key: &'static str, value: &'a TomlValue<'a>) -> Option<String> {
        const FIX: &str = "links begin with https://, mailto: or tel:";
        let text = as_str(value).unwrap_or_default();
        let safe = ["https://", "mailto:", "tel:"].iter().any(|scheme| text.starts_with(scheme));
        let plain = !text.chars().any(|c| c.is_control() || c.is_whitespace() || "\"<>\\^`{|}".contains(c));
        if !(safe && plain) {
            self.report_error(key, value.span(), "is not a link that visitors can safely follow", FIX);
            return None;
        }
        Some(text.to_owned())
    }
}
