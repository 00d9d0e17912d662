//! A case: a procedure that was handed in, on its way, at the agency, and done.

mod appointment;
mod documents;
pub mod lookup;

pub use appointment::Appointment;
pub use documents::{
    Added, AddedPaper, Handed, RequestedDocument, Wants, collect_added, documents_form as papers_form,
};

use crate::{
    application::{
        document::parse_documents,
        form::{Answers, handed_in},
    },
    files::Paper,
    hours::to_timestamp,
    limits::sanitize,
};
use i18n::Lang;
use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use site::{Field, FieldKind, Form, ProcedureDefinition, Site};
use wire::{File, Link};

/// How long a case is kept that the agency never ends, in milliseconds: 400 days.
pub const LIFE_MS: u64 = 400 * 86_400_000;
/// Characters of the second fact.
const FACT: usize = 4;

/// A case, as the edge keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Names it; see [`crate::crypto::code::Code`].
    pub number: String,
    /// The procedure's name in the site.
    pub procedure: String,
    /// Its title, as it was then.
    pub title: String,
    /// The language it was handed in in.
    pub lang: String,
    /// The place of the message that handed it in.
    pub seq: u64,
    /// When that was, in milliseconds since 1970.
    pub filed_at: u64,
    /// When the result is promised, `year-month-day`.
    pub promised: Option<String>,
    /// How far it is.
    pub state: CaseState,
    /// Since when, in milliseconds since 1970.
    pub changed_at: u64,
    /// What the agency says about that, in Markdown.
    pub note: String,
    /// What was answered: a [`Filed`], sealed. Empty once the agency has it.
    pub sealed: String,
    /// What the agency wants to have, until it has it.
    #[serde(default)]
    pub wants: Option<Wants>,
    /// When papers were last added, in milliseconds since 1970.
    #[serde(default)]
    pub added_at: Option<u64>,
    /// When and where the agency wants to see the visitor.
    #[serde(default)]
    pub appointment: Option<Appointment>,
    /// Files that the agency has sent; their bytes lie in the conversation.
    #[serde(default)]
    pub files: Vec<File>,
    /// Links that it has sent.
    #[serde(default)]
    pub links: Vec<Link>,
}

/// How far a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// On its way to the agency.
    Sending,
    /// The agency has it.
    Received,
    /// Something is missing.
    NeedsPapers,
    /// There is a result.
    Done,
    /// It was refused.
    Refused,
    /// The agency could not be given it, and won't be.
    Undelivered,
}

impl CaseState {
    /// Whether an agency may report it; the others are the edge's own.
    pub fn is_reported(self) -> bool {
        !matches!(self, CaseState::Sending | CaseState::Undelivered)
    }

    /// Whether nothing more is to come.
    pub fn is_over(self) -> bool {
        matches!(self, CaseState::Done | CaseState::Refused | CaseState::Undelivered)
    }
}

/// What the agency is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Filed {
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
    pub fields: Vec<FiledField>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FiledField {
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
) -> Filed {
    let field = |(field, value): (&Field, String)| {
        let files =
            if matches!(field.kind, FieldKind::File(_)) { parse_documents(&value) } else { Vec::new() };
        let names = || files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ");
        FiledField {
            id: field.id.clone(),
            label: site.text_in(&field.label, lang).to_owned(),
            shown: choice_label(site, field, &value, lang).or_else(|| part_of_date(field, &value, lang)),
            value: if files.is_empty() { value } else { names() },
            files,
        }
    };
    Filed {
        number: number.to_owned(),
        procedure: name.to_owned(),
        title: site.text_in(&procedure.title, lang).to_owned(),
        promised,
        fields: handed_in(form, answers).into_iter().map(field).collect(),
    }
}

/// What the files belong to that an agency sends with a case.
pub fn result_owner(number: &str) -> String {
    format!("result:{number}")
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

/// What proves whose case it is: the last characters of an answer, without what only parts it.
///
/// ```
/// assert_eq!(hoi_core::application::case::ownership_proof("0912 345 678"), "5678");
/// ```
pub fn ownership_proof(answer: &str) -> String {
    let plain: Vec<char> = sanitize::clean_text(answer).chars().filter(|c| c.is_alphanumeric()).collect();
    let from = plain.len().saturating_sub(FACT);
    plain.into_iter().skip(from).collect::<String>().to_lowercase()
}

/// A time as people read it, by `clock`: `15:30 27/3/2026`.
pub fn format_time(ms: u64, clock: &TimeZone) -> String {
    let at = clock.to_datetime(to_timestamp(ms));
    format!("{:02}:{:02} {}/{}/{}", at.hour(), at.minute(), at.day(), at.month(), at.year())
}

/// A date as people read it: `27/3/2026`.
pub fn format_day(iso: &str) -> String {
    iso.parse::<Date>()
        .map_or_else(|_| iso.to_owned(), |date| format!("{}/{}/{}", date.day(), date.month(), date.year()))
}

/// A date, or as much of it as is known, as people say it in `lang`.
///
/// ```
/// use hoi_core::application::case::format_date;
/// assert_eq!(format_date("1945-03-27", "vi"), "27/3/1945");
/// assert_eq!(format_date("1945-03", "vi"), "tháng 3 năm 1945");
/// assert_eq!(format_date("1945", "vi"), "năm 1945");
/// assert_eq!(format_date("1945", "en"), "1945");
/// ```
pub fn format_date(iso: &str, lang: &str) -> String {
    let mut parts = iso.split('-');
    let (year, month) =
        (parts.next().unwrap_or_default(), parts.next().map(|month| month.trim_start_matches('0')));
    match (month, parts.next()) {
        (_, Some(_)) => format_day(iso),
        (None, None) => Lang::for_tag(lang).year_alone(year),
        (Some(month), None) => Lang::for_tag(lang).month_and_year(month, year),
    }
}
