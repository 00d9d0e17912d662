//! Which questions are asked, and which of them together.

use super::posted::Answers;
use site::{Field, FieldKind, Form};

/// Most questions on one page.
const MOST: usize = 5;

/// Questions that are asked together.
#[derive(Debug, Clone, PartialEq)]
pub struct FormPage<'f> {
    /// The questions, at least one.
    pub fields: Vec<&'f Field>,
    /// Which page it is, from 1.
    pub number: usize,
    /// How many there are at most: an answer may make it fewer, and only another answer in its place makes it more again.
    pub of: usize,
}

impl<'f> FormPage<'f> {
    /// What names it: the id of its first question.
    pub fn id(&self) -> &'f str {
        self.fields.first().map_or("", |field| &field.id)
    }

    /// The page with those of its questions only that `wanted` is true of; the whole page, if it is of none.
    pub fn filter_fields(mut self, wanted: impl Fn(&Field) -> bool) -> FormPage<'f> {
        if self.fields.iter().any(|field| wanted(field)) {
            self.fields.retain(|field| wanted(field));
        }
        self
    }

    /// Whether files are sent with it.
    pub fn has_files(&self) -> bool {
        self.fields.iter().any(|field| is_file(field))
    }
}

/// The questions that are asked, given what was answered so far.
pub fn asked_fields<'f>(form: &'f Form, answers: &Answers) -> Vec<&'f Field> {
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

/// The questions that are asked or may still be: what they hang on was not answered yet.
fn possible_fields<'f>(form: &'f Form, answers: &Answers) -> Vec<&'f Field> {
    let mut possible: Vec<&Field> = Vec::new();
    for field in &form.fields {
        let wanted = field.only_if.as_ref().is_none_or(|condition| {
            let before = possible.iter().any(|before| before.id == condition.field);
            before && answers.get(&condition.field).is_none_or(|answer| condition.is.contains(answer))
        });
        if wanted {
            possible.push(field);
        }
    }
    possible
}

/// All questions of the form, in groups. Nothing that is answered moves a question to another group. With `one_each`, and for
/// files, every question is a group of its own; else a group ends where a question hangs on one that stands in it, since
/// without a script nothing appears while one types.
fn field_groups(form: &Form, one_each: bool) -> Vec<Vec<&Field>> {
    let mut groups: Vec<Vec<&Field>> = Vec::new();
    for field in &form.fields {
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
    groups
}

/// The pages: of each group the questions that are asked, where there are any. Groups that may still be asked count already, so
/// that nobody is told of fewer pages than come.
pub fn form_pages<'f>(form: &'f Form, answers: &Answers, one_each: bool) -> Vec<FormPage<'f>> {
    let (asked, possible) = (asked_fields(form, answers), possible_fields(form, answers));
    let among = |list: &[&Field], field: &Field| list.iter().any(|other| other.id == field.id);
    let mut groups = field_groups(form, one_each);
    groups.retain(|group| group.iter().any(|field| among(&possible, field)));
    let of = groups.len();
    let pages = groups.into_iter().enumerate().map(|(at, mut fields)| {
        fields.retain(|field| among(&asked, field));
        FormPage { fields, number: at + 1, of }
    });
    pages.filter(|page| !page.fields.is_empty()).collect()
}

fn is_file(field: &Field) -> bool {
    matches!(field.kind, FieldKind::File(_))
}

/// The page with the question `id` on it.
pub fn find_page<'f>(form: &'f Form, answers: &Answers, one_each: bool, id: &str) -> Option<FormPage<'f>> {
    form_pages(form, answers, one_each)
        .into_iter()
        .find(|page| page.fields.iter().any(|field| field.id == id))
}
