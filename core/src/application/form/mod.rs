//! A procedure done in the chat: which question is next, what is wrong with an answer, and when all is there.
//!
//! [`next_screen`] decides about one page that was posted; [`Answers`] is all there is to keep. Pages are drawn by
//! `document`, kept in the conversation, and need no script.

mod check;
mod documents;
mod form_response;
mod pages;
mod posted;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod walks;

pub use check::{Wrong, check_answer};
pub use documents::{add_file, answered_file_ids};
pub use form_response::{FormResponse, FormUploadOutcome};
pub use pages::{FormPage, asked_fields, find_page, form_pages};
pub use posted::{Answers, FormNavigation, Posted, parse_posted};

use jiff::civil::Date;
use site::{Field, FieldKind, Form};

/// What is shown next.
#[derive(Debug, Clone, PartialEq)]
pub enum Screen<'f> {
    /// A page of questions.
    Ask {
        /// Which.
        page: FormPage<'f>,
        /// What is wrong with what was typed, in the page's order.
        wrong: Vec<(&'f Field, Wrong)>,
    },
    /// Everything, to be looked over.
    Review(Vec<&'f Field>),
    /// Everything is there, and was looked over: hand it in.
    Send,
}

/// What follows from `posted`. Right answers go into `answers`; wrong ones are left to be shown as they were typed, and
/// an earlier answer in their place is forgotten.
pub fn next_screen<'f>(form: &'f Form, answers: &mut Answers, posted: &Posted, today: Date) -> Screen<'f> {
    let here = find_page(form, answers, posted.one_each, &posted.page);
    // A question that is changed is shown with those around it.
    let only = |field: &Field| {
        matches!(posted.go, FormNavigation::Open | FormNavigation::Edit) || posted.only.contains(&field.id)
    };
    let here = here.map(|page| page.filter_fields(only));
    match (posted.go, here) {
        (FormNavigation::Open | FormNavigation::Edit, None)
        | (FormNavigation::Next | FormNavigation::Back | FormNavigation::Stay, None) => {
            resume_form(form, answers, posted.one_each)
        }
        (FormNavigation::Open | FormNavigation::Edit, Some(page)) => Screen::Ask { page, wrong: Vec::new() },
        (FormNavigation::Next, Some(page)) => {
            let wrong = take_answers(answers, &page, posted, today);
            if wrong.is_empty() {
                // An answer may have made other questions appear.
                screen_after(form, answers, posted.one_each, &posted.page)
            } else {
                Screen::Ask { page, wrong }
            }
        }
        (FormNavigation::Stay, Some(page)) => {
            let wrong = match posted.without {
                Some(id) => {
                    page.fields.iter().for_each(|field| documents::remove_file(field, answers, id));
                    Vec::new()
                }
                None => take_answers(answers, &page, posted, today),
            };
            Screen::Ask { page, wrong }
        }
        (FormNavigation::Back, Some(page)) => {
            // Nobody is kept on a page that he wants to leave.
            let _unsaid = take_answers(answers, &page, posted, today);
            let all = form_pages(form, answers, posted.one_each);
            let at = all.iter().position(|other| other.number == page.number).unwrap_or_default();
            let before = all.into_iter().nth(at.saturating_sub(1)).unwrap_or(page);
            Screen::Ask { page: before, wrong: Vec::new() }
        }
        (FormNavigation::Send, _) => match resume_form(form, answers, posted.one_each) {
            Screen::Review(_) => Screen::Send,
            screen => screen,
        },
    }
}

/// What is to be handed in: the answers to the questions that are asked, in the form's order.
pub fn submitted_answers<'f>(form: &'f Form, answers: &Answers) -> Vec<(&'f Field, String)> {
    let said = |field: &'f Field| Some((field, answers.get(&field.id)?.clone()));
    asked_fields(form, answers)
        .into_iter()
        .filter_map(said)
        .filter(|(_, answer)| !answer.is_empty())
        .collect()
}

/// What is still unanswered of the first page with such a question, or the review.
fn resume_form<'f>(form: &'f Form, answers: &Answers, one_each: bool) -> Screen<'f> {
    let open = form_pages(form, answers, one_each).into_iter().find(|page| !is_done(page, answers));
    open.map_or_else(|| Screen::Review(asked_fields(form, answers)), |page| ask_page(page, answers))
}

/// What comes after the page that begins with `first`: the next one with something unanswered, else the review.
fn screen_after<'f>(form: &'f Form, answers: &Answers, one_each: bool, first: &str) -> Screen<'f> {
    let all = form_pages(form, answers, one_each);
    let at = all.iter().position(|page| page.fields.iter().any(|field| field.id == first));
    let later = all.into_iter().skip(at.map_or(0, |at| at + 1)).find(|page| !is_done(page, answers));
    later.map_or_else(|| resume_form(form, answers, one_each), |page| ask_page(page, answers))
}

/// Asks what is unanswered on `page`: where an answer that was changed brings a question in, nobody answers the others again.
fn ask_page<'f>(page: FormPage<'f>, answers: &Answers) -> Screen<'f> {
    Screen::Ask { page: page.filter_fields(|field| !answers.contains_key(&field.id)), wrong: Vec::new() }
}

fn is_done(page: &FormPage<'_>, answers: &Answers) -> bool {
    page.fields.iter().all(|field| answers.contains_key(&field.id))
}

/// Takes what was typed on `page`; gives what is wrong with it.
fn take_answers<'f>(
    answers: &mut Answers,
    page: &FormPage<'f>,
    posted: &Posted,
    today: Date,
) -> Vec<(&'f Field, Wrong)> {
    let mut wrong = Vec::new();
    for field in &page.fields {
        let refused = posted.refused.iter().filter(|(id, _)| *id == field.id);
        wrong.extend(refused.map(|(_, why)| (*field, *why)));
        // Files aren't typed: they came before.
        let is_file = matches!(field.kind, FieldKind::File(_));
        if is_file && !wrong.is_empty() {
            continue;
        }
        let typed = || posted.typed.get(&field.id).map_or("", String::as_str);
        let checked = if is_file {
            documents::check_files(field, answers)
        } else {
            check_answer(field, typed(), today)
        };
        match checked {
            Ok(answer) => {
                answers.insert(field.id.clone(), answer);
            }
            Err(why) => {
                answers.remove(&field.id);
                wrong.push((*field, why));
            }
        }
    }
    wrong
}
