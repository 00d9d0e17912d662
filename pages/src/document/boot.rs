//! Data inside a script element.

use maud::{Markup, PreEscaped};
use serde::Serialize;

/// `value` as JSON that can stand inside `<script>` and inside a JavaScript expression: it holds no `<`, `>` or `&`,
/// which could end the element, and no line separators, which older JavaScript ends a string at.
///
/// A value that can't be written as JSON becomes `null`; the page then goes on without the widget.
pub fn json_for_script<T: Serialize>(value: &T) -> Markup {
    PreEscaped(escape_for_script(value))
}

/// See [`json_for_script`].
pub fn escape_for_script<T: Serialize>(value: &T) -> String {
    let json = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
    let mut safe = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        match c {
            // Outside of strings JSON has none of these, so the escapes always land inside one.
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            _ => safe.push(c),
        }
    }
    safe
}
