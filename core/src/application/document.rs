//! Papers: files that belong to a form or to a case, and not to a message. Their bytes are kept sealed.

use crate::application::case::Case;
use crate::files::{FileKind, Stored, detect_kind, safe_name, sha256_hex};
use serde::{Deserialize, Serialize};
use site::Papers;
use wire::{Id, limits::MAX_PAPERS_BYTES};

/// A file as the agency is told of it; it fetches the bytes from `url`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Paper {
    /// Names it.
    pub id: Id,
    /// Its own name, made safe.
    pub name: String,
    /// Its media type, by what is in it.
    #[serde(rename = "type")]
    pub kind: String,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of its bytes, in 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Where it is fetched.
    pub url: String,
}

impl Paper {
    /// As it is told.
    pub fn from_stored(file: &Stored) -> Paper {
        let Stored { id, name, kind, size, sha256, url, .. } = file.clone();
        Paper { id, name, kind, size, sha256, url }
    }
}

/// Why a paper isn't taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentRefusal {
    /// It is empty or too large.
    Size,
    /// It is of no kind that is taken.
    Kind,
    /// So many are there already.
    Many,
    /// The conversation holds too much.
    Room,
}

/// What is to be kept of a file that holds `bytes` and is called `name`, beside the `before` there are already. `held`
/// is what the conversation's other papers weigh.
///
/// # Errors
/// Why it isn't taken.
pub fn accept_document(
    papers: &Papers,
    (id, name, url): (Id, &str, &str),
    bytes: &[u8],
    before: usize,
    held: u64,
) -> Result<Paper, DocumentRefusal> {
    let size = bytes.len() as u64;
    if before >= papers.most as usize {
        return Err(DocumentRefusal::Many);
    }
    if size == 0 || size > papers.rules.max_bytes() {
        return Err(DocumentRefusal::Size);
    }
    let taken =
        detect_kind(bytes).filter(|kind| papers.rules.allow.iter().any(|ending| ending == kind.ending));
    let FileKind { ending, media } = taken.ok_or(DocumentRefusal::Kind)?;
    if held.saturating_add(size) > MAX_PAPERS_BYTES {
        return Err(DocumentRefusal::Room);
    }
    let (name, sha256) = (safe_name(name, ending), sha256_hex(bytes));
    Ok(Paper { id, name, kind: media.to_owned(), size, sha256, url: url.to_owned() })
}

/// What is kept of `paper` where its bytes lie: its name is not, since people write names into names. `owner` is what it
/// belongs to, a draft's or a case's record.
pub fn stored_record(paper: &Paper, owner: &str, now: u64) -> Stored {
    let ending = paper.name.rsplit('.').next().unwrap_or_default();
    let Paper { id, kind, size, sha256, url, .. } = paper.clone();
    let owner = Some(owner.to_owned());
    Stored {
        id,
        name: safe_name("paper", ending),
        size,
        kind,
        sha256,
        at: now,
        url,
        seq: None,
        owner,
        by: None,
    }
}

/// What the papers of `kept` weigh.
pub fn total_size(kept: &[Stored]) -> u64 {
    kept.iter().filter(|file| file.owner.is_some()).map(|file| file.size).sum()
}

/// Those that were handed in with a case that is over: the agency has had its time to fetch them.
pub fn expired_documents(kept: &[Stored], cases: &[Case]) -> Vec<Id> {
    let over: Vec<String> = cases
        .iter()
        .filter(|case| case.state.is_over())
        .map(|case| format!("case:{}", case.number))
        .collect();
    let gone = |file: &&Stored| file.owner.as_ref().is_some_and(|owner| over.contains(owner));
    kept.iter().filter(gone).map(|file| file.id).collect()
}

/// The papers in an answer.
pub fn parse_documents(answer: &str) -> Vec<Paper> {
    serde_json::from_str(answer).unwrap_or_default()
}

/// The answer that holds `papers`; none are no answer.
pub fn format_documents(papers: &[Paper]) -> String {
    if papers.is_empty() {
        return String::new();
    }
    // Nothing in it can't be written as JSON.
    serde_json::to_string(papers).unwrap_or_default()
}
