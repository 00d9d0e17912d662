//! What a Conversation object does about forms and cases. What was answered is kept sealed, and handed in as a case.

use super::{
    context::Inner,
    documents,
    execute::{AtPage, execute},
};
use crate::{
    cache::sites,
    platform::{config::lock, now, random, random_id},
    rpc::{
        ObjectCall as _,
        conversation::{SubmitPage as Filling, VisitorSession as Visit},
        site::IssueCode,
    },
};
use hoi_core::{
    application::{
        case::{self, Case, CaseState, Filed, added, fact, filed, papers_form},
        form::{Answers, Filled, Go, Posted, Screen, next},
    },
    conversation::{self, ConversationStore as _, PAPERS_FORM, RecordKey, StoreError},
    crypto::code::Code,
    decide::Published,
    hours,
    limits::usage::Counts,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use site::Form;
use std::rc::Rc;
use wire::{Fault, Id};
use worker::{Error, Result};

/// A form that is being filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The case's number, once it is handed in: it is handed in once, however often that is tried.
    number: String,
    /// The id of the message that hands it in.
    id: Id,
    pub answers: Answers,
}

/// Takes a page.
pub async fn fill(inner: &Rc<Inner>, filling: Filling) -> Result<Filled> {
    let site = &filling.visit.whose.site;
    let published = sites::published(&inner.env, site).await?;
    let Some(published) = published else { return Ok(Filled::Refused(Fault::NoSite, None)) };
    inner.look_into(&published, &filling.visit)?;
    let page = match Page::open(inner, &published, &filling.visit, &filling.procedure)? {
        Ok(page) => page,
        // Sent once more, since the answer was lost on the way.
        Err(Filled::NotAsked(case)) if is_sent(&filling) && case.added_at.is_some() => {
            return Ok(Filled::Added(case));
        }
        Err(filled) => return Ok(filled),
    };
    match &filling.posted {
        Some(posted) => page.take(&filling, posted).await,
        None => {
            documents::tidy(&page, None)?;
            inner.store.transact(|store| conversation::set_form_draft(store, page.what, None))?;
            Ok(Filled::Deleted)
        }
    }
}

fn is_sent(filling: &Filling) -> bool {
    filling.posted.as_ref().is_some_and(|posted| posted.go == Go::Send)
}

/// What was handed in last, for whoever hands it in again because the answer was lost on the way.
#[derive(Debug, Serialize, Deserialize)]
struct Sent {
    number: String,
    /// No more of the answer that proves whose it is than the receipt shows.
    fact: String,
}

/// A form that somebody fills in.
pub struct Page<'a> {
    pub inner: &'a Rc<Inner>,
    pub form: Form,
    published: &'a Rc<Published>,
    visit: &'a Visit,
    what: &'a str,
    /// The case that papers are added to; else it is a procedure.
    adds_to: Option<Case>,
}

