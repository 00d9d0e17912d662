//! Reads `[desk]`, and what intents say about people.

use super::{
    fields::{SourceSpan, TomlTable},
    id::read_id,
    texts::TextRequirement::Needed,
};
use crate::{DeskConfig, DeskDepartment};

/// What an intent asks of the desk: what it is called there, and where that is written.
pub(super) type Asks = Vec<(&'static str, String, SourceSpan)>;

pub(super) fn read_desk(fields: &TomlTable<'_>) -> Option<DeskConfig> {
    let table = fields.read_table("desk")?;
    let mut departments: Vec<DeskDepartment> = Vec::new();
    for row in table.read_tables("departments") {
        let department = DeskDepartment { id: read_id(&row, "id"), name: row.read_text("name", Needed) };
        if departments.iter().any(|other| other.id == department.id) {
            let what = format!("\"{}\" is the id of another department too", department.id);
            row.report_error("id", row.span.clone(), what, "choose another");
        }
        row.report_unknown_keys();
        departments.push(department);
    }
    let queue = table.read_number("queue", 1..501, DeskConfig::QUEUE);
    let approve_agency = table.read_flag("approve_agency");
    table.report_unknown_keys();
    Some(DeskConfig { departments, queue, approve_agency })
}

/// `person`, `approve` and `department` of an intent.
pub(super) fn read_handoff_options(fields: &TomlTable<'_>) -> (bool, bool, Option<String>, Asks) {
    let span = |key| fields.get_value(key).map_or(fields.span.clone(), |value| value.span());
    let (person, approve) = (fields.read_flag("person"), fields.read_flag("approve"));
    let fix = "write the id of one of [[desk.departments]]";
    let department = fields.read_string("department", fields.get_value("department"), fix);
    let flags = [("person", person), ("approve", approve)].into_iter().filter(|(_, on)| *on);
    let mut asks: Asks = flags.map(|(key, _)| (key, String::new(), span(key))).collect();
    asks.extend(department.iter().map(|(name, span)| ("department", name.clone(), span.clone())));
    (person, approve, department.map(|(name, _)| name), asks)
}
