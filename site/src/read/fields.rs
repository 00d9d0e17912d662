//! Reads one TOML table field by field and goes on after every mistake, so that all are reported at once.

use super::report::{Problem, Severity};
use jiff::civil::Date;
use std::{cell::RefCell, collections::BTreeSet, ops::Range};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

pub(super) type SourceSpan = Range<usize>;
pub(super) type TomlValue<'a> = Spanned<DeValue<'a>>;

/// What the readers of one file share.
pub(super) struct FileContext<'a> {
    /// Its index in the report.
    pub source: usize,
    /// The site's languages, known once `site.toml` was read.
    pub languages: &'a [String],
    /// The day on which it is checked; without one nothing is said that a later day would unsay.
    pub today: Option<Date>,
    /// Where mistakes go.
    pub problems: &'a RefCell<Vec<Problem>>,
}

impl FileContext<'_> {
    pub fn report_problem(
        &self,
        severity: Severity,
        span: SourceSpan,
        field: &str,
        what: impl Into<String>,
        fix: &str,
    ) {
        self.problems.borrow_mut().push(Problem {
            severity,
            source: self.source,
            span,
            field: field.to_owned(),
            what: what.into(),
            fix: fix.to_owned(),
        });
    }
}

/// One table of a file.
pub(super) struct TomlTable<'a> {
    pub file: &'a FileContext<'a>,
    pub span: SourceSpan,
    path: String,
    table: &'a DeTable<'a>,
    known: RefCell<BTreeSet<&'static str>>,
}

impl<'a> TomlTable<'a> {
    pub fn new(file: &'a FileContext<'a>, path: String, table: &'a DeTable<'a>, span: SourceSpan) -> Self {
        TomlTable { file, span, path, table, known: RefCell::default() }
    }

    /// The path of a field of this table.
    pub fn field_path(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub fn report_error(&self, key: &str, span: SourceSpan, what: impl Into<String>, fix: &str) {
        self.file.report_problem(Severity::Error, span, &self.field_path(key), what, fix);
    }

    pub fn report_warning(&self, key: &str, span: SourceSpan, what: impl Into<String>, fix: &str) {
        self.file.report_problem(Severity::Warning, span, &self.field_path(key), what, fix);
    }

    /// The value of `key`, noting that the key is one we know.
    pub fn get_value(&self, key: &'static str) -> Option<&'a TomlValue<'a>> {
        self.known.borrow_mut().insert(key);
        self.table.get(key)
    }

    /// The value of `key`; its absence is a mistake.
    pub fn require_value(&self, key: &'static str, fix: &str) -> Option<&'a TomlValue<'a>> {
        let found = self.get_value(key);
        if found.is_none() {
            self.report_error(key, self.span.clone(), "is missing", fix);
        }
        found
    }

    /// A string; of another type or blank is a mistake.
    pub fn read_string(
        &self,
        key: &str,
        value: Option<&'a TomlValue<'a>>,
        fix: &str,
    ) -> Option<(String, SourceSpan)> {
        let value = value?;
        let text = as_str(value).map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            self.report_error(key, value.span(), "must be a text, and not an empty one", fix);
        }
        Some((text?.to_owned(), value.span()))
    }

    /// A whole number within `range`; `default` where absent or wrong.
    pub fn read_number(&self, key: &'static str, range: Range<u32>, default: u32) -> u32 {
        let Some(value) = self.get_value(key) else { return default };
        let number = as_integer(value).and_then(|n| u32::try_from(n).ok()).filter(|n| range.contains(n));
        number.unwrap_or_else(|| {
            let what = format!("must be a whole number from {} to {}", range.start, range.end - 1);
            self.report_error(key, value.span(), what, &format!("write, for example, {key} = {default}"));
            default
        })
    }

    /// `true` or `false`.
    pub fn read_flag(&self, key: &'static str) -> bool {
        self.flag_or(key, false)
    }

    /// `true` or `false`; `default` where it is absent.
    pub fn flag_or(&self, key: &'static str, default: bool) -> bool {
        let Some(value) = self.get_value(key) else { return default };
        match value.get_ref() {
            DeValue::Boolean(flag) => *flag,
            _ => {
                self.report_error(
                    key,
                    value.span(),
                    "must be true or false",
                    "write it without quotation marks",
                );
                false
            }
        }
    }

