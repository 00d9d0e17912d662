//! What stands in a posted page.

use super::{FormNavigation, Posted};
use site::{FieldKind, Form};

/// The page that was posted; `field` gives what stands in one of its fields, nothing where there is none. A date stands
/// in three.
pub fn parse_posted<'a>(form: &Form, field: impl Fn(&str) -> &'a str) -> Posted {
    let go = field("go");
    // "edit:<id>" stands on a button that leads back to one question.
    let without = go.strip_prefix("without:").and_then(|id| id.parse().ok());
    let (go, page) = match (without, go.split_once(':')) {
        // A file is taken away, and the page stays.
        (Some(_), _) => ("stay", field("page")),
        (None, split) => split.unwrap_or((go, field("page"))),
    };
    let typed = form.fields.iter().map(|question| {
        let name = format!("f.{}", question.id);
        let part = |part: &str| field(&format!("{name}.{part}")).trim();
        let text = match question.kind {
            FieldKind::Date { .. } => [part("day"), part("month"), part("year")].join("/"),
            FieldKind::Text { .. }
            | FieldKind::Long { .. }
            | FieldKind::Number { .. }
            | FieldKind::Choice { .. }
            | FieldKind::YesNo
            | FieldKind::Phone
            | FieldKind::NationalId
            | FieldKind::Passport
            | FieldKind::CitizenOrPassport
            | FieldKind::Email
            | FieldKind::Address
            | FieldKind::Consent => field(&name).to_owned(),
            FieldKind::File(_) => String::new(),
        };
        (question.id.clone(), text)
    });
    Posted {
        go: FormNavigation::parse(go),
        page: page.to_owned(),
        typed: typed.collect(),
        without,
        refused: Vec::new(),
        only: field("only").split_whitespace().map(str::to_owned).collect(),
        one_each: field("view") == "plain",
    }
}
