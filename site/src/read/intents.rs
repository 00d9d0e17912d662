//! Reads `intents/*.toml` and `procedures/*.toml`.

use super::{
    desk::{self, Asks},
    fields::{Fields, Span, Value, as_str, as_table},
    input::input,
    review::review,
    settings::id,
    texts::Presence::{Needed, Optional},
};
use crate::{Button, Intent, Lists, Procedure, Text};

/// Fewer phrases than this in a language, and the matcher has little to go by.
pub const MIN_PHRASES: usize = 5;

/// An intent with the places that later checks point at.
pub(super) struct Found {
    pub intent: Intent,
    pub path: String,
    pub id: Span,
    pub phrases: Vec<(String, String, Span)>,
    pub references: Vec<Reference>,
    pub asks: Asks,
}

/// Something named here that must exist elsewhere.
pub(super) struct Reference {
    pub kind: Kind,
    pub name: String,
    pub field: String,
    pub span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Intent,
    Procedure,
}

/// The intents and the out-of-scope sentences of one file.
pub(super) fn file(fields: Fields<'_>, out_of_scope: &mut Lists) -> Vec<Found> {
    let intents = fields.tables("intent").into_iter().map(intent).collect();
    for table in fields.tables("out_of_scope") {
        for (lang, list) in table.lists("phrases", Needed).0 {
            out_of_scope.0.entry(lang).or_default().extend(list);
        }
        table.finish();
    }
    fields.finish();
    intents
}

fn intent(fields: Fields<'_>) -> Found {
    let id_span = fields.get("id").map_or(fields.span.clone(), |value| value.span());
    let (lists, phrases) = fields.spanned_lists("phrases", Needed);
    let mut references = Vec::new();
    let mut refer = |kind, name: &str, key: &str, span| {
        references.push(Reference { kind, name: name.to_owned(), field: fields.path(key), span });
    };
    let procedure =
        fields.string("procedure", fields.get("procedure"), "write the name of a file in procedures/");
    if let Some((name, span)) = &procedure {
        refer(Kind::Procedure, name, "procedure", span.clone());
    }
    let (person, approve, department, asks) = desk::asks(&fields);
    let intent = Intent {
        id: id(&fields, "id"),
        title: fields.text("title", Needed),
        answer: fields.text("answer", Needed),
        procedure: procedure.map(|(name, _)| name),
        buttons: buttons(&fields, &mut refer),
        input: input(&fields),
        source: source(&fields),
        phrases: lists,
        person,
        approve,
        department,
    };
    few_phrases(&fields, &intent.phrases);
    review(&fields);
    let path = fields.path("");
    fields.finish();
    Found { intent, path: path.trim_end_matches('.').to_owned(), id: id_span, phrases, references, asks }
}

fn source(fields: &Fields<'_>) -> Option<Button> {
    const FIX: &str = "write source = { link = \"https://…\", label.vi = \"…\" }";
    link(fields, "source", fields.get("source")?, "link", FIX)
}

fn few_phrases(fields: &Fields<'_>, phrases: &Lists) {
    for (lang, list) in phrases.0.iter().filter(|(_, list)| list.len() < MIN_PHRASES) {
        let what = format!("has {} in \"{lang}\"", list.len());
        let span = fields.get("phrases").map_or(fields.span.clone(), |value| value.span());
        fields.warning(
            "phrases",
            span,
            what,
            "write ten ways in which people really type it; below five it is guesswork",
        );
    }
}

fn buttons(fields: &Fields<'_>, refer: &mut impl FnMut(Kind, &str, &str, Span)) -> Vec<Button> {
    const FIX: &str = "write ids of intents, or { link = \"https://…\", label.vi = \"…\" }";
    let Some(value) = fields.get("buttons") else { return Vec::new() };
    let Some(items) = super::fields::as_array(value) else {
        fields.error("buttons", value.span(), "must be a list", FIX);
        return Vec::new();
    };
    if items.len() > wire::limits::MAX_BUTTONS {
        let fix = format!("keep the {} that help most", wire::limits::MAX_BUTTONS);
        fields.error("buttons", value.span(), format!("has {}", items.len()), &fix);
    }
    let mut out = Vec::new();
    for item in items {
        if let Some(name) = as_str(item) {
            refer(Kind::Intent, name, "buttons", item.span());
            out.push(Button::Intent(name.to_owned()));
        } else {
            out.extend(link(fields, "buttons", item, "link", FIX));
        }
    }
    out
}

fn link<'a>(
    fields: &Fields<'a>,
    key: &'static str,
    value: &'a Value<'a>,
    target: &'static str,
    fix: &str,
) -> Option<Button> {
    let Some(table) = as_table(value) else {
        fields.error(key, value.span(), "is neither an intent nor a link", fix);
        return None;
    };
    let table = Fields::new(fields.file, fields.path(key), table, value.span());
    let label: Text = table.text("label", Needed);
    let href = table.need(target, "write the address, https://…").and_then(|value| table.href(target, value));
    table.finish();
    Some(Button::Link { link: href?, label })
}

/// One file of `procedures/`.
pub(super) fn procedure(fields: Fields<'_>) -> Procedure {
    let link = fields.get("link").and_then(|value| {
        link(&fields, "link", value, "url", "write link.url = \"https://…\" and link.label.vi = \"…\"")
    });
    let procedure = Procedure {
        title: fields.text("title", Needed),
        papers: fields.lists("papers", Optional),
        steps: fields.lists("steps", Optional),
        fee: fields.text("fee", Optional),
        time: fields.text("time", Optional),
        place: fields.text("place", Optional),
        legal: fields.lists("legal", Optional),
        link,
        form: super::form::form(&fields),
    };
    review(&fields);
    fields.finish();
    procedure
}
