//! Reads `intents/*.toml` and `procedures/*.toml`.

use super::{
    desk::{self, Asks},
    fields::{SourceSpan, TomlTable, TomlValue, as_str, as_table},
    id::read_id,
    input::read_input,
    review::read_review_date,
    texts::TextRequirement::{Needed, Optional},
};
use crate::{AnswerButton, Intent, Lists, ProcedureDefinition, Text};

/// Fewer phrases than this in a language, and the matcher has little to go by.
pub const MIN_PHRASES: usize = 5;

/// An intent with the places that later checks point at.
pub(super) struct ParsedIntent {
    pub intent: Intent,
    pub path: String,
    pub id: SourceSpan,
    pub phrases: Vec<(String, String, SourceSpan)>,
    pub references: Vec<Reference>,
    pub asks: Asks,
}

/// Something named here that must exist elsewhere.
pub(super) struct Reference {
    pub kind: EntryKind,
    pub name: String,
    pub field: String,
    pub span: SourceSpan,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    Intent,
    Procedure,
}

/// The intents and the out-of-scope sentences of one file.
pub(super) fn read_intents_file(fields: TomlTable<'_>, out_of_scope: &mut Lists) -> Vec<ParsedIntent> {
    let intents = fields.read_tables("intent").into_iter().map(read_intent).collect();
    for table in fields.read_tables("out_of_scope") {
        for (lang, list) in table.read_lists("phrases", Needed).0 {
            out_of_scope.0.entry(lang).or_default().extend(list);
        }
        table.report_unknown_keys();
    }
    fields.report_unknown_keys();
    intents
}

fn read_intent(fields: TomlTable<'_>) -> ParsedIntent {
    let id_span = fields.get_value("id").map_or(fields.span.clone(), |value| value.span());
    let (lists, phrases) = fields.spanned_lists("phrases", Needed);
    let mut references = Vec::new();
    let mut refer = |kind, name: &str, key: &str, span| {
        references.push(Reference { kind, name: name.to_owned(), field: fields.field_path(key), span });
    };
    let procedure = fields.read_string(
        "procedure",
        fields.get_value("procedure"),
        "write the name of a file in procedures/",
    );
    if let Some((name, span)) = &procedure {
        refer(EntryKind::Procedure, name, "procedure", span.clone());
    }
    let (person, approve, department, asks) = desk::read_handoff_options(&fields);
    let intent = Intent {
        id: read_id(&fields, "id"),
        title: fields.read_text("title", Needed),
        answer: fields.read_text("answer", Needed),
        procedure: procedure.map(|(name, _)| name),
        buttons: read_buttons(&fields, &mut refer),
        input: read_input(&fields),
        source: read_source(&fields),
        phrases: lists,
        person,
        approve,
        department,
    };
    few_phrases(&fields, &intent.phrases);
    read_review_date(&fields);
    let path = fields.field_path("");
    fields.report_unknown_keys();
    ParsedIntent {
        intent,
        path: path.trim_end_matches('.').to_owned(),
        id: id_span,
        phrases,
        references,
        asks,
    }
}

fn read_source(fields: &TomlTable<'_>) -> Option<AnswerButton> {
    const FIX: &str = "write source = { link = \"https://…\", label.vi = \"…\" }";
    read_link(fields, "source", fields.get_value("source")?, "link", FIX)
}

fn few_phrases(fields: &TomlTable<'_>, phrases: &Lists) {
    for (lang, list) in phrases.0.iter().filter(|(_, list)| list.len() < MIN_PHRASES) {
        let what = format!("has {} in \"{lang}\"", list.len());
        let span = fields.get_value("phrases").map_or(fields.span.clone(), |value| value.span());
        fields.report_warning(
            "phrases",
            span,
            what,
            "write ten ways in which people really type it; below five it is guesswork",
        );
    }
}

fn read_buttons(
    fields: &TomlTable<'_>,
    refer: &mut impl FnMut(EntryKind, &str, &str, SourceSpan),
) -> Vec<AnswerButton> {
    const FIX: &str = "write ids of intents, or { link = \"https://…\", label.vi = \"…\" }";
    let Some(value) = fields.get_value("buttons") else { return Vec::new() };
    let Some(items) = super::fields::as_array(value) else {
        fields.report_error("buttons", value.span(), "must be a list", FIX);
        return Vec::new();
    };
    if items.len() > wire::limits::MAX_BUTTONS {
        let fix = format!("keep the {} that help most", wire::limits::MAX_BUTTONS);
        fields.report_error("buttons", value.span(), format!("has {}", items.len()), &fix);
    }
    let mut out = Vec::new();
    for item in items {
        if let Some(name) = as_str(item) {
            refer(EntryKind::Intent, name, "buttons", item.span());
            out.push(AnswerButton::Intent(name.to_owned()));
        } else {
            out.extend(read_link(fields, "buttons", item, "link", FIX));
        }
    }
    out
}

fn read_link<'a>(
    fields: &TomlTable<'a>,
    key: &'static str,
    value: &'a TomlValue<'a>,
    target: &'static str,
    fix: &str,
) -> Option<AnswerButton> {
    let Some(table) = as_table(value) else {
        fields.report_error(key, value.span(), "is neither an intent nor a link", fix);
        return None;
    };
    let table = TomlTable::new(fields.file, fields.field_path(key), table, value.span());
    let label: Text = table.read_text("label", Needed);
    let href = table
        .require_value(target, "write the address, https://…")
        .and_then(|value| table.read_href(target, value));
    table.report_unknown_keys();
    Some(AnswerButton::Link { link: href?, label })
}

/// One file of `procedures/`.
pub(super) fn read_procedure(fields: TomlTable<'_>) -> ProcedureDefinition {
    let link = fields.get_value("link").and_then(|value| {
        read_link(&fields, "link", value, "url", "write link.url = \"https://…\" and link.label.vi = \"…\"")
    });
    let procedure = ProcedureDefinition {
        title: fields.read_text("title", Needed),
        papers: fields.read_lists("papers", Optional),
        steps: fields.read_lists("steps", Optional),
        fee: fields.read_text("fee", Optional),
        time: fields.read_text("time", Optional),
        place: fields.read_text("place", Optional),
        legal: fields.read_lists("legal", Optional),
        link,
        form: super::form::read_form(&fields),
    };
    read_review_date(&fields);
    fields.report_unknown_keys();
    procedure
}
