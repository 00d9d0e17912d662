//! A procedure done in the chat: which question is next, what is wrong with an answer, and when all is there.
//!
//! [`next`] decides about one page that was posted; [`Answers`] is all there is to keep. Pages are drawn by
//! `document`, kept in the conversation, and need no script.

mod check;
mod documents;
mod filled;
mod pages;
#[cfg(test)]
mod tests;
mod typed;
#[cfg(test)]
mod walks;

pub use check::{Wrong, check};
pub use documents::{bring, ids};
pub use filled::{Brought, Filled};
pub use pages::{Page, asked, page, pages};
pub use typed::posted;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use site::{Field, FieldKind, Form};
use std::collections::BTreeMap;
use wire::Id;

/// What was answered, by the question's id, as the agency is told it; empty: left out.
pub type Answers = BTreeMap<String, String>;

/// What the visitor wants of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Go {
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

impl Go {
    /// What a form's `go` says.
    pub fn read(text: &str) -> Go {
        match text {
            "next" => Go::Next,
            "back" => Go::Back,
            "stay" => Go::Stay,
            "edit" => Go::Edit,
            "send" => Go::Send,
            _ => Go::Open,
        }
    }
}

/// A page that was posted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Posted {
    /// What is wanted.
    pub go: Go,
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

/// What is shown next.
#[derive(Debug, Clone, PartialEq)]
pub enum Screen<'f> {
    /// A page of questions.
    Ask {
        /// Which.
        page: Page<'f>,
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
pub fn next<'f>(form: &'f Form, answers: &mut Answers, posted: &Posted, today: Date) -> Screen<'f> {
    let here = page(form, answers, posted.one_each, &posted.page);
    // A question that is changed is shown with those around it.
    let only = |field: &Field| matches!(posted.go, Go::Open | Go::Edit) || posted.only.contains(&field.id);
    let here = here.map(|page| page.narrowed(only));
    match (posted.go, here) {
        (Go::Open | Go::Edit, None) | (Go::Next | Go::Back | Go::Stay, None) => {
            resume(form, answers, posted.one_each)
        }
        (Go::Open | Go::Edit, Some(page)) => Screen::Ask { page, wrong: Vec::new() },
        (Go::Next, Some(page)) => {
            let wrong = take(answers, &page, posted, today);
            if wrong.is_empty() {
                // An answer may have made other questions appear.
                after(form, answers, posted.one_each, &posted.page)
            } else {
                Screen::Ask { page, wrong }
            }
        }
        (Go::Stay, Some(page)) => {
            let wrong = match posted.without {
                Some(id) => {
                    page.fields.iter().for_each(|field| documents::without(field, answers, id));
                    Vec::new()
                }
                None => take(answers, &page, posted, today),
            };
            Screen::Ask { page, wrong }
        }
        (Go::Back, Some(page)) => {
            // Nobody is kept on a page that he wants to leave.
            let _unsaid = take(answers, &page, posted, today);
            let all = pages(form, answers, posted.one_each);
            let at = all.iter().position(|other| other.number == page.number).unwrap_or_default();
            let before = all.into_iter().nth(at.saturating_sub(1)).unwrap_or(page);
            Screen::Ask { page: before, wrong: Vec::new() }
        }
        (Go::Send, _) => match resume(form, answers, posted.one_each) {
            Screen::Review(_) => Screen::Send,
            screen => screen,
        },
    }
}

/// What is to be handed in: the answers to the questions that are asked, in the form's order.
pub fn handed_in<'f>(form: &'f Form, answers: &Answers) -> Vec<(&'f Field, String)> {
    let said = |field: &'f Field| Some((field, answers.get(&field.id)?.clone()));
    asked(form, answers).into_iter().filter_map(said).filter(|(_, answer)| !answer.is_empty()).collect()
}

/// What is still unanswered of the first page with such a question, or the review.
fn resume<'f>(form: &'f Form, answers: &Answers, one_each: bool) -> Screen<'f> {
    let open = pages(form, answers, one_each).into_iter().find(|page| !is_done(page, answers));
    open.map_or_else(|| Screen::Review(asked(form, answers)), |page| ask(page, answers))
}

/// What comes after the page that begins with `first`: the next one with something unanswered, else the review.
fn after<'f>(form: &'f Form, answers: &Answers, one_each: bool, first: &str) -> Screen<'f> {
    let all = pages(form, answers, one_each);
    let at = all.iter().position(|page| page.fields.iter().any(|field| field.id == first));
    let later = all.into_iter().skip(at.map_or(0, |at| at + 1)).find(|page| !is_done(page, answers));
    later.map_or_else(|| resume(form, answers, one_each), |page| ask(page, answers))
}

/// Asks what is unanswered on `page`: where an answer that was changed brings a question in, nobody answers the others again.
fn ask<'f>(page: Page<'f>, answers: &Answers) -> Screen<'f> {
    Screen::Ask { page: page.narrowed(|field| !answers.contains_key(&field.id)), wrong: Vec::new() }
}

fn is_done(page: &Page<'_>, answers: &Answers) -> bool {
    page.fields.iter().all(|field| answers.contains_key(&field.id))
}

/// Takes what was typed on `page`; gives what is wrong with it.
fn take<'f>(answers: &mut Answers, page: &Page<'f>, posted: &Posted, today: Date) -> Vec<(&'f Field, Wrong)> {
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
        let checked = if is_file { documents::there(field, answers) } else { check(field, typed(), today) };
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
