//! A form that somebody fills in: which one it is, and its answers, which are kept sealed.

use super::{context::ConversationContext, creation::create_conversation};
use crate::{
    platform::{config::encryption_lock, random_bytes, random_id},
    rpc::conversation::VisitorSession,
};
use hoi_core::{
    application::{
        case::Case,
        form::{Answers, FormResponse},
        submission::{FormDraft, procedure_form, wanted_papers_form},
    },
    conversation::{self, PAPERS_FORM, RecordKey, StoreError},
    crypto::{code::Code, encryption::Lock},
    decide::Published,
};
use serde::de::DeserializeOwned;
use site::Form;
use std::rc::Rc;
use wire::Fault;
use worker::Result;

/// A form that somebody fills in.
pub struct FormSession<'a> {
    pub context: &'a Rc<ConversationContext>,
    pub form: Form,
    pub published: &'a Rc<Published>,
    pub visit: &'a VisitorSession,
    /// What it is called.
    pub what: &'a str,
    /// The case that papers are added to; else it is a procedure.
    pub adds_to: Option<Case>,
}

impl<'a> FormSession<'a> {
    /// The form called `what`: a procedure's, or that of a case which papers are added to. Else what is answered instead.
    pub fn open(
        context: &'a Rc<ConversationContext>,
        published: &'a Rc<Published>,
        visit: &'a VisitorSession,
        what: &'a str,
    ) -> Result<std::result::Result<FormSession<'a>, FormResponse>> {
        if !context.is_current(visit)? {
            return Ok(Err(FormResponse::Refused(Fault::Ticket, None)));
        }
        let site = &published.site;
        let session = |form, adds_to| FormSession { context, form, published, visit, what, adds_to };
        let Some(number) = what.strip_prefix(PAPERS_FORM) else {
            return Ok(procedure_form(site, what).map(|form| session(form, None)));
        };
        let Some(case) = find_case(context, number)? else {
            return Ok(Err(FormResponse::Refused(Fault::NoSite, None)));
        };
        Ok(wanted_papers_form(site, &case).map(|form| session(form, Some(case))))
    }

    /// The record its answers are kept in.
    pub fn record_name(&self) -> String {
        RecordKey::FormDraft(self.what).to_string()
    }

    /// What was opened again, read.
    pub fn parse<T: DeserializeOwned>(&self, key: &str, json: &str) -> Result<T> {
        self.context.store.read(|_| StoreError::parse_record(key, json))
    }

    /// The form as far as it was filled in; a fresh one, if it wasn't, or was sealed with another secret.
    pub fn read_draft(&self) -> Result<FormDraft> {
        let sealed = self.context.store.read(|store| conversation::form_draft(store, self.what))?;
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

    /// What seals its answers.
    pub fn encryption_lock(&self) -> Lock {
        encryption_lock(&self.context.env, &self.visit.whose.site)
    }

    /// Keeps it.
    pub fn write_draft(&self, draft: &FormDraft) -> Result<()> {
        let sealed =
            self.encryption_lock().seal(&self.record_name(), &serde_json::to_string(draft)?, random_bytes()?);
        self.create_conversation()?;
        self.context.store.transact(|store| conversation::set_form_draft(store, self.what, Some(&sealed)))
    }

    /// Makes the conversation's tables, if there are none.
    pub fn create_conversation(&self) -> Result<()> {
        create_conversation(self.context, self.published, self.visit)
    }
}

/// The case called `number`, without what was answered.
pub fn find_case(context: &ConversationContext, number: &str) -> Result<Option<Case>> {
    let case = context.store.read(|store| conversation::find_case(store, number))?;
    Ok(case.map(|case| Case { sealed: String::new(), ..case }))
}