    /// One of a few words.
    pub fn read_choice<T: Copy + Default>(&self, key: &'static str, choices: &[(&str, T)]) -> T {
        let Some(value) = self.get_value(key) else { return T::default() };
        let found = as_str(value).and_then(|word| choices.iter().find(|(name, _)| *name == word));
        let Some((_, chosen)) = found else {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let fix = format!("choose one of: {}", names.join(", "));
            self.report_error(key, value.span(), "is not a word known here", &fix);
            return T::default();
        };
        *chosen
    }

    /// A table inside this one.
    pub fn read_table(&self, key: &'static str) -> Option<TomlTable<'a>> {
        let value = self.get_value(key)?;
        let Some(table) = as_table(value) else {
            self.report_error(
                key,
                value.span(),
                "must be a table",
                &format!("write it as [{}]", self.field_path(key)),
            );
            return None;
        };
        Some(TomlTable::new(self.file, self.field_path(key), table, value.span()))
    }

    /// The tables of an array of tables.
    pub fn read_tables(&self, key: &'static str) -> Vec<TomlTable<'a>> {
        let Some(value) = self.get_value(key) else { return Vec::new() };
        let Some(items) = as_array(value) else {
            self.report_error(
                key,
                value.span(),
                "must be a list of tables",
                &format!("write each as [[{}]]", self.field_path(key)),
            );
            return Vec::new();
        };
        let mut out = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let path = format!("{}[{index}]", self.field_path(key));
            match as_table(item) {
                Some(table) => out.push(TomlTable::new(self.file, path, table, item.span())),
                None => self.report_error(key, item.span(), "must be a table", "write it in { }"),
            }
        }
        out
    }

    /// A list of strings.
    pub fn read_strings(&self, key: &str, value: Option<&'a TomlValue<'a>>) -> Vec<(String, SourceSpan)> {
        let Some(value) = value else { return Vec::new() };
        let Some(items) = as_array(value) else {
            self.report_error(
                key,
                value.span(),
                "must be a list of texts",
                "write it in [ ], each text in quotation marks",
            );
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| self.read_string(key, Some(item), "write it in quotation marks"))
            .collect()
    }

    /// The keys and values, for tables whose keys are languages.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, SourceSpan, &'a TomlValue<'a>)> {
        self.table.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value))
    }

    /// Reports every key that nobody asked for, with the one that was probably meant.
    pub fn report_unknown_keys(self) {
        let known = self.known.borrow();
        for (key, _) in self.table.iter() {
            let name: &str = key.get_ref().as_ref();
            if known.contains(name) {
                continue;
            }
            let near = known
                .iter()
                .min_by_key(|k| strsim::levenshtein(name, k))
                .filter(|k| strsim::levenshtein(name, k) <= 2);
            let fix = match near {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("known here: {}", known.iter().copied().collect::<Vec<_>>().join(", ")),
            };
            self.file.report_problem(
                Severity::Error,
                key.span(),
                &self.field_path(name),
                "is not a field known here",
                &fix,
            );
        }
    }
}

pub(super) fn as_str<'a>(value: &'a TomlValue<'_>) -> Option<&'a str> {
    match value.get_ref() {
        DeValue::String(text) => Some(text),
        _ => None,
    }
}

pub(super) fn as_array<'a, 'b>(value: &'a TomlValue<'b>) -> Option<&'a [TomlValue<'b>]> {
    match value.get_ref() {
        DeValue::Array(items) => Some(items),
        _ => None,
    }
}

pub(super) fn as_table<'a, 'b>(value: &'a TomlValue<'b>) -> Option<&'a DeTable<'b>> {
    match value.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

/// The value as JSON; nothing for dates and for numbers that JSON does not have.
pub(super) fn to_json(value: &TomlValue<'_>) -> Option<serde_json::Value> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.as_ref().into()),
        DeValue::Integer(_) => Some(as_integer(value)?.into()),
        DeValue::Float(number) => Some(serde_json::Number::from_f64(number.as_str().parse().ok()?)?.into()),
        DeValue::Boolean(flag) => Some((*flag).into()),
        DeValue::Datetime(_) => None,
        DeValue::Array(items) => items.iter().map(to_json).collect::<Option<Vec<_>>>().map(Into::into),
        DeValue::Table(table) => {
            let pairs = table.iter().map(|(key, value)| Some((key.get_ref().to_string(), to_json(value)?)));
            pairs.collect::<Option<serde_json::Map<_, _>>>().map(Into::into)
        }
    }
}

fn as_integer(value: &TomlValue<'_>) -> Option<i64> {
    match value.get_ref() {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}
