//! Reads `[form]` in `procedures/*.toml`.

use super::{
    feedback::read_file_kinds,
    fields::TomlTable,
    id::read_id,
    texts::TextRequirement::{Needed, Optional},
};
use crate::{Condition, Field, FieldChoice, FieldKind, Files, Form, Papers, Precision, Text, When};
use std::collections::BTreeSet;
use wire::limits::MAX_PAPERS_BYTES;

/// The kinds, as they are written.
const KINDS: &[(&str, FieldType)] = &[
    ("text", FieldType::Text),
    ("long", FieldType::Long),
    ("number", FieldType::Number),
    ("date", FieldType::Date),
    ("choice", FieldType::Choice),
    ("yes_no", FieldType::YesNo),
    ("phone", FieldType::Phone),
    ("national_id", FieldType::NationalId),
    ("passport", FieldType::Passport),
    ("citizen_or_passport", FieldType::CitizenOrPassport),
    ("email", FieldType::Email),
    ("address", FieldType::Address),
    ("consent", FieldType::Consent),
    ("file", FieldType::File),
];
/// Longest line of text, unless the form says otherwise, in characters.
const LINE: u32 = 200;
/// Longest text of several lines, unless the form says otherwise, in characters.
const LINES: u32 = 2_000;
/// Most questions of one form: a citizen who is asked more gives up.
const MAX_FIELDS: usize = 60;
/// Most files of one question.
const MAX_FILES: u32 = 10;
/// Kinds of files that a camera makes.
const PICTURES: &[&str] = &["jpg", "png", "webp", "heic"];

#[derive(Clone, Copy, Default)]
enum FieldType {
    #[default]
    Text,
    Long,
    Number,
    Date,
    Choice,
    YesNo,
    Phone,
    NationalId,
    Passport,
    CitizenOrPassport,
    Email,
    Address,
    Consent,
    File,
}

/// The form, if there is one.
pub(super) fn read_form(fields: &TomlTable<'_>) -> Option<Form> {
    let form = fields.read_table("form")?;
    let tables = form.read_tables("fields");
    if tables.is_empty() {
        form.report_error(
            "fields",
            form.span.clone(),
            "has no question",
            "add [[form.fields]] with id, kind and label",
        );
    }
    if tables.len() > MAX_FIELDS {
        form.report_error(
            "fields",
            form.span.clone(),
            format!("has more than {MAX_FIELDS} questions"),
            "part it in two",
        );
    }
    let mut read: Vec<Field> = Vec::new();
    for table in tables {
        let field = read_field(&table, &read);
        table.report_unknown_keys();
        read.push(field);
    }
    let days = form.get_value("days").is_some().then(|| form.read_number("days", 1..366, 1));
    check_total_size(&form, &read);
    let intro = non_empty(form.read_text("intro", Optional));
    let second = read_second_fact(&form, &read);
    form.report_unknown_keys();
    Some(Form { intro, days, second, fields: read })
}

fn read_field(table: &TomlTable<'_>, earlier: &[Field]) -> Field {
    let id = read_id(table, "id");
    if earlier.iter().any(|field| field.id == id) {
        table.report_error("id", table.span.clone(), format!("\"{id}\" stands here twice"), "choose another");
    }
    let _needed = table.require_value("kind", "write kind = \"text\", \"date\", \"choice\" …");
    let kind = read_field_kind(table);
    let optional = table.read_flag("optional");
    let field = Field {
        kind,
        label: table.read_text("label", Needed),
        help: non_empty(table.read_text("help", Optional)),
        optional,
        only_if: read_condition(table, earlier),
        pattern: read_pattern(table),
        id,
    };
    if optional && matches!(field.kind, FieldKind::Consent) {
        table.report_error(
            "optional",
            table.span.clone(),
            "a consent can't be optional",
            "take optional out",
        );
    }
    field
}

fn read_field_kind(table: &TomlTable<'_>) -> FieldKind {
    match table.read_choice("kind", KINDS) {
        FieldType::Text => {
            let max = table.read_number("max", 1..1001, LINE);
            FieldKind::Text { min: table.read_number("min", 1..max + 1, 1), max }
        }
        FieldType::Long => FieldKind::Long { max: table.read_number("max", 1..5001, LINES) },
        FieldType::Number => {
            let min = i64::from(table.read_number("min", 0..1_000_000_001, 0));
            let max = i64::from(table.read_number("max", 0..1_000_000_001, 1_000_000_000));
            if min > max {
                table.report_error("min", table.span.clone(), "is more than max", "exchange them");
            }
            FieldKind::Number { min, max }
        }
        FieldType::Date => {
            let words = [("any", When::Any), ("past", When::Past), ("future", When::Future)];
            let precisions =
                [("day", Precision::Day), ("month", Precision::Month), ("year", Precision::Year)];
            FieldKind::Date {
                when: table.read_choice("when", &words),
                precision: table.read_choice("precision", &precisions),
            }
        }
        FieldType::Choice => FieldKind::Choice { choices: read_choices(table) },
        FieldType::YesNo => FieldKind::YesNo,
        FieldType::Phone => FieldKind::Phone,
        FieldType::NationalId => FieldKind::NationalId,
        FieldType::Passport => FieldKind::Passport,
        FieldType::CitizenOrPassport => FieldKind::CitizenOrPassport,
        FieldType::Email => FieldKind::Email,
        FieldType::Address => FieldKind::Address,
        FieldType::Consent => FieldKind::Consent,
        FieldType::File => FieldKind::File(read_document_rules(table)),
    }
}

