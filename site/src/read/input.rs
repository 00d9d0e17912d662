//! Reads `input` of an intent.

use super::{
    fields::{SourceSpan, TomlTable},
    id::is_id,
    texts::TextRequirement::Needed,
};
use crate::{DateBound, InputOption, IntentInput};
use jiff::civil::Date;
use wire::{InputKind, limits::MAX_OPTIONS};

const KINDS: &[(&str, Option<InputKind>)] = &[
    ("date", Some(InputKind::Date)),
    ("choice", Some(InputKind::Choice)),
    ("place", Some(InputKind::Place)),
];
const NAME: &str = "use lower-case letters a-z, digits and \"-\", for example \"visit-day\"";
const DAY: &str = "write a date, \"2026-12-31\", or one that is reckoned: \"today\", \"today+30\"";

pub(super) fn read_input(fields: &TomlTable<'_>) -> Option<IntentInput> {
    let table = fields.read_table("input")?;
    if table.get_value("kind").is_none() {
        table.report_error("kind", table.span.clone(), "is missing", "choose one of: date, choice, place");
    }
    let input = IntentInput {
        name: read_input_name(&table, "name"),
        label: table.read_text("label", Needed),
        kind: table.read_choice("kind", KINDS).unwrap_or(InputKind::Date),
        min: read_day(&table, "min"),
        max: read_day(&table, "max"),
        options: table.read_tables("options").into_iter().map(read_option).collect(),
    };
    check_input(&table, &input);
    table.report_unknown_keys();
    Some(input)
}

fn read_input_name(fields: &TomlTable<'_>, key: &'static str) -> String {
    let Some((name, span)) = fields.read_string(key, fields.require_value(key, NAME), NAME) else {
        return String::new();
    };
    if !is_id(&name) {
        fields.report_error(key, span, format!("\"{name}\" can't be a name"), NAME);
    }
    name
}

fn read_option(fields: TomlTable<'_>) -> InputOption {
    let choice =
        InputOption { key: read_input_name(&fields, "key"), label: fields.read_text("label", Needed) };
    fields.report_unknown_keys();
    choice
}

/// What belongs to another kind, and what a choice lacks.
fn check_input(table: &TomlTable<'_>, input: &IntentInput) {
    let span = |key: &'static str| table.get_value(key).map_or(table.span.clone(), |value| value.span());
    let count = input.options.len();
    match input.kind {
        InputKind::Choice if !(2..=MAX_OPTIONS).contains(&count) => {
            let fix = format!("write 2 to {MAX_OPTIONS}, each {{ key = \"…\", label.vi = \"…\" }}");
            table.report_error("options", span("options"), format!("has {count}"), &fix);
        }
        InputKind::Date | InputKind::Place if count > 0 => {
            table.report_error("options", span("options"), "belongs to kind = \"choice\"", "take it out");
        }
        InputKind::Date | InputKind::Choice | InputKind::Place | InputKind::Unknown => {}
    }
    for (key, day) in [("min", input.min), ("max", input.max)] {
        if day.is_some() && input.kind != InputKind::Date {
            table.report_error(key, span(key), "belongs to kind = \"date\"", "take it out");
        }
    }
    let backwards = match (input.min, input.max) {
        (Some(DateBound::On(y, m, d)), Some(DateBound::On(a, b, c))) => (y, m, d) > (a, b, c),
        (Some(DateBound::FromToday(min)), Some(DateBound::FromToday(max))) => min > max,
        _ => false,
    };
    if backwards {
        table.report_error("max", span("max"), "is before min, so no date fits", "exchange them");
    }
}

fn read_day(table: &TomlTable<'_>, key: &'static str) -> Option<DateBound> {
    let (text, span): (String, SourceSpan) = table.read_string(key, table.get_value(key), DAY)?;
    let day = parse_day(&text);
    if day.is_none() {
        table.report_error(key, span, format!("\"{text}\" is no date"), DAY);
    }
    day
}

fn parse_day(text: &str) -> Option<DateBound> {
    if let Some(rest) = text.strip_prefix("today") {
        let days = if rest.is_empty() { 0 } else { rest.parse().ok()? };
        let signed = rest.is_empty() || rest.starts_with(['+', '-']);
        return (signed && (-36_600..=36_600).contains(&days)).then_some(DateBound::FromToday(days));
    }
    let date = text.parse::<Date>().ok()?;
    Some(DateBound::On(date.year(), date.month(), date.day()))
}
