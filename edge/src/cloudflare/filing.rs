//! What a Conversation object does about forms and cases. What was answered is kept sealed, and handed in as a case.

use super::{
    config::lock,
    conversation_object::Visit,
    conversing::{Inner, Speaker},
    platform::{now, random, random_id},
    site_pairing::Offer,
    sites,
};
use crate::{
    case::{self, Case, CaseState, Filed, fact, filed},
    code::Code,
    conversation::{self, Log, afford},
    form::{Answers, Filled, Posted, Screen, next},
    hours,
    quota::Counts,
    turn::Published,
};
use serde::{Deserialize, Serialize};
use site::{Form, Procedure};
use std::rc::Rc;
use wire::{Fault, Id};
use worker::{Error, Result};

/// A page of a form was posted.
#[derive(Debug, Serialize, Deserialize)]
pub struct Filling {
    /// By whom.
    pub visit: Visit,
    /// Of which procedure.
    pub procedure: String,
    /// The site's language it was read in.
    pub lang: String,
    /// What was posted; nothing: the whole form is to be deleted.
    pub posted: Option<Posted>,
    /// Where cases are looked up.
    pub status: String,
}

/// A form that is being filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Draft {
    /// The case's number, once it is handed in: it is handed in once, however often that is tried.
    number: String,
    /// The id of the message that hands it in.
    id: Id,
    answers: Answers,
}

/// Takes a page.
pub async fn fill(inner: &Rc<Inner>, filling: Filling) -> Result<Filled> {
    let site = &filling.visit.whose.site;
    let published = sites::published(&inner.env, site).await?;
    let Some(published) = published else { return Ok(Filled::Refused(Fault::NoSite, None)) };
    let procedure = published.site.procedures.get(&filling.procedure);
    let Some((procedure, form)) = procedure.and_then(|p| Some((p, p.form.as_ref()?))) else {
        return Ok(Filled::Refused(Fault::NoSite, None));
    };
    if !inner.is_current(&filling.visit) {
        return Ok(Filled::Refused(Fault::Ticket, None));
    }
    let filled = Page { inner, published: &published, procedure, form, filling: &filling };
    match &filling.posted {
        Some(posted) => filled.take(posted).await,
        None => {
            inner.log.borrow_mut().set_record(&filled.name(), None);
            inner.log.borrow().check()?;
            Ok(Filled::Deleted)
        }
    }
}

struct Page<'a> {
    inner: &'a Rc<Inner>,
    published: &'a Rc<Published>,
    procedure: &'a Procedure,
    form: &'a Form,
    filling: &'a Filling,
}

impl Page<'_> {
    fn name(&self) -> String {
        format!("draft:{}", self.filling.procedure)
    }

    async fn take(&self, posted: &Posted) -> Result<Filled> {
        let before = self.draft()?;
        let mut draft = before.clone();
        let today = hours::today(&self.published.site.settings, now());
        let filled = match next(self.form, &mut draft.answers, posted, today) {
            Screen::Ask { page, wrong } => {
                let wrong = wrong.into_iter().map(|(field, wrong)| (field.id.clone(), wrong)).collect();
                Filled::Ask { page: page.id().to_owned(), wrong, answers: draft.answers.clone() }
            }
            Screen::Review(_) => Filled::Review(draft.answers.clone()),
            Screen::Send => return self.send(draft).await,
        };
        if draft.answers != before.answers {
            self.keep(&draft)?;
        }
        Ok(filled)
    }

    /// The form as far as it was filled in; a fresh one, if it wasn't, or can't be read any more.
    fn draft(&self) -> Result<Draft> {
        let sealed = self.inner.log.borrow().record(&self.name());
        self.inner.log.borrow().check()?;
        let opened = sealed.and_then(|sealed| self.lock().open(&self.name(), &sealed));
        match opened.and_then(|json| serde_json::from_str(&json).ok()) {
            Some(draft) => Ok(draft),
            None => Ok(Draft {
                number: Code::of(&random()?).to_string(),
                id: random_id()?,
                answers: Answers::new(),
            }),
        }
    }

    fn lock(&self) -> crate::sealed::Lock {
        lock(&self.inner.env, &self.filling.visit.whose.site)
    }

    fn keep(&self, draft: &Draft) -> Result<()> {
        let sealed = self.lock().seal(&self.name(), &serde_json::to_string(draft)?, random()?);
        let visit = &self.filling.visit;
        let mut log = self.inner.log.borrow_mut();
        let fresh = log.whose()?.is_none();
        log.found(&visit.whose)?;
        log.set_record(&self.name(), Some(&sealed));
        log.check()?;
        drop(log);
        if fresh {
            self.count(Counts { conversations: 1, messages: 0 });
        }
        Ok(())
    }

    fn count(&self, used: Counts) {
        self.inner.count(self.published, Some((self.filling.visit.address.clone(), used)));
    }

    /// Hands it in. The number is known to the site first: a receipt must be good for looking up.
    async fn send(&self, draft: Draft) -> Result<Filled> {
        let Filling { visit, procedure: name, lang, status, .. } = self.filling;
        let site = &self.published.site;
        let afforded = afford(&mut *self.inner.log.borrow_mut(), self.published, now());
        if let Err(wait) = afforded {
            return Ok(Filled::Refused(Fault::TooFast, Some(wait)));
        }
        let promised = self.form.days.and_then(|days| hours::working_day(&site.settings, now(), days));
        let promised = promised.map(|date| date.to_string());
        let named = (name.as_str(), self.procedure, self.form);
        let filed: Filed = filed(site, named, &draft.answers, &draft.number, promised.clone(), lang);
        let proof = draft.answers.get(&self.form.second).cloned().unwrap_or_default();
        self.offer(&draft.number, &proof).await?;
        let place = format!("case:{}", draft.number);
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
            sealed: self.lock().seal(&place, &serde_json::to_string(&filed)?, random()?),
        };
        let effects = {
            let mut log = self.inner.log.borrow_mut();
            log.found(&visit.whose)?;
            let effects = conversation::file(&mut *log, self.published, case.clone(), draft.id, status);
            log.set_record(&self.name(), None);
            log.check()?;
            effects
        };
        self.count(Counts { conversations: 0, messages: 1 });
        Inner::perform(self.inner, &visit.whose, effects, &Speaker::Nobody).await?;
        Ok(Filled::Sent { case: Box::new(case), proof })
    }

    async fn offer(&self, number: &str, proof: &str) -> Result<()> {
        let Visit { whose, generation, .. } = &self.filling.visit;
        let code = Code::read(number).ok_or_else(|| Error::RustError("a draft without a number".into()))?;
        let secret = super::config::text(&self.inner.env, "HOI_SECRET").unwrap_or_default();
        let offer = Offer {
            digest: code.digest(secret.as_bytes(), &whose.site, &fact(proof)),
            conversation: whose.conversation,
            generation: *generation,
            expires: now() + case::LIFE_MS,
            once: false,
        };
        let answer =
            sites::ask(&self.inner.env, &whose.site, "offer", Some(serde_json::to_vec(&offer)?)).await?;
        match answer.status_code() {
            200 => Ok(()),
            status => Err(Error::RustError(format!("the site does not take a case's number: {status}"))),
        }
    }
}

/// The case called `number`, without what was answered.
pub fn case(inner: &Inner, number: &str) -> Result<Option<Case>> {
    let log = inner.log.borrow();
    let case = conversation::case(&*log, number);
    log.check()?;
    Ok(case.map(|case| Case { sealed: String::new(), ..case }))
}