fn read_document_rules(table: &TomlTable<'_>) -> Papers {
    let allow = read_file_kinds(table, false);
    let usual = Files::default_document_rules();
    let allow = if allow.is_empty() { usual.allow } else { allow };
    let max_mb = table.read_number("max_mb", 1..Files::MOST_MB + 1, usual.max_mb);
    let most = table.read_number("max", 1..MAX_FILES + 1, 1);
    let camera = table.read_flag("camera");
    if camera && !allow.iter().all(|ending| PICTURES.contains(&ending.as_str())) {
        let fix = format!("take camera out, or allow only some of: {}", PICTURES.join(", "));
        table.report_error(
            "camera",
            table.span.clone(),
            "makes pictures, and other files are allowed too",
            &fix,
        );
    }
    if table.get_value("pattern").is_some() {
        table.report_error("pattern", table.span.clone(), "can't be asked of a file", "take pattern out");
    }
    Papers { rules: Files { allow, max_mb }, most, camera }
}

/// What a form may bring in all has to fit beside everything else in a conversation.
fn check_total_size(form: &TomlTable<'_>, fields: &[Field]) {
    let bytes = |field: &Field| {
        let FieldKind::File(papers) = &field.kind else { return None };
        Some(papers.rules.max_bytes() * u64::from(papers.most))
    };
    let all: u64 = fields.iter().filter_map(bytes).sum();
    if all > MAX_PAPERS_BYTES {
        let mb = |bytes: u64| bytes.div_ceil(1024 * 1024);
        let what = format!("may bring {} MB of files; {} fit", mb(all), mb(MAX_PAPERS_BYTES));
        form.report_error("fields", form.span.clone(), what, "lower max or max_mb of its file questions");
    }
}

fn read_choices(table: &TomlTable<'_>) -> Vec<FieldChoice> {
    let tables = table.read_tables("choices");
    if tables.len() < 2 {
        let fix = "write choices = [{ value = \"a\", label.vi = \"…\" }, …]";
        table.report_error("choices", table.span.clone(), "needs two choices at least", fix);
    }
    let mut seen = BTreeSet::new();
    let choice = |choice: TomlTable<'_>| {
        let fix = "write value = \"…\"";
        let value =
            choice.read_string("value", choice.require_value("value", fix), fix).map(|(value, _)| value);
        let value = value.unwrap_or_default();
        if !seen.insert(value.clone()) {
            choice.report_error(
                "value",
                choice.span.clone(),
                format!("\"{value}\" stands here twice"),
                "choose another",
            );
        }
        let label = choice.read_text("label", Needed);
        choice.report_unknown_keys();
        FieldChoice { value, label }
    };
    tables.into_iter().map(choice).collect()
}

fn read_condition(table: &TomlTable<'_>, earlier: &[Field]) -> Option<Condition> {
    let only_if = table.read_table("only_if")?;
    let fix = "write only_if = { field = \"…\", is = [\"yes\"] }";
    let named = only_if.read_string("field", only_if.require_value("field", fix), fix);
    let is: Vec<String> = only_if
        .read_strings("is", only_if.require_value("is", fix))
        .into_iter()
        .map(|(answer, _)| answer)
        .collect();
    let span = only_if.span.clone();
    only_if.report_unknown_keys();
    let (field, _) = named?;
    let Some(before) = earlier.iter().find(|before| before.id == field) else {
        table.report_error("only_if", span, format!("there is no question \"{field}\" before this one"), fix);
        return None;
    };
    let known = before.kind.possible_answers();
    if let Some(answer) = is.iter().find(|answer| !known.contains(&answer.as_str())) {
        let what = format!("\"{answer}\" is no answer to \"{field}\"");
        let fix = match known.as_slice() {
            [] => "only a choice or a yes_no can be asked for".to_owned(),
            known => format!("its answers are: {}", known.join(", ")),
        };
        table.report_error("only_if", span, what, &fix);
    }
    Some(Condition { field, is })
}

fn read_pattern(table: &TomlTable<'_>) -> Option<String> {
    let fix = "write a regular expression in '…', and say in help how to write the answer";
    let (pattern, span) = table.read_string("pattern", table.get_value("pattern"), fix)?;
    if let Err(error) = regex_lite::Regex::new(&pattern) {
        table.report_error("pattern", span, format!("is no regular expression: {error}"), fix);
    }
    Some(pattern)
}

/// The field that proves later whose case it is: a telephone, identity or passport number that is always asked.
fn read_second_fact(form: &TomlTable<'_>, fields: &[Field]) -> String {
    let fit = |field: &&Field| {
        let kind = matches!(
            field.kind,
            FieldKind::Phone | FieldKind::NationalId | FieldKind::Passport | FieldKind::CitizenOrPassport
        );
        kind && !field.optional && field.only_if.is_none()
    };
    let fix = "name a phone or a national_id that everybody must answer";
    match form.read_string("second", form.get_value("second"), fix) {
        Some((named, span)) => {
            if !fields.iter().any(|field| field.id == named && fit(&field)) {
                let what = format!("\"{named}\" can't prove later whose case it is");
                form.report_error("second", span, what, fix);
            }
            named
        }
        None => {
            let first = fields.iter().find(fit).map(|field| field.id.clone());
            first.unwrap_or_else(|| {
                let what = "nothing in it can prove later whose case it is";
                form.report_error(
                    "second",
                    form.span.clone(),
                    what,
                    "ask for a phone or a national_id, without optional",
                );
                String::new()
            })
        }
    }
}

fn non_empty(text: Text) -> Option<Text> {
    (!text.0.is_empty()).then_some(text)
}
