//! Reads `[feedback]` and `[files]`.

use super::fields::Fields;
use crate::{Feedback, Files, KINDS};

pub(super) fn feedback(fields: &Fields<'_>) -> Feedback {
    let usual = Feedback::default();
    let Some(table) = fields.table("feedback") else { return usual };
    let feedback = Feedback { thumbs: table.flag_or("thumbs", usual.thumbs), survey: table.flag("survey") };
    table.finish();
    feedback
}

pub(super) fn files(fields: &Fields<'_>) -> Option<Files> {
    let table = fields.table("files")?;
    let allow = kinds(&table, true);
    let max_mb = table.number("max_mb", 1..Files::MOST_MB + 1, Files::USUAL_MB);
    table.finish();
    (!allow.is_empty()).then_some(Files { allow, max_mb })
}

/// The kinds of files in `allow`.
pub(super) fn kinds(table: &Fields<'_>, needed: bool) -> Vec<String> {
    let known: Vec<&str> = KINDS.iter().map(|(ending, _)| *ending).collect();
    let fix = format!("choose from: {}", known.join(", "));
    let mut allow: Vec<String> = Vec::new();
    let listed = if needed { table.need("allow", &fix) } else { table.get("allow") };
    for (ending, span) in table.strings("allow", listed) {
        if !known.contains(&ending.as_str()) {
            table.error("allow", span, format!("\"{ending}\" is not a kind of file that can be taken"), &fix);
        } else if !allow.contains(&ending) {
            allow.push(ending);
        }
    }
    allow
}
