//! Ids of sites, intents, fields and departments.

use super::fields::TomlTable;

/// An id: what may stand in a URL and a file name.
pub(super) fn read_id(fields: &TomlTable<'_>, key: &'static str) -> String {
    const FIX: &str = "use lower-case letters a-z, digits and \"-\", at most 64, for example \"khai-sinh\"";
    let Some((text, span)) = fields.read_string(key, fields.require_value(key, FIX), FIX) else {
        return String::new();
    };
    if !is_id(&text) {
        fields.report_error(key, span, format!("\"{text}\" can't be used in an address"), FIX);
    }
    text
}

/// Whether `text` is one.
pub(super) fn is_id(text: &str) -> bool {
    let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    plain && (1..=64).contains(&text.len()) && !text.starts_with('-') && !text.ends_with('-')
}
