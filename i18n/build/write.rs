//! The catalogue as Rust: one string and its ends a language, an enum of what is said as it stands, a method for each message with
//! something to fill in.

use crate::{
    STAFF, STAFF_SECTIONS, WIDGET,
    read::{Catalogue, CatalogueMessage, snake_case},
};
use std::{collections::BTreeMap, fmt::Write};

/// A message for visitors: where it stands in the English file, and what it is.
struct MessageEntry<'a> {
    section: &'a str,
    key: &'a str,
    english: &'a CatalogueMessage,
}

type All<'a> = BTreeMap<&'a str, Catalogue>;

/// The whole of `catalogue.rs`.
pub fn write_catalogue(all: &All<'_>, english: &Catalogue) -> Result<String, String> {
    let words: Vec<String> = wire::Word::ALL.iter().map(|word| snake_case(&format!("{word:?}"))).collect();
    let entries = |wanted: &dyn Fn(&CatalogueMessage) -> bool| -> Vec<MessageEntry<'_>> {
        let visitors = english
            .sections
            .iter()
            .filter(|(name, _)| *name != WIDGET && !STAFF_SECTIONS.iter().any(|(staff, _)| staff == name));
        let each = visitors.flat_map(|(section, keys)| {
            keys.iter().map(move |(key, english)| MessageEntry { section, key, english })
        });
        each.filter(|entry| wanted(entry.english)).collect()
    };
    let is_plain = |message: &CatalogueMessage| {
        matches!(message, CatalogueMessage::Text(_)) && message.placeholders().is_empty()
    };
    let (plain, filled) = (entries(&is_plain), entries(&|message| !is_plain(message)));
    let mut out = write_languages();
    write_messages(&mut out, &plain, english)?;
    write_methods(&mut out, words.len() + plain.len(), &filled, english)?;
    write_texts(&mut out, all, &words, plain.iter().chain(&filled))?;
    for (section, name) in STAFF_SECTIONS {
        write_staff(&mut out, all, english, section, name)?;
    }
    Ok(out)
}

fn write_languages() -> String {
    let mut out = String::from(
        "/// A language that visitors are spoken to in.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\npub enum Lang {\n",
    );
    let mut codes = String::new();
    for (code, name) in wire::LANGUAGES {
        let _ = writeln!(out, "    /// {name}.\n    {},", pascal(code));
        let _ = writeln!(codes, "            Lang::{} => {code:?},", pascal(code));
    }
    let all: Vec<String> =
        wire::LANGUAGES.iter().map(|(code, _)| format!("Lang::{}", pascal(code))).collect();
    let _ = write!(
        out,
        "}}\n\nimpl Lang {{\n    /// All of them, in the order of `wire::LANGUAGES`.\n    \
         pub const ALL: [Lang; {}] = [{}];\n\n    /// Its code, as BCP 47.\n    \
         pub fn code(self) -> &'static str {{\n        match self {{\n{codes}        }}\n    }}\n}}\n\n",
        all.len(),
        all.join(", ")
    );
    out
}

