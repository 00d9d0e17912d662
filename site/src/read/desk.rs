//! Reads `[desk]`, and what intents say about people.

use super::{
    fields::{Fields, Span},
    settings::id,
    texts::Presence::Needed,
};
use crate::{Department, Desk};

/// What an intent asks of the desk: what it is called there, and where that is written.
pub(super) type Asks = Vec<(&'static str, String, Span)>;

pub(super) fn desk(fields: &Fields<'_>) -> Option<Desk> {
    let table = fields.table("desk")?;
    let mut departments: Vec<Department> = Vec::new();
    for row in table.tables("departments") {
        let department = Department { id: id(&row, "id"), name: row.text("name", Needed) };
        if departments.iter().any(|other| other.id == department.id) {
            let what = format!("\"{}\" is the id of another department too", department.id);
            row.error("id", row.span.clone(), what, "choose another");
        }
        row.finish();
        departments.push(department);
    }
    let queue = table.number("queue", 1..501, Desk::QUEUE);
    let approve_agency = table.flag("approve_agency");
    table.finish();
    Some(Desk { departments, queue, approve_agency })
}

/// `person`, `approve` and `department` of an intent.
pub(super) fn asks(fields: &Fields<'_>) -> (bool, bool, Option<String>, Asks) {
    let span = |key| fields.get(key).map_or(fields.span.clone(), |value| value.span());
    let (person, approve) = (fields.flag("person"), fields.flag("approve"));
    let fix = "write the id of one of [[desk.departments]]";
    let department = fields.string("department", fields.get("department"), fix);
    let flags = [("person", person), ("approve", approve)].into_iter().filter(|(_, on)| *on);
    let mut asks: Asks = flags.map(|(key, _)| (key, String::new(), span(key))).collect();
    asks.extend(department.iter().map(|(name, span)| ("department", name.clone(), span.clone())));
    (person, approve, department.map(|(name, _)| name), asks)
}
