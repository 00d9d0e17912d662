//! Questions that are answered with files. The answer lists them; each came by itself, and its bytes lie elsewhere.

use super::{check::Wrong, posted::Answers};
use crate::{
    application::document::{self, DocumentRefusal, format_documents, parse_documents},
    files::Paper,
};
use site::{Field, FieldKind, Form};
use wire::Id;

/// A file that holds `bytes` is put to the question `field`, as `(id, name, url)`; `held` is what the conversation's other
/// papers weigh. Gives what is to be kept; nothing if the same
/// file is there already, as after a button pressed twice.
///
/// # Errors
/// Why it isn't taken; the answers are then as they were.
pub fn add_file(
    field: &Field,
    answers: &mut Answers,
    named: (Id, &str, &str),
    bytes: &[u8],
    held: u64,
) -> Result<Option<Paper>, Wrong> {
    let FieldKind::File(papers) = &field.kind else { return Err(Wrong::Otherwise) };
    let mut there = parse_documents(answers.get(&field.id).map_or("", String::as_str));
    let taken =
        document::accept_document(papers, named, bytes, there.len(), held).map_err(
            |refusal| match refusal {
                DocumentRefusal::Size => Wrong::FileSize,
                DocumentRefusal::Kind => Wrong::FileKind,
                DocumentRefusal::Many => Wrong::Files(papers.most),
                DocumentRefusal::Room => Wrong::NoRoom,
            },
        )?;
    if there.iter().any(|paper| paper.sha256 == taken.sha256) {
        return Ok(None);
    }
    there.push(taken.clone());
    answers.insert(field.id.clone(), format_documents(&there));
    Ok(Some(taken))
}

/// The files that are there for `field`.
pub(crate) fn check_files(field: &Field, answers: &Answers) -> Result<String, Wrong> {
    let there = answers.get(&field.id).cloned().unwrap_or_default();
    if there.is_empty() && !field.optional { Err(Wrong::Missing) } else { Ok(there) }
}

/// Takes the file `id` away from `field`.
pub(crate) fn remove_file(field: &Field, answers: &mut Answers, id: Id) {
    let Some(before) = answers.remove(&field.id) else { return };
    let left: Vec<Paper> = parse_documents(&before).into_iter().filter(|paper| paper.id != id).collect();
    if !left.is_empty() {
        answers.insert(field.id.clone(), format_documents(&left));
    }
}

/// All files in `answers`, whether or not their questions are still asked.
pub fn answered_file_ids(form: &Form, answers: &Answers) -> Vec<Id> {
    let files = form.fields.iter().filter(|field| matches!(field.kind, FieldKind::File(_)));
    let said = files.filter_map(|field| answers.get(&field.id));
    said.flat_map(|answer| parse_documents(answer)).map(|paper| paper.id).collect()
}
