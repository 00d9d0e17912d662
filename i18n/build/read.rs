//! One language's file, and what is wrong with it.

use crate::{DATE, STAFF, STAFF_SECTIONS, WIDGET, plural};
use std::collections::BTreeMap;

/// What a key says.
#[derive(Debug, Clone, PartialEq)]
pub enum CatalogueMessage {
    /// One sentence or label.
    Text(String),
    /// A form for each plural category, in CLDR's order.
    Counted(Vec<(String, String)>),
    /// A list, such as the days of the week.
    List(Vec<String>),
}

/// The messages of one language by section and key.
pub struct Catalogue {
    /// The sections.
    pub sections: BTreeMap<String, BTreeMap<String, CatalogueMessage>>,
    /// Comments above a key, by section and key: what a translator needs to know.
    pub comments: BTreeMap<(String, String), String>,
}

impl Catalogue {
    /// Reads `text`, the file of the language `code`.
    pub fn read_catalogue(code: &str, text: &str, wrong: &mut Vec<String>) -> Catalogue {
        let mut sections: BTreeMap<String, BTreeMap<String, CatalogueMessage>> = BTreeMap::new();
        let table = text.parse::<toml::Table>().unwrap_or_else(|error| {
            wrong.push(format!("{code}.toml: {error}"));
            toml::Table::new()
        });
        for (section, keys) in table {
            let own = sections.entry(section.clone()).or_default();
            for (key, value) in keys.as_table().cloned().unwrap_or_default() {
                match parse_message(code, &value) {
                    Some(message) => drop(own.insert(key, message)),
                    None => {
                        wrong.push(format!("{code}.toml: [{section}] {key} has other plurals than {code}"))
                    }
                }
            }
        }
        Catalogue { sections, comments: comments(text) }
    }
}

fn parse_message(code: &str, value: &toml::Value) -> Option<CatalogueMessage> {
    match value {
        toml::Value::String(text) => Some(CatalogueMessage::Text(text.clone())),
        toml::Value::Array(items) => items
            .iter()
            .map(|item| item.as_str().map(str::to_owned))
            .collect::<Option<_>>()
            .map(CatalogueMessage::List),
        toml::Value::Table(forms) => {
            let needed = plural::categories(code);
            let form = |name: &&str| Some(((*name).to_owned(), forms.get(*name)?.as_str()?.to_owned()));
            let all = needed.iter().map(form).collect::<Option<Vec<_>>>()?;
            (all.len() == forms.len()).then_some(CatalogueMessage::Counted(all))
        }
        _ => None,
    }
}

fn comments(text: &str) -> BTreeMap<(String, String), String> {
    let (mut section, mut above) = (String::new(), Vec::new());
    let mut all = BTreeMap::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name.to_owned();
            above.clear();
        } else if let Some(comment) = line.strip_prefix("# ") {
            above.push(comment);
        } else {
            if let Some((key, _)) = line.split_once(" = ").filter(|_| !above.is_empty()) {
                all.insert((section.clone(), key.to_owned()), above.join(" "));
            }
            above.clear();
        }
    }
    all
}

/// Holds the keys of the widget's section against `wire::Word`.
pub fn check_widget(english: &Catalogue, wrong: &mut Vec<String>) {
    let names: Vec<String> = wire::Word::ALL.iter().map(|word| snake_case(&format!("{word:?}"))).collect();
    let keys = english.sections.get(WIDGET).cloned().unwrap_or_default();
    for name in names.iter().filter(|name| !keys.contains_key(*name)) {
        wrong.push(format!("en.toml: [widget] lacks {name}"));
    }
    for key in keys.keys().filter(|key| !names.contains(key)) {
        wrong.push(format!("en.toml: [widget] {key} is no word of the widget's"));
    }
}

/// `TooLong` as `too_long`.
pub fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if !out.is_empty() && (c.is_ascii_uppercase() || c.is_ascii_digit()) {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// Holds `own`, the catalogue of `code`, against the English one: the same keys, of the same kinds, with the same placeholders.
pub fn check_catalogue(code: &str, own: &Catalogue, english: &Catalogue, wrong: &mut Vec<String>) {
    for (section, keys) in &english.sections {
        let staff = STAFF_SECTIONS.iter().any(|(name, _)| name == section);
        let own = own.sections.get(section);
        if staff && !STAFF.contains(&code) {
            if own.is_some() {
                wrong.push(format!("{code}.toml: [{section}] is not in the languages of the staff"));
            }
            continue;
        }
        let empty = BTreeMap::new();
        let own = own.unwrap_or(&empty);
        for (key, message) in keys {
            match own.get(key) {
                None => wrong.push(format!("{code}.toml: [{section}] lacks {key}")),
                Some(own) => wrong.extend(
                    difference(own, message, section == DATE)
                        .map(|what| format!("{code}.toml: [{section}] {key} {what}")),
                ),
            }
        }
        for key in own.keys().filter(|key| !keys.contains_key(*key)) {
            wrong.push(format!("{code}.toml: [{section}] {key} is not in en.toml"));
        }
    }
    for section in own.sections.keys().filter(|name| !english.sections.contains_key(*name)) {
        wrong.push(format!("{code}.toml: [{section}] is not in en.toml"));
    }
}

/// What is wrong with `own` beside the English message.
fn difference(own: &CatalogueMessage, english: &CatalogueMessage, lenient: bool) -> Option<String> {
    let texts = own.texts();
    if texts.iter().any(|text| text.trim().is_empty()) {
        return Some("is empty".to_owned());
    }
    let lists = (own.is_list(), english.is_list());
    if lists.0 != lists.1 || (lists.0 && texts.len() != english.texts().len()) {
        return Some("is another list than the English one".to_owned());
    }
    if lists.0 {
        return None;
    }
    let names = english.placeholders();
    for text in texts {
        let mut held = placeholders(text);
        held.sort();
        let mut wanted = names.clone();
        wanted.sort();
        let known = held.iter().all(|name| wanted.contains(name));
        // "One message", in Arabic "two messages", may be said without a number.
        let may_lack = lenient || matches!(own, CatalogueMessage::Counted(_));
        if !known || (held != wanted && !may_lack) {
            return Some(format!("has the placeholders {held:?}, not {wanted:?}"));
        }
    }
    None
}

impl CatalogueMessage {
    /// Every text in it.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            CatalogueMessage::Text(text) => vec![text],
            CatalogueMessage::Counted(forms) => forms.iter().map(|(_, text)| text.as_str()).collect(),
            CatalogueMessage::List(items) => items.iter().map(String::as_str).collect(),
        }
    }

    /// The names of its placeholders, in the order of the text that has most.
    pub fn placeholders(&self) -> Vec<String> {
        let each = self.texts().into_iter().map(placeholders);
        each.max_by_key(Vec::len).unwrap_or_default()
    }

    fn is_list(&self) -> bool {
        matches!(self, CatalogueMessage::List(_))
    }
}

fn placeholders(text: &str) -> Vec<String> {
    let named = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    named.map(|(name, _)| name.to_owned()).collect()
}
