//! Names of files.

use crate::limits::sanitize::clean_text;

/// Longest name that is kept, in characters, without its ending.
const MAX_CHARS: usize = 80;

/// `name` as it may be shown and be used for a file: no path, no characters that systems take for something else, and
/// the ending that its bytes deserve.
pub fn safe_name(name: &str, ending: &str) -> String {
    let name = decode_form_name(name);
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let fits = |c: &char| !matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | ';' | '\n' | '\t');
    let clean: String = clean_text(stem).chars().filter(fits).take(MAX_CHARS).collect();
    let clean = clean.trim().trim_matches('.').trim();
    let stem = if clean.is_empty() { "file" } else { clean };
    format!("{stem}.{ending}")
}

/// The name as it was before a browser put it into a form: what would end the name's quotation marks is written as `%22`, and line
/// breaks as `%0D` and `%0A` (HTML, "Multipart form data"). A percent sign itself is left as it is.
fn decode_form_name(name: &str) -> String {
    // Straight quotation marks are no part of a name everywhere; curled ones are.
    let marked = name.replace("%22", "\"").replace("%0D", " ").replace("%0A", " ");
    let mut open = false;
    let curl = |c: char| match c {
        '"' => {
            open = !open;
            if open { '“' } else { '”' }
        }
        c => c,
    };
    marked.chars().map(curl).collect()
}

/// `name` for the header `Content-Disposition`: plain letters for old browsers, and all of it (RFC 8187).
pub fn content_disposition(name: &str) -> String {
    let ascii: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    let mut whole = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            whole.push(char::from(byte));
        } else {
            whole.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{whole}")
}
