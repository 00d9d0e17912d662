//! Handing a form in: the draft it is until then, what a page that was posted comes to, the case it becomes, and the receipt.

use super::{
    case::{Case, CaseState, SubmittedCase, build_submission, ownership_proof, papers_form},
    form::{Answers, FormNavigation, FormResponse, Posted, Screen, next_screen},
};
use crate::{files::Stored, hours};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use site::{Form, Site};
use wire::{Fault, Id};

/// A form that is being filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormDraft {
    /// The case's number, once it is handed in: it is handed in once, however often that is tried.
    pub number: String,
    /// The id of the message that hands it in.
    pub id: Id,
    /// What was answered so far.
    pub answers: Answers,
}

/// What was handed in last, for whoever hands it in again because the answer was lost on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormReceipt {
    /// The case's number.
    pub number: String,
    /// No more of the answer that proves whose it is than the receipt shows.
    pub fact: String,
}

/// The form of the procedure called `name`.
///
/// # Errors
/// What is answered instead.
pub fn procedure_form(site: &Site, name: &str) -> Result<Form, FormResponse> {
    let form = site.procedures.get(name).and_then(|procedure| procedure.form.clone());
    form.ok_or(FormResponse::Refused(Fault::NoSite, None))
}

/// The form in which papers are added to `case`, as long as the agency wants some.
///
/// # Errors
/// What is answered instead.
pub fn wanted_papers_form(site: &Site, case: &Case) -> Result<Form, FormResponse> {
    let form = papers_form(case, site).filter(|_| case.state == CaseState::NeedsPapers);
    form.ok_or_else(|| FormResponse::NotAsked(Box::new(case.clone())))
}

/// What a page that was posted comes to.
#[derive(Debug)]
pub enum PageOutcome {
    /// This is shown.
    Shown(FormResponse),
    /// Everything is there, and was looked over: it is to be handed in.
    HandIn,
}

/// What `posted` comes to. Right answers go into `answers`.
pub fn answer_page(form: &Form, answers: &mut Answers, posted: &Posted, today: Date) -> PageOutcome {
    match next_screen(form, answers, posted, today) {
        Screen::Ask { page, wrong } => {
            let wrong = wrong.into_iter().map(|(field, wrong)| (field.id.clone(), wrong)).collect();
            let only = page.fields.iter().map(|field| field.id.clone()).collect();
            let page = page.id().to_owned();
            PageOutcome::Shown(FormResponse::Ask { page, only, wrong, answers: answers.clone() })
        }
        Screen::Review(_) => PageOutcome::Shown(FormResponse::Review(answers.clone())),
        Screen::Send => PageOutcome::HandIn,
    }
}

/// Whether `posted` hands in what was handed in already: there is nothing else in the draft.
pub fn is_sent_again(posted: &Posted, draft: &FormDraft) -> bool {
    posted.go == FormNavigation::Send && draft.answers.is_empty()
}

/// A form as it is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The case it becomes; what was answered is not sealed into it yet.
    pub case: Case,
    /// What the agency is given.
    pub filed: SubmittedCase,
    /// The answer whose last characters prove whose it is.
    pub proof: String,
    /// The files that are handed in with it.
    pub files: Vec<Id>,
}

impl Submission {
    /// What is kept in case the answer is lost on the way.
    pub fn to_receipt(&self) -> FormReceipt {
        FormReceipt { number: self.case.number.clone(), fact: ownership_proof(&self.proof) }
    }
}

/// `draft` of `form`, handed in at `now` for the procedure called `name` by somebody who reads `lang`; nothing if the site
/// has no such procedure.
pub fn submit_draft(
    site: &Site,
    (name, form): (&str, &Form),
    draft: &FormDraft,
    lang: &str,
    now: u64,
) -> Option<Submission> {
    let procedure = site.procedures.get(name)?;
    let promised = form.days.and_then(|days| hours::working_day(&site.settings, now, days));
    let promised = promised.map(|date| date.to_string());
    let named = (name, procedure, form);
    let filed = build_submission(site, named, &draft.answers, &draft.number, promised.clone(), lang);
    let case = Case {
        number: draft.number.clone(),
        procedure: name.to_owned(),
        title: filed.title.clone(),
        lang: lang.to_owned(),
        seq: 0,
        filed_at: now,
        promised,
        state: CaseState::Sending,
        changed_at: now,
        note: String::new(),
        wants: None,
        added_at: None,
        appointment: None,
        files: Vec::new(),
        links: Vec::new(),
        sealed: String::new(),
    };
    let proof = draft.answers.get(&form.second).cloned().unwrap_or_default();
    let files = filed.fields.iter().flat_map(|field| &field.files).map(|file| file.id).collect();
    Some(Submission { case, filed, proof, files })
}

/// The files of the draft kept as `owner` that nothing `named` any more.
pub fn unnamed_files(kept: &[Stored], owner: &str, named: &[Id]) -> Vec<Id> {
    let gone = |file: &&Stored| file.owner.as_deref() == Some(owner) && !named.contains(&file.id);
    kept.iter().filter(gone).map(|file| file.id).collect()
}

