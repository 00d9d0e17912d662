//! Files that belong to forms and cases, on their way into the Conversation object and in it.

use super::{
    alarm,
    conversation_object::Visit,
    conversing::Inner,
    file_store::{Coming, forget, put},
    filing::Page,
    pages::Guest,
    platform::{now, random_id},
    quota, sites,
    sql_log::Whose,
    uploads::carried,
};
use crate::{
    case::{Case, results},
    connector::Callback,
    conversation::{self, Log as _},
    files::{Stored, kind, paper, safe_name, taken_as},
    form::{Brought, bring, ids},
};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use wire::{Fault, Id};
use worker::{Request, Result};

/// A file was put to a question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Bringing {
    /// By whom.
    pub visit: Visit,
    /// In which form.
    pub form: String,
    /// To which question.
    pub field: String,
}

/// Brings one to its conversation.
pub async fn carry(guest: &Guest<'_>, bringing: &Bringing, file: &worker::File) -> Result<Brought> {
    let whose = &bringing.visit.whose;
    carried(guest.env, guest.config, whose, ("paper", bringing), (random_id()?, file)).await?.json().await
}

/// Takes it there.
pub async fn take(inner: &Rc<Inner>, request: Request) -> Result<Brought> {
    let Some(coming) = Coming::read(request).await? else {
        return Ok(Brought::Refused(Fault::Malformed, None));
    };
    let Bringing { visit, form, field } = coming.sender()?;
    let site = &visit.whose.site;
    let Some(published) = sites::published(&inner.env, site).await? else {
        return Ok(Brought::Refused(Fault::NoSite, None));
    };
    let begun = inner.log.borrow().exists();
    if let Some(wait) = quota::must_wait(site, visit.address.as_ref(), begun) {
        return Ok(Brought::Refused(Fault::TooFast, Some(wait)));
    }
    let page = match Page::open(inner, &published, &visit, &form)? {
        Ok(page) => page,
        // What became of the form is said when the page itself comes.
        Err(_) => return Ok(Brought::Kept),
    };
    page.begin()?;
    if let Err(wait) = inner.afford(&published, &visit)? {
        return Ok(Brought::Refused(Fault::TooFast, Some(wait)));
    }
    let Some(field) = page.form.field(&field) else { return Ok(Brought::Refused(Fault::NoSite, None)) };
    let mut draft = page.draft()?;
    let held = paper::weight(&inner.log.borrow().files());
    let Coming { id, name, url, bytes, .. } = &coming;
    let taken = bring(field, &mut draft.answers, (*id, name, url), bytes, held);
    let paper = match taken {
        Ok(Some(paper)) => paper,
        Ok(None) => return Ok(Brought::Kept),
        Err(wrong) => return Ok(Brought::Wrong(wrong)),
    };
    put(inner, site, &paper::sealed(&paper, &page.name(), now()), bytes)?;
    page.keep(&draft)?;
    alarm::set(inner, &visit.whose).await?;
    Ok(Brought::Kept)
}

/// Deletes the files of a form that nothing in `form` and `answers` names any more; all of them, if there are no answers.
pub fn tidy(page: &Page<'_>, answers: Option<&crate::form::Answers>) -> Result<()> {
    let named = answers.map(|answers| ids(&page.form, answers)).unwrap_or_default();
    let owner = Some(page.name());
    let gone = |file: &&Stored| file.owner == owner && !named.contains(&file.id);
    let files = page.inner.log.borrow().files();
    let gone: Vec<Id> = files.iter().filter(gone).map(|file| file.id).collect();
    forget(page.inner, &gone)
}

/// The files of a form that was handed in belong to the case `number` from now on; the others of it are deleted.
pub fn handed(page: &Page<'_>, number: &str, handed: &[Id]) -> Result<()> {
    let owner = Some(page.name());
    let files = page.inner.log.borrow().files();
    let own = files.into_iter().filter(|file| file.owner == owner);
    let (with, without): (Vec<Stored>, Vec<Stored>) = own.partition(|file| handed.contains(&file.id));
    for file in with {
        let file = Stored { owner: Some(format!("case:{number}")), ..file };
        page.inner.log.borrow_mut().put_file(&file);
    }
    page.inner.log.borrow().check()?;
    forget(page.inner, &without.iter().map(|file| file.id).collect::<Vec<_>>())
}

/// Deletes the papers of cases that are over.
pub fn sweep(inner: &Inner) -> Result<()> {
    let gone = {
        let log = inner.log.borrow();
        let read = |json: String| serde_json::from_str::<Case>(&json).ok();
        let cases: Vec<Case> = log.records("case:").into_iter().filter_map(read).collect();
        if cases.is_empty() {
            return Ok(());
        }
        paper::outlived(&log.files(), &cases)
    };
    forget(inner, &gone)
}

/// Keeps the files that came with a callback, unless it came before or is about nothing that is here.
pub fn enclosed(inner: &Inner, whose: &Whose, callback: &mut Callback) -> Result<()> {
    let enclosed = std::mem::take(&mut callback.enclosed);
    let known = {
        let log = inner.log.borrow();
        let case = callback.case.as_ref().map(|report| report.number.as_str());
        log.heard(&callback.id).is_none()
            && case.is_none_or(|number| conversation::case(&*log, number).is_some())
    };
    let owner = results(callback.case.as_ref().map_or("", |report| report.number.as_str()));
    for file in enclosed.into_iter().filter(|_| known) {
        let Some((bytes, kind)) = file.bytes().and_then(|bytes| kind(&bytes).map(|kind| (bytes, kind)))
        else {
            continue;
        };
        let id = random_id()?;
        let stored = taken_as(id, safe_name(&file.name, kind.ending), kind, &bytes, &owner, now());
        put(inner, &whose.site, &stored, &bytes)?;
        callback.reply.files.push(stored.shown());
    }
    Ok(())
}
