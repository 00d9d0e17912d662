//! What a Conversation object does about forms and cases. What was answered is kept sealed, and handed in as a case.

use super::{
    context::Inner,
    documents,
    execute::{AtPage, execute_effects},
};
use crate::{
    cache::sites,
    platform::{config::encryption_lock, now, random_bytes, random_id},
    rpc::{
        ObjectCall as _,
        conversation::{SubmitPage as Filling, VisitorSession as Visit},
        site::IssueCode,
    },
};
use hoi_core::{
    application::{
        case::{self, Case, CaseState, Filed, build_submission, collect_added, ownership_proof, papers_form},
        form::{Answers, Filled, FormNavigation, Posted, Screen, next_screen},
    },
    conversation::{self, ConversationStore as _, PAPERS_FORM, RecordKey, StoreError},
    crypto::code::Code,
    decide::Published,
    hours,
    limits::usage::UsageCounts,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use site::Form;
use std::rc::Rc;
use wire::{Fault, Id};
use worker::{Error, Result};

/// A form that is being filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormDraft {
    /// The case's number, once it is handed in: it is handed in once, however often that is tried.
    number: String,
    /// The id of the message that hands it in.
    id: Id,
    pub answers: Answers,
}

/// Takes a page.
pub async fn submit_page(inner: &Rc<Inner>, filling: Filling) -> Result<Filled> {
    let site = &filling.visit.whose.site;
    let published = sites::find_published(&inner.env, site).await?;
    let Some(published) = published else { return Ok(Filled::Refused(Fault::NoSite, None)) };
    inner.look_into(&published, &filling.visit)?;
    let page = match FormSession::open(inner, &published, &filling.visit, &filling.procedure)? {
        Ok(page) => page,
        // Sent once more, since the answer was lost on the way.
        Err(Filled::NotAsked(case)) if is_sent(&filling) && case.added_at.is_some() => {
            return Ok(Filled::Added(case));
        }
        Err(filled) => return Ok(filled),
    };
    match &filling.posted {
        Some(posted) => page.process_page(&filling, posted).await,
        None => {
            documents::delete_unreferenced(&page, None)?;
            inner.store.transact(|store| conversation::set_form_draft(store, page.what, None))?;
            Ok(Filled::Deleted)
        }
    }
}

fn is_sent(filling: &Filling) -> bool {
    filling.posted.as_ref().is_some_and(|posted| posted.go == FormNavigation::Send)
}

/// What was handed in last, for whoever hands it in again because the answer was lost on the way.
#[derive(Debug, Serialize, Deserialize)]
struct Sent {
    number: String,
    /// No more of the answer that proves whose it is than the receipt shows.
    fact: String,
}

/// A form that somebody fills in.
pub struct FormSession<'a> {
    pub inner: &'a Rc<Inner>,
    pub form: Form,
    published: &'a Rc<Published>,
    visit: &'a Visit,
    what: &'a str,
    /// The case that papers are added to; else it is a procedure.
    adds_to: Option<Case>,
}

