//! What stands in a posted page.

use super::check::Wrong;
use serde::{Deserialize, Serialize};
use site::{FieldKind, Form};
use std::collections::BTreeMap;
use wire::Id;

/// What was answered, by the question's id, as the agency is told it; empty: left out.
pub type Answers = BTreeMap<String, String>;

/// What the visitor wants of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormNavigation {
    /// To begin, or to go on where it was left.
    Open,
    /// The next page.
    Next,
    /// The page before.
    Back,
    /// To stay on this page, with what was put to it kept.
    Stay,
    /// To change what stands on this page.
    Edit,
    /// To hand everything in.
    Send,
}

impl FormNavigation {
    /// What a form's `go` says.
    pub fn parse(text: &str) -> FormNavigation {
        match text {
            "next" => FormNavigation::Next,
            "back" => FormNavigation::Back,
            "stay" => FormNavigation::Stay,
            "edit" => FormNavigation::Edit,
            "send" => FormNavigation::Send,
            _ => FormNavigation::Open,
        }
    }
}

/// A page that was posted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Posted {
    /// What is wanted.
    pub go: FormNavigation,
    /// The id of its first question; empty: none.
    pub page: String,
    /// What was typed, by the question's id.
    pub typed: Answers,
    /// The file that is taken away.
    #[serde(default)]
    pub without: Option<Id>,
    /// Why files that came with it were not taken, by the question's id.
    #[serde(default)]
    pub refused: Vec<(String, Wrong)>,
    /// The questions of the page that were shown; none named: all of them.
    #[serde(default)]
    pub only: Vec<String>,
    /// Whether every question has a page of its own.
    pub one_each: bool,
}

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
