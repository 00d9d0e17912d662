//! Which way a language is written.

/// `ltr` or `rtl`.
pub(crate) fn text_direction(lang: &str) -> &'static str {
    match lang.split('-').next() {
        Some("ar" | "he" | "fa" | "ur") => "rtl",
        _ => "ltr",
    }
}