/// The files of the draft kept as `owner` that belong to the case `number` from now on, since they were `handed` in with
/// it.
pub fn files_of_case(kept: Vec<Stored>, owner: &str, number: &str, handed: &[Id]) -> Vec<Stored> {
    let own = kept.into_iter().filter(|file| file.owner.as_deref() == Some(owner));
    let with = own.filter(|file| handed.contains(&file.id));
    with.map(|file| Stored { owner: Some(format!("case:{number}")), ..file }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::case::Wants;
    use site::{Field, FieldKind, Text};

    fn stored(id: u128, owner: Option<&str>) -> Stored {
        Stored {
            id: Id(id),
            name: "paper.pdf".into(),
            size: 1,
            kind: "application/pdf".into(),
            sha256: String::new(),
            at: 1,
            url: String::new(),
            seq: None,
            owner: owner.map(str::to_owned),
            by: None,
        }
    }

    /// A site with a procedure that asks for a name and a phone's number.
    fn site() -> Site {
        let mut site = crate::conversation::tests_site().site;
        let procedure = serde_json::json!({ "title": { "vi": "Đăng ký khai sinh" } });
        let procedure: site::ProcedureDefinition = serde_json::from_value(procedure).unwrap();
        site.procedures
            .insert("khai-sinh".into(), site::ProcedureDefinition { form: Some(form()), ..procedure });
        site
    }

    fn form() -> Form {
        let field = |id: &str, kind| Field {
            id: id.into(),
            kind,
            label: Text([("vi".to_owned(), id.to_owned())].into()),
            help: None,
            optional: false,
            only_if: None,
            pattern: None,
        };
        let fields =
            vec![field("name", FieldKind::Text { min: 2, max: 10 }), field("phone", FieldKind::Phone)];
        Form { intro: None, days: Some(3), second: "phone".into(), fields }
    }

    fn post(go: FormNavigation, page: &str, typed: &[(&str, &str)]) -> Posted {
        Posted {
            go,
            page: page.into(),
            typed: typed.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect(),
            without: None,
            refused: Vec::new(),
            only: Vec::new(),
            one_each: false,
        }
    }

    #[test]
    fn a_draft_becomes_a_case() {
        let (site, today) = (site(), Date::constant(2026, 11, 24));
        let form = procedure_form(&site, "khai-sinh").unwrap();
        assert!(matches!(procedure_form(&site, "khac"), Err(FormResponse::Refused(Fault::NoSite, None))));
        let mut draft = FormDraft { number: "ABCDE-FGHJK".into(), id: Id(9), answers: Answers::new() };
        assert!(is_sent_again(&post(FormNavigation::Send, "", &[]), &draft));
        let begun = answer_page(&form, &mut draft.answers, &post(FormNavigation::Send, "", &[]), today);
        assert!(matches!(begun, PageOutcome::Shown(FormResponse::Ask { .. })), "nothing is answered yet");
        for (page, answer) in [("name", "Hoa"), ("phone", "0912345678")] {
            let mut posted = post(FormNavigation::Next, page, &[(page, answer)]);
            posted.one_each = true;
            posted.only = vec![page.to_owned()];
            answer_page(&form, &mut draft.answers, &posted, today);
        }
        let sent = post(FormNavigation::Send, "", &[]);
        assert!(!is_sent_again(&sent, &draft));
        assert!(matches!(answer_page(&form, &mut draft.answers, &sent, today), PageOutcome::HandIn));
        let now = 1_780_000_000_000;
        let handed = submit_draft(&site, ("khai-sinh", &form), &draft, "vi", now).unwrap();
        assert_eq!((handed.case.state, handed.case.filed_at), (CaseState::Sending, now));
        assert_eq!(handed.case.title, "Đăng ký khai sinh");
        assert_eq!(handed.case.promised, handed.filed.promised);
        assert!(handed.case.promised.is_some() && handed.files.is_empty());
        assert_eq!(handed.proof, draft.answers["phone"]);
        assert_eq!(handed.to_receipt(), FormReceipt { number: draft.number.clone(), fact: "5678".into() });
        assert_eq!(submit_draft(&site, ("khac", &form), &draft, "vi", now), None);
        let case = handed.case;
        assert!(
            matches!(wanted_papers_form(&site, &case), Err(FormResponse::NotAsked(_))),
            "none are wanted"
        );
        let wants = Wants { papers: Vec::new(), until: None }.or_any("vi");
        let case = Case { state: CaseState::NeedsPapers, wants: Some(wants), ..case };
        assert!(wanted_papers_form(&site, &case).is_ok());
        let case = Case { state: CaseState::Done, ..case };
        assert!(matches!(wanted_papers_form(&site, &case), Err(FormResponse::NotAsked(_))), "it is over");
    }

    #[test]
    fn files_follow_the_answers_that_name_them() {
        let kept = vec![
            stored(1, Some("form:a")),
            stored(2, Some("form:a")),
            stored(3, Some("form:b")),
            stored(4, None),
        ];
        assert_eq!(unnamed_files(&kept, "form:a", &[Id(1)]), [Id(2)]);
        assert_eq!(unnamed_files(&kept, "form:a", &[]), [Id(1), Id(2)], "none of another form");
        let moved = files_of_case(kept, "form:a", "X", &[Id(1), Id(3)]);
        assert_eq!(moved.iter().map(|file| file.id).collect::<Vec<_>>(), [Id(1)]);
        assert_eq!(moved[0].owner.as_deref(), Some("case:X"));
    }
}
