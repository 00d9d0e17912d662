//! What became of a page that was posted.

use super::{check::Wrong, posted::Answers};
use crate::application::case::Case;
use serde::{Deserialize, Serialize};
use wire::Fault;

/// What is shown then.
#[derive(Debug, Serialize, Deserialize)]
pub enum FormResponse {
    /// A page of questions, by the id of its first one, with what is wrong in it.
    Ask {
        /// Its first question.
        page: String,
        /// Which of its questions are shown; none named: all of them.
        #[serde(default)]
        only: Vec<String>,
        /// What is wrong, by the question's id.
        wrong: Vec<(String, Wrong)>,
        /// What was answered so far.
        answers: Answers,
    },
    /// Everything, to be looked over.
    Review(Answers),
    /// It was handed in; `proof` is the answer whose last characters prove whose case it is.
    Sent {
        /// It.
        case: Box<Case>,
        /// That answer.
        proof: String,
    },
    /// Papers were added to a case.
    #[serde(rename = "Added")]
    DocumentsAdded(Box<Case>),
    /// This case needs no papers now.
    NotAsked(Box<Case>),
    /// It was deleted.
    Deleted,
    /// It was not taken; when to try again, in milliseconds.
    Refused(Fault, Option<u64>),
}

/// What became of a file that came with a page.
#[derive(Debug, Serialize, Deserialize)]
pub enum FormUploadOutcome {
    /// It is kept with the answers.
    Kept,
    /// It is none that the question takes.
    Wrong(Wrong),
    /// Nothing was taken; when to try again, in milliseconds.
    Refused(Fault, Option<u64>),
}
