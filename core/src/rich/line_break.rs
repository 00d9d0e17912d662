//! `<br>`, the one piece of HTML that means something here: in a table's cell there is no other way to break a line.

/// `html` with a line break for every `<br>`.
pub fn break_lines(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        match strip_break(tag) {
            Some(behind) => {
                out.push('\n');
                // Where the line ends as well, that is the same break.
                rest = behind.strip_prefix('\n').unwrap_or(behind);
            }
            None => {
                out.push('<');
                rest = tag.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// What follows a `<br>`, however it is written, at the start of `text`.
pub fn strip_break(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('<')?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let (name, rest) = rest.split_at_checked(2)?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('/').unwrap_or(rest).trim_start();
    name.eq_ignore_ascii_case("br").then_some(rest)?.strip_prefix('>')
}
