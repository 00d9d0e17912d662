//! Tables for other programs.

/// `rows` under `head` as comma-separated values (RFC 4180), after a mark by which spreadsheets know UTF-8.
///
/// What a spreadsheet would take for a formula gets an apostrophe in front: a cell may hold what a stranger wrote.
pub fn to_csv<const N: usize>(head: &[&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut text = String::from('\u{feff}');
    push_row(&mut text, head.iter().copied());
    for each in rows {
        push_row(&mut text, each.iter().map(String::as_str));
    }
    text
}

fn push_row<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(',');
        }
        let harmful = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let quoted = harmful || cell.contains([',', '"', '\n', '\r']);
        if !quoted {
            text.push_str(cell);
            continue;
        }
        text.push('"');
        if harmful {
            text.push('\'');
        }
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
}
