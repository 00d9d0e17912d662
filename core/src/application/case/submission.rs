//! What the agency is given of a form that was filled in.

use super::dates::format_date;
use crate::{
    application::{
        document::parse_documents,
        form::{Answers, submitted_answers},
    },
    files::Paper,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use site::{Field, FieldKind, Form, ProcedureDefinition, Site};

/// What the agency is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubmittedCase {
    /// The case's number.
    pub number: String,
    /// The procedure's name in the site.
    pub procedure: String,
    /// Its title.
    pub title: String,
    /// When the visitor was promised the result, `year-month-day`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<String>,
    /// What was answered, in the form's order.
    pub fields: Vec<SubmittedField>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "FiledField"))]
pub struct SubmittedField {
    /// The question's id.
    pub id: String,
    /// The question, as it was read.
    pub label: String,
    /// The answer for software: a choice's value, `yes`, a date as `year-month-day`. A question that takes less of a date may
    /// bring `year-month` or `year`, as it was given.
    pub value: String,
    /// The answer for people, where that is something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// The files, where the question takes files; `value` is then their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Paper>,
}

/// What is handed in under `number`.
pub fn build_submission(
    site: &Site,
    (name, procedure, form): (&str, &ProcedureDefinition, &Form),
    answers: &Answers,
    number: &str,
    promised: Option<String>,
    lang: &str,
) -> SubmittedCase {
    let field = |(field, value): (&Field, String)| {
        let files =
            if matches!(field.kind, FieldKind::File(_)) { parse_documents(&value) } else { Vec::new() };
        let names = || files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ");
        SubmittedField {
            id: field.id.clone(),
            label: site.text_in(&field.label, lang).to_owned(),
            shown: choice_label(site, field, &value, lang).or_else(|| part_of_date(field, &value, lang)),
            value: if files.is_empty() { value } else { names() },
            files,
        }
    };
    SubmittedCase {
        number: number.to_owned(),
        procedure: name.to_owned(),
        title: site.text_in(&procedure.title, lang).to_owned(),
        promised,
        fields: submitted_answers(form, answers).into_iter().map(field).collect(),
    }
}

/// What stands beside the choice `value` of `field`.
pub fn choice_label(site: &Site, field: &Field, value: &str, lang: &str) -> Option<String> {
    let FieldKind::Choice { choices } = &field.kind else { return None };
    let chosen = choices.iter().find(|choice| choice.value == value)?;
    Some(site.text_in(&chosen.label, lang).to_owned())
}

/// What is known of a date as people say it, where that is only its year, or month and year: "năm 1945".
fn part_of_date(field: &Field, value: &str, lang: &str) -> Option<String> {
    let part =
        matches!(field.kind, FieldKind::Date { .. }) && !value.is_empty() && value.parse::<Date>().is_err();
    part.then(|| format_date(value, lang))
}
