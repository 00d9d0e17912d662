//! Reads `[limits]`.

use super::fields::TomlTable;
use crate::Limits;

/// Most of anything a day.
const MOST: u32 = 10_000_000;

pub(super) fn read_limits(fields: &TomlTable<'_>) -> Limits {
    let usual = Limits::default();
    let Some(table) = fields.read_table("limits") else { return usual };
    let number = |key, most: u32, usual| table.read_number(key, 1..most + 1, usual);
    let daily = |key, usual| number(key, MOST, usual);
    let limits = Limits {
        messages_per_minute: number("messages_per_minute", 100_000, usual.messages_per_minute),
        messages_per_day: daily("messages_per_day", usual.messages_per_day),
        address_connections_per_minute: number(
            "address_connections_per_minute",
            10_000,
            usual.address_connections_per_minute,
        ),
        address_conversations_per_day: daily(
            "address_conversations_per_day",
            usual.address_conversations_per_day,
        ),
        address_messages_per_day: daily("address_messages_per_day", usual.address_messages_per_day),
        site_messages_per_day: daily("site_messages_per_day", usual.site_messages_per_day),
        agency_questions_per_day: daily("agency_questions_per_day", usual.agency_questions_per_day),
    };
    report_contradictions(&table, &limits);
    table.report_unknown_keys();
    limits
}

/// One visitor can't use what an address may not, nor an address what the site may not.
fn report_contradictions(table: &TomlTable<'_>, limits: &Limits) {
    let steps = [
        ("messages_per_day", limits.messages_per_day),
        ("address_messages_per_day", limits.address_messages_per_day),
        ("site_messages_per_day", limits.site_messages_per_day),
    ];
    for pair in steps.windows(2) {
        if let [(small, few), (large, many)] = pair
            && few > many
        {
            let what = format!("is {many}, so nobody ever gets to the {few} of {small}");
            table.report_warning(large, table.span.clone(), what, &format!("raise it, or lower {small}"));
        }
    }
}
