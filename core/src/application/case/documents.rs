//! Papers that are added to a case: the form they are given in, and what the agency gets of them.

use super::{
    record::Case,
    submission::SubmittedCase,
    wants::{ANY, RequestedDocument},
};
use crate::{
    application::{
        document::parse_documents,
        form::{Answers, submitted_answers},
    },
    files::Paper,
};
use serde::{Deserialize, Serialize};
use site::{Field, FieldKind, Files, Form, Papers, Site, Text};

/// Most files for one of them: its pages, photographed one by one.
const MOST: u32 = 5;
/// Most files where the agency names no paper.
const MOST_OF_ANY: u32 = 10;

/// The questions that are answered with the papers of `case`; nothing if none are wanted.
pub fn papers_form(case: &Case, site: &Site) -> Option<Form> {
    let wants = case.wants.as_ref()?;
    let rules = site.settings.files.clone().unwrap_or_else(Files::default_document_rules);
    let text = |words: &str| Text([(case.lang.clone(), words.to_owned())].into());
    let field = |paper: &RequestedDocument| Field {
        id: paper.id.clone(),
        kind: FieldKind::File(Papers {
            rules: rules.clone(),
            most: if paper.id == ANY { MOST_OF_ANY } else { MOST },
            camera: false,
        }),
        label: text(&paper.label),
        help: paper.help.as_deref().map(text),
        optional: paper.optional,
        only_if: None,
        pattern: None,
    };
    let fields = wants.papers.iter().map(field).collect();
    Some(Form { intro: None, days: None, second: String::new(), fields })
}

/// Papers that are brought to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaseDocuments {
    /// The case's number.
    pub number: String,
    /// The procedure's name in the site.
    pub procedure: String,
    /// What was asked for, and the files for it.
    pub papers: Vec<CaseDocument>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AddedPaper"))]
pub struct CaseDocument {
    /// The name that the agency gave it.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Its files, at least one.
    pub files: Vec<Paper>,
}

/// What is brought with `answers` to the questions of `form`.
pub fn collect_documents(case: &Case, form: &Form, site: &Site, answers: &Answers) -> CaseDocuments {
    let paper = |(field, answer): (&Field, String)| CaseDocument {
        id: field.id.clone(),
        label: site.text_in(&field.label, &case.lang).to_owned(),
        files: parse_documents(&answer),
    };
    let papers = submitted_answers(form, answers).into_iter().map(paper).collect();
    CaseDocuments { number: case.number.clone(), procedure: case.procedure.clone(), papers }
}

/// What is brought to the agency, beside questions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum AgencySubmission {
    /// A case.
    Case(SubmittedCase),
    /// Papers to one.
    Papers(CaseDocuments),
}
