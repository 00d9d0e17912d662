//! Texts with something to fill in.

use crate::plural;
use std::fmt::Display;

/// A text for staff with one placeholder. It can't be shown without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template(pub(crate) &'static str);

impl Template {
    /// The text with `value` in its place.
    pub fn fill(self, value: impl Display) -> String {
        fill(self.0, &[&value.to_string()])
    }
}

/// A text for staff that is said of a number: its plural forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted(pub(crate) &'static str);

/// `text` with each `{0}`, `{1}` … replaced by the value of that number; a number without a value leaves nothing.
pub(crate) fn fill(text: &str, values: &[&str]) -> String {
    let mut parts = text.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('}').unwrap_or(("", part));
        let value = number.parse::<usize>().ok().and_then(|number| values.get(number));
        out.push_str(value.copied().unwrap_or_default());
        out.push_str(rest);
    }
    out
}

/// The form of a counted text for `n` in the language `code`, filled in.
pub(crate) fn format_count(text: &str, code: &str, n: u64) -> String {
    let category = plural::category(code, usize::try_from(n).unwrap_or(usize::MAX));
    let form = |wanted: &str| text.split('|').find_map(|form| form.strip_prefix(wanted)?.strip_prefix(':'));
    fill(form(category).or_else(|| form("other")).unwrap_or(text), &[&n.to_string()])
}