impl<'a> FormSession<'a> {
    /// The form called `what`: a procedure's, or that of a case which papers are added to. Else what is answered instead.
    pub fn open(
        inner: &'a Rc<Inner>,
        published: &'a Rc<Published>,
        visit: &'a Visit,
        what: &'a str,
    ) -> Result<std::result::Result<FormSession<'a>, Filled>> {
        if !inner.is_current(visit)? {
            return Ok(Err(Filled::Refused(Fault::Ticket, None)));
        }
        let nothing = || Ok(Err(Filled::Refused(Fault::NoSite, None)));
        let page = |form, adds_to| FormSession { inner, form, published, visit, what, adds_to };
        let Some(number) = what.strip_prefix(PAPERS_FORM) else {
            let form = published.site.procedures.get(what).and_then(|procedure| procedure.form.clone());
            return form.map_or_else(nothing, |form| Ok(Ok(page(form, None))));
        };
        let Some(case) = find_case(inner, number)? else { return nothing() };
        let wanted = case.state == CaseState::NeedsPapers;
        match papers_form(&case, &published.site).filter(|_| wanted) {
            Some(form) => Ok(Ok(page(form, Some(case)))),
            None => Ok(Err(Filled::NotAsked(Box::new(case)))),
        }
    }

    /// The record its answers are kept in.
    pub fn record_name(&self) -> String {
        RecordKey::FormDraft(self.what).to_string()
    }

    async fn process_page(&self, filling: &Filling, posted: &Posted) -> Result<Filled> {
        let before = self.read_draft()?;
        if let Some(sent) = self.sent_before(posted, &before)? {
            return Ok(sent);
        }
        let mut draft = before.clone();
        let today = hours::today(&self.published.site.settings, now());
        let filled = match next_screen(&self.form, &mut draft.answers, posted, today) {
            Screen::Ask { page, wrong } => {
                let wrong = wrong.into_iter().map(|(field, wrong)| (field.id.clone(), wrong)).collect();
                let only = page.fields.iter().map(|field| field.id.clone()).collect();
                Filled::Ask { page: page.id().to_owned(), only, wrong, answers: draft.answers.clone() }
            }
            Screen::Review(_) => Filled::Review(draft.answers.clone()),
            Screen::Send => {
                self.create_conversation()?;
                let afforded = self.inner.spend_token(self.published, self.visit)?;
                return match (afforded, &self.adds_to) {
                    (Err(wait), _) => Ok(Filled::Refused(Fault::TooFast, Some(wait))),
                    (Ok(()), Some(case)) => self.add_documents(case, draft).await,
                    (Ok(()), None) => self.submit_form(filling, draft).await,
                };
            }
        };
        if draft.answers != before.answers {
            self.write_draft(&draft)?;
            documents::delete_unreferenced(self, Some(&draft.answers))?;
        }
        Ok(filled)
    }

    fn parse<T: DeserializeOwned>(&self, key: &str, json: &str) -> Result<T> {
        self.inner.store.read(|_| StoreError::parse_json(key, json))
    }

    /// The form as far as it was filled in; a fresh one, if it wasn't, or was sealed with another secret.
    pub fn read_draft(&self) -> Result<FormDraft> {
        let sealed = self.inner.store.read(|store| conversation::form_draft(store, self.what))?;
        let opened = sealed.and_then(|sealed| self.encryption_lock().open(&self.record_name(), &sealed));
        match opened {
            Some(json) => self.parse(&self.record_name(), &json),
            None => Ok(FormDraft {
                number: Code::from_random(&random_bytes()?).to_string(),
                id: random_id()?,
                answers: Answers::new(),
            }),
        }
    }

    /// The receipt again, where there is nothing to hand in but what was handed in already.
    fn sent_before(&self, posted: &Posted, draft: &FormDraft) -> Result<Option<Filled>> {
        if posted.go != FormNavigation::Send || !draft.answers.is_empty() {
            return Ok(None);
        }
        let key = RecordKey::FormReceipt(self.what);
        let sealed = self.inner.store.read(|store| store.record(&key))?;
        let opened = sealed.and_then(|sealed| self.encryption_lock().open(&key.to_string(), &sealed));
        let Some(json) = opened else { return Ok(None) };
        let sent: Sent = self.parse(&key.to_string(), &json)?;
        let case = find_case(self.inner, &sent.number)?;
        Ok(case.map(|case| Filled::Sent { case: Box::new(case), proof: sent.fact }))
    }

    fn encryption_lock(&self) -> hoi_core::crypto::encryption::Lock {
        encryption_lock(&self.inner.env, &self.visit.whose.site)
    }

    /// Keeps it.
    pub fn write_draft(&self, draft: &FormDraft) -> Result<()> {
        let sealed =
            self.encryption_lock().seal(&self.record_name(), &serde_json::to_string(draft)?, random_bytes()?);
        self.create_conversation()?;
        self.inner.store.transact(|store| conversation::set_form_draft(store, self.what, Some(&sealed)))
    }

    /// Makes the conversation's tables, if there are none.
    pub fn create_conversation(&self) -> Result<()> {
        self.inner.create_conversation(self.published, self.visit)
    }

    fn record_usage(&self, used: UsageCounts) {
        self.inner.record_usage(self.published, Some((self.visit.address.clone(), used)));
    }

    /// Hands it in. The number is known to the site first: a receipt must be good for looking up.
    async fn submit_form(&self, filling: &Filling, draft: FormDraft) -> Result<Filled> {
        let Filling { procedure: name, lang, status, .. } = filling;
        let (site, visit) = (&self.published.site, self.visit);
        let Some(procedure) = site.procedures.get(name) else {
            return Ok(Filled::Refused(Fault::NoSite, None));
        };
        let promised = self.form.days.and_then(|days| hours::working_day(&site.settings, now(), days));
        let promised = promised.map(|date| date.to_string());
        let named = (name.as_str(), procedure, &self.form);
        let filed: Filed =
            build_submission(site, named, &draft.answers, &draft.number, promised.clone(), lang);
        let proof = draft.answers.get(&self.form.second).cloned().unwrap_or_default();
        self.issue_code(&draft.number, &proof).await?;
        let place = RecordKey::Case(&draft.number).to_string();
        let case = Case {
            number: draft.number,
            procedure: name.clone(),
            title: filed.title.clone(),
            lang: lang.clone(),
            seq: 0,
            filed_at: now(),
            promised,
            state: CaseState::Sending,
            changed_at: now(),
            note: String::new(),
            wants: None,
            added_at: None,
            appointment: None,
            files: Vec::new(),
            links: Vec::new(),
            sealed: self.encryption_lock().seal(&place, &serde_json::to_string(&filed)?, random_bytes()?),
        };
        let files = filed.fields.iter().flat_map(|field| &field.files).map(|file| file.id);
        documents::assign_to_case(self, &case.number, &files.collect::<Vec<_>>())?;
        self.create_conversation()?;
        let sent =
            serde_json::to_string(&Sent { number: case.number.clone(), fact: ownership_proof(&proof) })?;
        let receipt = RecordKey::FormReceipt(self.what);
        let sent = self.encryption_lock().seal(&receipt.to_string(), &sent, random_bytes()?);
        let effects = self.inner.store.transact(|store| {
            let effects = conversation::file_case(store, self.published, case.clone(), draft.id, status)?;
            conversation::set_form_draft(store, self.what, None)?;
            store.set_record(&receipt, Some(&sent))?;
            Ok(effects)
        })?;
        self.record_usage(UsageCounts { conversations: 0, messages: 1 });
        execute_effects(self.inner, &visit.whose, effects, &AtPage).await?;
        Ok(Filled::Sent { case: Box::new(case), proof })
    }

    /// Adds papers to a case.
    async fn add_documents(&self, case: &Case, draft: FormDraft) -> Result<Filled> {
        let added = collect_added(case, &self.form, &self.published.site, &draft.answers);
        let number = &case.number;
        let sealed = self.encryption_lock().seal(
            &format!("added:{number}"),
            &serde_json::to_string(&added)?,
            random_bytes()?,
        );
        let files = added.papers.iter().flat_map(|paper| &paper.files).map(|file| file.id);
        documents::assign_to_case(self, number, &files.collect::<Vec<_>>())?;
        let done = self.inner.store.transact(|store| {
            let done = conversation::add_documents(store, number, &added, draft.id, &sealed, now())?;
            conversation::set_form_draft(store, self.what, None)?;
            Ok(done)
        })?;
        let Some((case, effects)) = done else { return Ok(Filled::NotAsked(Box::new(case.clone()))) };
        self.record_usage(UsageCounts { conversations: 0, messages: 1 });
        execute_effects(self.inner, &self.visit.whose, effects, &AtPage).await?;
        Ok(Filled::Added(Box::new(case)))
    }

    async fn issue_code(&self, number: &str, proof: &str) -> Result<()> {
        let Visit { whose, generation, .. } = self.visit;
        let code = Code::parse(number).ok_or_else(|| Error::RustError("a draft without a number".into()))?;
        let secret = crate::platform::config::read_binding(&self.inner.env, "HOI_SECRET").unwrap_or_default();
        let issue = IssueCode {
            digest: code.digest(secret.as_bytes(), &whose.site, &ownership_proof(proof)),
            conversation: whose.conversation,
            generation: *generation,
            expires: now() + case::LIFE_MS,
            once: false,
        };
        issue.call(&self.inner.env, &whose.site).await
    }
}

/// The case called `number`, without what was answered.
pub fn find_case(inner: &Inner, number: &str) -> Result<Option<Case>> {
    let case = inner.store.read(|store| conversation::find_case(store, number))?;
    Ok(case.map(|case| Case { sealed: String::new(), ..case }))
}
