//! A case: a procedure that was handed in, on its way, at the agency, and done.

mod appointment;
mod dates;
mod documents;
pub mod lookup;
mod record;
mod submission;
mod wants;

pub use appointment::{Appointment, CalendarEvent};
pub use dates::{format_date, format_day, format_time};
pub use documents::{AgencySubmission, CaseDocument, CaseDocuments, collect_documents, papers_form};
pub use record::{Case, CaseState, LIFE_MS};
pub use submission::{SubmittedCase, SubmittedField, build_submission, choice_label};
pub use wants::{RequestedDocument, Wants};

use crate::limits::sanitize;

/// Characters of the second fact.
const FACT: usize = 4;

/// What the files belong to that an agency sends with a case.
pub fn result_owner(number: &str) -> String {
    format!("result:{number}")
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
