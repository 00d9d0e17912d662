//! Texts of others in what the operator reads. `{:?}` would do the same and says nothing in the worker, which is built without it
//! (`docs/bench.md`).

/// `text` in quotation marks on one line, with escapes for what would break the line or can't be seen.
///
/// ```
/// use hoi_core::quote::quote_text;
/// assert_eq!(quote_text("phường 3"), "\"phường 3\"");
/// assert_eq!(quote_text("a\"\nb\u{202e}"), r#""a\"\nb\u{202e}""#);
/// ```
pub fn quote_text(text: &str) -> String {
    format!("\"{}\"", text.escape_debug())
}