fn write_messages(out: &mut String, plain: &[MessageEntry<'_>], english: &Catalogue) -> Result<(), String> {
    out.push_str(
        "/// A sentence or a label that is said as it stands.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\npub enum Msg {\n",
    );
    let mut names = Vec::new();
    for entry in plain {
        let name = pascal(entry.key);
        if names.contains(&name) {
            return Err(format!("en.toml: [{}] {} stands in another section too", entry.section, entry.key));
        }
        let _ = writeln!(out, "{}    {name},", doc(entry, english));
        names.push(name);
    }
    let all: Vec<String> = names.iter().map(|name| format!("Msg::{name}")).collect();
    let _ = write!(
        out,
        "}}\n\nimpl Msg {{\n    /// All of them.\n    pub const ALL: &[Msg] = &[{}];\n}}\n\n",
        all.join(", ")
    );
    Ok(())
}

fn write_methods(
    out: &mut String,
    first: usize,
    filled: &[MessageEntry<'_>],
    english: &Catalogue,
) -> Result<(), String> {
    out.push_str("impl Lang {\n");
    let mut at = first;
    for entry in filled {
        let doc = doc(entry, english);
        let (key, names) = (entry.key, entry.english.placeholders());
        match entry.english {
            CatalogueMessage::List(items) => {
                let _ = writeln!(
                    out,
                    "{doc}    ///\n    /// Empty where `at` is not less than {0}.\n    pub fn {key}(self, at: usize) -> &'static str {{\n        \
                     if at < {0} {{ self.text_at({at} + at) }} else {{ \"\" }}\n    }}\n",
                    items.len()
                );
                at += items.len();
                continue;
            }
            CatalogueMessage::Counted(_) => {
                let [name] = names.as_slice() else {
                    return Err(format!("en.toml: [{}] {key} counts more than one thing", entry.section));
                };
                let _ = writeln!(
                    out,
                    "{doc}    pub fn {key}(self, {name}: impl Into<u64>) -> String {{\n        self.format_counted({at}, {name}.into())\n    }}\n"
                );
            }
            CatalogueMessage::Text(_) => {
                let arguments: Vec<String> =
                    names.iter().map(|name| format!("{name}: impl std::fmt::Display")).collect();
                let values: Vec<String> = names.iter().map(|name| format!("&{name}.to_string()")).collect();
                let _ = writeln!(
                    out,
                    "{doc}    pub fn {key}(self, {}) -> String {{\n        fill(self.text_at({at}), &[{}])\n    }}\n",
                    arguments.join(", "),
                    values.join(", ")
                );
            }
        }
        at += 1;
    }
    out.push_str("}\n\n");
    Ok(())
}

fn write_texts<'a>(
    out: &mut String,
    all: &All<'_>,
    words: &[String],
    entries: impl Iterator<Item = &'a MessageEntry<'a>>,
) -> Result<(), String> {
    let entries: Vec<&MessageEntry<'_>> = entries.collect();
    let _ = writeln!(
        out,
        "/// Where the first of [`Msg`] stands among the texts; the widget's words are before it.\n\
         const FIRST: usize = {};\n\n/// Each language's texts in one, and where each of them ends.\n\
         const TEXTS: [(&str, &[u16]); {}] = [",
        words.len(),
        wire::LANGUAGES.len()
    );
    for (code, _) in wire::LANGUAGES {
        let own = all.get(code).ok_or("a language is missing")?;
        let (mut text, mut ends) = (String::new(), Vec::new());
        let mut add = |piece: String| -> Result<(), String> {
            text.push_str(&piece);
            ends.push(u16::try_from(text.len()).map_err(|_| format!("{code}.toml is longer than 64 KiB"))?);
            Ok(())
        };
        for word in words {
            let message =
                own.sections.get(WIDGET).and_then(|keys| keys.get(word)).ok_or("a word is missing")?;
            add(stored_form(message, &[]))?;
        }
        for entry in &entries {
            let own = own.sections.get(entry.section).and_then(|keys| keys.get(entry.key));
            match own.ok_or("a message is missing")? {
                CatalogueMessage::List(items) => items.iter().try_for_each(|item| add(item.clone()))?,
                message => add(stored_form(message, &entry.english.placeholders()))?,
            }
        }
        let _ = writeln!(out, "    ({text:?}, &{ends:?}),");
    }
    out.push_str("];\n\n");
    Ok(())
}

/// A message as it is kept: `{name}` becomes the number of that name in `names`, or `{}` where there are none.
fn stored_form(message: &CatalogueMessage, names: &[String]) -> String {
    let numbered = |text: &str| {
        let mut text = text.to_owned();
        for name in message.placeholders() {
            let number = names.iter().position(|other| *other == name);
            let number = number.map(|at| at.to_string()).unwrap_or_default();
            text = text.replace(&format!("{{{name}}}"), &format!("{{{number}}}"));
        }
        text
    };
    match message {
        CatalogueMessage::Text(text) => numbered(text),
        CatalogueMessage::List(items) => items.join("|"),
        CatalogueMessage::Counted(forms) => {
            let forms: Vec<String> =
                forms.iter().map(|(name, text)| format!("{name}:{}", numbered(text))).collect();
            forms.join("|")
        }
    }
}

/// A struct for a section that staff read, and a constant of it for each of their languages.
fn write_staff(
    out: &mut String,
    all: &All<'_>,
    english: &Catalogue,
    section: &str,
    name: &str,
) -> Result<(), String> {
    let keys = english.sections.get(section).ok_or("a section of the staff is missing")?;
    let _ = write!(
        out,
        "/// The messages of `[{section}]` in one language.\n#[derive(Debug, PartialEq)]\npub struct {name} {{\n    \
         /// The language.\n    pub lang: StaffLang,\n"
    );
    for (key, message) in keys {
        let kind = match message {
            CatalogueMessage::Text(_) if message.placeholders().is_empty() => "&'static str".to_owned(),
            CatalogueMessage::Text(_) => "Template".to_owned(),
            CatalogueMessage::Counted(_) => "Counted".to_owned(),
            CatalogueMessage::List(items) => format!("[&'static str; {}]", items.len()),
        };
        let entry = MessageEntry { section, key, english: message };
        let _ = writeln!(out, "{}    pub {key}: {kind},", doc(&entry, english));
    }
    out.push_str("}\n\n");
    let mut arms = String::new();
    for code in STAFF {
        let own = all.get(code).and_then(|own| own.sections.get(section)).ok_or("a language is missing")?;
        let constant = format!("{}_{}", section.to_uppercase(), code.to_uppercase());
        let _ =
            writeln!(out, "static {constant}: {name} = {name} {{\n    lang: StaffLang::{},", pascal(code));
        for (key, message) in own {
            let value = match message {
                CatalogueMessage::Text(text) if message.placeholders().is_empty() => format!("{text:?}"),
                CatalogueMessage::List(items) => format!("{items:?}"),
                CatalogueMessage::Counted(_) | CatalogueMessage::Text(_) => {
                    let is_counted = matches!(keys.get(key), Some(CatalogueMessage::Counted(_)));
                    let kind = if is_counted { "Counted" } else { "Template" };
                    format!("{kind}({:?})", stored_form(message, &message.placeholders()))
                }
            };
            let _ = writeln!(out, "    {key}: {value},");
        }
        out.push_str("};\n\n");
        let _ = writeln!(arms, "            StaffLang::{} => &{constant},", pascal(code));
    }
    let _ = write!(
        out,
        "impl StaffLang {{\n    /// The messages of `[{section}]`.\n    pub fn {section}(self) -> &'static {name} {{\n        \
         match self {{\n{arms}        }}\n    }}\n}}\n\n"
    );
    Ok(())
}

/// What the documentation says of a message: its comment, and the English text.
fn doc(entry: &MessageEntry<'_>, english: &Catalogue) -> String {
    let comment = english.comments.get(&(entry.section.to_owned(), entry.key.to_owned()));
    let comment = comment.map(|comment| format!("    /// {comment}\n    ///\n")).unwrap_or_default();
    let english = entry.english.texts().join(" | ").replace('\n', " ").replace('`', "'");
    format!("{comment}    /// `{english}`\n")
}

/// `too_long` as `TooLong`.
fn pascal(key: &str) -> String {
    let first = |part: &str| {
        let mut chars = part.chars();
        chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
    };
    key.split('_').map(first).collect()
}
