//! Reads `[feedback]` and `[files]`.

use super::fields::TomlTable;
use crate::{Feedback, Files, KINDS};

pub(super) fn read_feedback(fields: &TomlTable<'_>) -> Feedback {
    let usual = Feedback::default();
    let Some(table) = fields.read_table("feedback") else { return usual };
    let feedback =
        Feedback { thumbs: table.flag_or("thumbs", usual.thumbs), survey: table.read_flag("survey") };
    table.report_unknown_keys();
    feedback
}

pub(super) fn read_files(fields: &TomlTable<'_>) -> Option<Files> {
    let table = fields.read_table("files")?;
    let allow = read_file_kinds(&table, true);
    let max_mb = table.read_number("max_mb", 1..Files::MOST_MB + 1, Files::USUAL_MB);
    table.report_unknown_keys();
    (!allow.is_empty()).then_some(Files { allow, max_mb })
}

/// The kinds of files in `allow`.
pub(super) fn read_file_kinds(table: &TomlTable<'_>, needed: bool) -> Vec<String> {
    let known: Vec<&str> = KINDS.iter().map(|(ending, _)| *ending).collect();
    let fix = format!("choose from: {}", known.join(", "));
    let mut allow: Vec<String> = Vec::new();
    let listed = if needed { table.require_value("allow", &fix) } else { table.get_value("allow") };
    for (ending, span) in table.read_strings("allow", listed) {
        if !known.contains(&ending.as_str()) {
            table.report_error(
                "allow",
                span,
                format!("\"{ending}\" is not a kind of file that can be taken"),
                &fix,
            );
        } else if !allow.contains(&ending) {
            allow.push(ending);
        }
    }
    allow
}