impl<'a> Page<'a> {
    /// The form called `what`: a procedure's, or that of a case which papers are added to. Else what is answered instead.
    pub fn open(
        inner: &'a Rc<Inner>,
        published: &'a Rc<Published>,
        visit: &'a Visit,
        what: &'a str,
    ) -> Result<std::result::Result<Page<'a>, Filled>> {
        if !inner.is_current(visit)? {
            return Ok(Err(Filled::Refused(Fault::Ticket, None)));
        }
        let nothing = || Ok(Err(Filled::Refused(Fault::NoSite, None)));
        let page = |form, adds_to| Page { inner, form, published, visit, what, adds_to };
        let Some(number) = what.strip_prefix(PAPERS_FORM) else {
            let form = published.site.procedures.get(what).and_then(|procedure| procedure.form.clone());
            return form.map_or_else(nothing, |form| Ok(Ok(page(form, None))));
        };
        let Some(case) = case(inner, number)? else { return nothing() };
        let wanted = case.state == CaseState::NeedsPapers;
        match papers_form(&case, &published.site).filter(|_| wanted) {
            Some(form) => Ok(Ok(page(form, Some(case)))),
            None => Ok(Err(Filled::NotAsked(Box::new(case)))),
        }
    }

    /// The record its answers are kept in.
    pub fn name(&self) -> String {
        RecordKey::FormDraft(self.what).to_string()
    }

    async fn take(&self, filling: &Filling, posted: &Posted) -> Result<Filled> {
        let before = self.draft()?;
        if let Some(sent) = self.sent_before(posted, &before)? {
            return Ok(sent);
        }
        let mut draft = before.clone();
        let today = hours::today(&self.published.site.settings, now());
        let filled = match next(&self.form, &mut draft.answers, posted, today) {
            Screen::Ask { page, wrong } => {
                let wrong = wrong.into_iter().map(|(field, wrong)| (field.id.clone(), wrong)).collect();
                let only = page.fields.iter().map(|field| field.id.clone()).collect();
                Filled::Ask { page: page.id().to_owned(), only, wrong, answers: draft.answers.clone() }
            }
            Screen::Review(_) => Filled::Review(draft.answers.clone()),
            Screen::Send => {
                self.begin()?;
                let afforded = self.inner.afford(self.published, self.visit)?;
                return match (afforded, &self.adds_to) {
                    (Err(wait), _) => Ok(Filled::Refused(Fault::TooFast, Some(wait))),
                    (Ok(()), Some(case)) => self.add(case, draft).await,
                    (Ok(()), None) => self.send(filling, draft).await,
                };
            }
        };
        if draft.answers != before.answers {
            self.keep(&draft)?;
            documents::tidy(self, Some(&draft.answers))?;
        }
        Ok(filled)
    }

    fn parse<T: DeserializeOwned>(&self, key: &str, json: &str) -> Result<T> {
        self.inner.store.read(|_| StoreError::parse_json(key, json))
    }

    /// The form as far as it was filled in; a fresh one, if it wasn't, or was sealed with another secret.
    pub fn draft(&self) -> Result<Draft> {
        let sealed = self.inner.store.read(|store| conversation::form_draft(store, self.what))?;
        let opened = sealed.and_then(|sealed| self.lock().open(&self.name(), &sealed));
        match opened {
            Some(json) => self.parse(&self.name(), &json),
            None => Ok(Draft {
                number: Code::of(&random()?).to_string(),
                id: random_id()?,
                answers: Answers::new(),
            }),
        }
    }

    /// The receipt again, where there is nothing to hand in but what was handed in already.
    fn sent_before(&self, posted: &Posted, draft: &Draft) -> Result<Option<Filled>> {
        if posted.go != Go::Send || !draft.answers.is_empty() {
            return Ok(None);
        }
        let key = RecordKey::FormReceipt(self.what);
        let sealed = self.inner.store.read(|store| store.record(&key))?;
        let opened = sealed.and_then(|sealed| self.lock().open(&key.to_string(), &sealed));
        let Some(json) = opened else { return Ok(None) };
        let sent: Sent = self.parse(&key.to_string(), &json)?;
        let case = case(self.inner, &sent.number)?;
        Ok(case.map(|case| Filled::Sent { case: Box::new(case), proof: sent.fact }))
    }

    fn lock(&self) -> hoi_core::crypto::encryption::Lock {
        lock(&self.inner.env, &self.visit.whose.site)
    }

    /// Keeps it.
    pub fn keep(&self, draft: &Draft) -> Result<()> {
        let sealed = self.lock().seal(&self.name(), &serde_json::to_string(draft)?, random()?);
        self.begin()?;
        self.inner.store.transact(|store| conversation::set_form_draft(store, self.what, Some(&sealed)))
    }

    /// Makes the conversation's tables, if there are none.
    pub fn begin(&self) -> Result<()> {
        self.inner.begin(self.published, self.visit)
    }

    fn count(&self, used: Counts) {
        self.inner.count(self.published, Some((self.visit.address.clone(), used)));
    }

    /// Hands it in. The number is known to the site first: a receipt must be good for looking up.
    async fn send(&self, filling: &Filling, draft: Draft) -> Result<Filled> {
        let Filling { procedure: name, lang, status, .. } = filling;
        let (site, visit) = (&self.published.site, self.visit);
        let Some(procedure) = site.procedures.get(name) else {
            return Ok(Filled::Refused(Fault::NoSite, None));
        };
        let promised = self.form.days.and_then(|days| hours::working_day(&site.settings, now(), days));
        let promised = promised.map(|date| date.to_string());
        let named = (name.as_str(), procedure, &self.form);
        let filed: Filed = filed(site, named, &draft.answers, &draft.number, promised.clone(), lang);
        let proof = draft.answers.get(&self.form.second).cloned().unwrap_or_default();
        self.offer(&draft.number, &proof).await?;
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
            sealed: self.lock().seal(&place, &serde_json::to_string(&filed)?, random()?),
        };
        let files = filed.fields.iter().flat_map(|field| &field.files).map(|file| file.id);
        documents::handed(self, &case.number, &files.collect::<Vec<_>>())?;
        self.begin()?;
        let sent = serde_json::to_string(&Sent { number: case.number.clone(), fact: fact(&proof) })?;
        let receipt = RecordKey::FormReceipt(self.what);
        let sent = self.lock().seal(&receipt.to_string(), &sent, random()?);
        let effects = self.inner.store.transact(|store| {
            let effects = conversation::file(store, self.published, case.clone(), draft.id, status)?;
            conversation::set_form_draft(store, self.what, None)?;
            store.set_record(&receipt, Some(&sent))?;
            Ok(effects)
        })?;
        self.count(Counts { conversations: 0, messages: 1 });
        execute(self.inner, &visit.whose, effects, &AtPage).await?;
        Ok(Filled::Sent { case: Box::new(case), proof })
    }

    /// Adds papers to a case.
    async fn add(&self, case: &Case, draft: Draft) -> Result<Filled> {
        let added = added(case, &self.form, &self.published.site, &draft.answers);
        let number = &case.number;
        let sealed = self.lock().seal(&format!("added:{number}"), &serde_json::to_string(&added)?, random()?);
        let files = added.papers.iter().flat_map(|paper| &paper.files).map(|file| file.id);
        documents::handed(self, number, &files.collect::<Vec<_>>())?;
        let done = self.inner.store.transact(|store| {
            let done = conversation::add(store, number, &added, draft.id, &sealed, now())?;
            conversation::set_form_draft(store, self.what, None)?;
            Ok(done)
        })?;
        let Some((case, effects)) = done else { return Ok(Filled::NotAsked(Box::new(case.clone()))) };
        self.count(Counts { conversations: 0, messages: 1 });
        execute(self.inner, &self.visit.whose, effects, &AtPage).await?;
        Ok(Filled::Added(Box::new(case)))
    }

    async fn offer(&self, number: &str, proof: &str) -> Result<()> {
        let Visit { whose, generation, .. } = self.visit;
        let code = Code::read(number).ok_or_else(|| Error::RustError("a draft without a number".into()))?;
        let secret = crate::platform::config::text(&self.inner.env, "HOI_SECRET").unwrap_or_default();
        let issue = IssueCode {
            digest: code.digest(secret.as_bytes(), &whose.site, &fact(proof)),
            conversation: whose.conversation,
            generation: *generation,
            expires: now() + case::LIFE_MS,
            once: false,
        };
        issue.call(&self.inner.env, &whose.site).await
    }
}

/// The case called `number`, without what was answered.
pub fn case(inner: &Inner, number: &str) -> Result<Option<Case>> {
    let case = inner.store.read(|store| conversation::case(store, number))?;
    Ok(case.map(|case| Case { sealed: String::new(), ..case }))
}
