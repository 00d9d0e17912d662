//! Which questions are asked, and which of them together.

use super::Answers;
use site::{Field, FieldKind, Form};

/// Most questions on one page.
const MOST: usize = 5;

/// Questions that are asked together.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<'f> {
    /// The questions, at least one.
    pub fields: Vec<&'f Field>,
    /// Which page it is, from 1.
    pub number: usize,
    /// How many there are, as far as is known now.
    pub of: usize,
}

impl<'f> Page<'f> {
    /// What names it: the id of its first question.
    pub fn id(&self) -> &'f str {
        self.fields.first().map_or("", |field| &field.id)
    }

    /// Whether files are sent with it.
    pub fn has_files(&self) -> bool {
        self.fields.iter().any(|field| is_file(field))
    }
}

/// The questions that are asked, given what was answered so far.
pub fn asked<'f>(form: &'f Form, answers: &Answers) -> Vec<&'f Field> {
    let mut asked: Vec<&Field> = Vec::new();
    for field in &form.fields {
        // A question that is not asked itself has no answer for others to depend on.
        let wanted = field.only_if.as_ref().is_none_or(|condition| {
            let before = asked.iter().any(|before| before.id == condition.field);
            before && answers.get(&condition.field).is_some_and(|answer| condition.is.contains(answer))
        });
        if wanted {
            asked.push(field);
        }
    }
    asked
}

/// The pages. With `one_each`, and for files, every question has its own; else a page ends where one depends on one that stands
/// on it, since without a script nothing appears while one types.
pub fn pages<'f>(form: &'f Form, answers: &Answers, one_each: bool) -> Vec<Page<'f>> {
    let mut groups: Vec<Vec<&Field>> = Vec::new();
    for field in asked(form, answers) {
        let depends = |group: &Vec<&Field>| {
            let on = field.only_if.as_ref().map(|condition| condition.field.as_str());
            group.iter().any(|other| Some(other.id.as_str()) == on)
        };
        // Files are sent by themselves: who mistypes something must not send them twice.
        let alone = |group: &Vec<&Field>| is_file(field) || group.iter().any(|other| is_file(other));
        let joins = |group: &Vec<&Field>| group.len() < MOST && !depends(group) && !alone(group);
        match groups.last_mut().filter(|group| !one_each && joins(group)) {
            Some(group) => group.push(field),
            None => groups.push(vec![field]),
        }
    }
    let of = groups.len();
    groups.into_iter().enumerate().map(|(at, fields)| Page { fields, number: at + 1, of }).collect()
}

fn is_file(field: &Field) -> bool {
    matches!(field.kind, FieldKind::File(_))
}

/// The page with the question `id` on it.
pub fn page<'f>(form: &'f Form, answers: &Answers, one_each: bool, id: &str) -> Option<Page<'f>> {
    pages(form, answers, one_each).into_iter().find(|page| page.fields.iter().any(|field| field.id == id))
}
