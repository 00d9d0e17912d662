//! What a Conversation object does about forms and cases: takes a page of answers, and hands them in as a case.

use super::{
    admission::spend_token,
    context::ConversationContext,
    creation::count_unwritten,
    documents,
    execute::execute_effects,
    form_session::{FormDraft, FormSession, find_case},
    speaker::AtPage,
    usage::record_usage,
};
use crate::{
    cache::sites,
    platform::{config::read_binding, now, random_bytes},
    rpc::{
        ObjectCall as _,
        conversation::{SubmitPage, VisitorSession},
        site::IssueCode,
    },
};
use hoi_core::{
    application::{
        case::{self, Case, CaseState, Filed, build_submission, collect_added, ownership_proof},
        form::{Filled, FormNavigation, Posted, Screen, next_screen},
    },
    conversation::{self, ConversationStore as _, RecordKey},
    crypto::code::Code,
    hours,
    limits::usage::UsageCounts,
};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use wire::Fault;
use worker::{Error, Result};

/// Takes a page.
pub async fn submit_page(context: &Rc<ConversationContext>, page: SubmitPage) -> Result<Filled> {
    let site = &page.visit.whose.site;
    let published = sites::find_published(&context.env, site).await?;
    let Some(published) = published else { return Ok(Filled::Refused(Fault::NoSite, None)) };
    count_unwritten(context, &published, &page.visit)?;
    let session = match FormSession::open(context, &published, &page.visit, &page.procedure)? {
        Ok(session) => session,
        // Sent once more, since the answer was lost on the way.
        Err(Filled::NotAsked(case)) if is_sent(&page) && case.added_at.is_some() => {
            return Ok(Filled::Added(case));
        }
        Err(filled) => return Ok(filled),
    };
    match &page.posted {
        Some(posted) => process_page(&session, &page, posted).await,
        None => {
            documents::delete_unreferenced(&session, None)?;
            context.store.transact(|store| conversation::set_form_draft(store, session.what, None))?;
            Ok(Filled::Deleted)
        }
    }
}

fn is_sent(page: &SubmitPage) -> bool {
    page.posted.as_ref().is_some_and(|posted| posted.go == FormNavigation::Send)
}

/// What was handed in last, for whoever hands it in again because the answer was lost on the way.
#[derive(Debug, Serialize, Deserialize)]
struct Sent {
    number: String,
    /// No more of the answer that proves whose it is than the receipt shows.
    fact: String,
}

async fn process_page(session: &FormSession<'_>, page: &SubmitPage, posted: &Posted) -> Result<Filled> {
    let before = session.read_draft()?;
    if let Some(sent) = sent_before(session, posted, &before)? {
        return Ok(sent);
    }
    let mut draft = before.clone();
    let today = hours::today(&session.published.site.settings, now());
    let filled = match next_screen(&session.form, &mut draft.answers, posted, today) {
        Screen::Ask { page, wrong } => {
            let wrong = wrong.into_iter().map(|(field, wrong)| (field.id.clone(), wrong)).collect();
            let only = page.fields.iter().map(|field| field.id.clone()).collect();
            Filled::Ask { page: page.id().to_owned(), only, wrong, answers: draft.answers.clone() }
        }
        Screen::Review(_) => Filled::Review(draft.answers.clone()),
        Screen::Send => {
            session.create_conversation()?;
            let afforded = spend_token(session.context, session.published, session.visit)?;
            return match (afforded, &session.adds_to) {
                (Err(wait), _) => Ok(Filled::Refused(Fault::TooFast, Some(wait))),
                (Ok(()), Some(case)) => add_documents(session, case, draft).await,
                (Ok(()), None) => submit_form(session, page, draft).await,
            };
        }
    };
    if draft.answers != before.answers {
        session.write_draft(&draft)?;
        documents::delete_unreferenced(session, Some(&draft.answers))?;
    }
    Ok(filled)
}

/// The receipt again, where there is nothing to hand in but what was handed in already.
fn sent_before(session: &FormSession<'_>, posted: &Posted, draft: &FormDraft) -> Result<Option<Filled>> {
    if posted.go != FormNavigation::Send || !draft.answers.is_empty() {
        return Ok(None);
    }
    let key = RecordKey::FormReceipt(session.what);
    let sealed = session.context.store.read(|store| store.record(&key))?;
    let opened = sealed.and_then(|sealed| session.encryption_lock().open(&key.to_string(), &sealed));
    let Some(json) = opened else { return Ok(None) };
    let sent: Sent = session.parse(&key.to_string(), &json)?;
    let case = find_case(session.context, &sent.number)?;
    Ok(case.map(|case| Filled::Sent { case: Box::new(case), proof: sent.fact }))
}

/// Hands it in. The number is known to the site first: a receipt must be good for looking up.
async fn submit_form(session: &FormSession<'_>, page: &SubmitPage, draft: FormDraft) -> Result<Filled> {
    let SubmitPage { procedure: name, lang, status, .. } = page;
    let (site, visit) = (&session.published.site, session.visit);
    let Some(procedure) = site.procedures.get(name) else {
        return Ok(Filled::Refused(Fault::NoSite, None));
    };
    let promised = session.form.days.and_then(|days| hours::working_day(&site.settings, now(), days));
    let promised = promised.map(|date| date.to_string());
    let named = (name.as_str(), procedure, &session.form);
    let filed: Filed = build_submission(site, named, &draft.answers, &draft.number, promised.clone(), lang);
    let proof = draft.answers.get(&session.form.second).cloned().unwrap_or_default();
    issue_code(session, &draft.number, &proof).await?;
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
        sealed: session.encryption_lock().seal(&place, &serde_json::to_string(&filed)?, random_bytes()?),
    };
    let files = filed.fields.iter().flat_map(|field| &field.files).map(|file| file.id);
    documents::assign_to_case(session, &case.number, &files.collect::<Vec<_>>())?;
    session.create_conversation()?;
    let sent = serde_json::to_string(&Sent { number: case.number.clone(), fact: ownership_proof(&proof) })?;
    let receipt = RecordKey::FormReceipt(session.what);
    let sent = session.encryption_lock().seal(&receipt.to_string(), &sent, random_bytes()?);
    let effects = session.context.store.transact(|store| {
        let effects = conversation::file_case(store, session.published, case.clone(), draft.id, status)?;
        conversation::set_form_draft(store, session.what, None)?;
        store.set_record(&receipt, Some(&sent))?;
        Ok(effects)
    })?;
    count_message(session);
    execute_effects(session.context, &visit.whose, effects, &AtPage).await?;
    Ok(Filled::Sent { case: Box::new(case), proof })
}

/// Adds papers to a case.
async fn add_documents(session: &FormSession<'_>, case: &Case, draft: FormDraft) -> Result<Filled> {
    let added = collect_added(case, &session.form, &session.published.site, &draft.answers);
    let number = &case.number;
    let sealed = session.encryption_lock().seal(
        &format!("added:{number}"),
        &serde_json::to_string(&added)?,
        random_bytes()?,
    );
    let files = added.papers.iter().flat_map(|paper| &paper.files).map(|file| file.id);
    documents::assign_to_case(session, number, &files.collect::<Vec<_>>())?;
    let done = session.context.store.transact(|store| {
        let done = conversation::add_documents(store, number, &added, draft.id, &sealed, now())?;
        conversation::set_form_draft(store, session.what, None)?;
        Ok(done)
    })?;
    let Some((case, effects)) = done else { return Ok(Filled::NotAsked(Box::new(case.clone()))) };
    count_message(session);
    execute_effects(session.context, &session.visit.whose, effects, &AtPage).await?;
    Ok(Filled::Added(Box::new(case)))
}

async fn issue_code(session: &FormSession<'_>, number: &str, proof: &str) -> Result<()> {
    let VisitorSession { whose, generation, .. } = session.visit;
    let code = Code::parse(number).ok_or_else(|| Error::RustError("a draft without a number".into()))?;
    let secret = read_binding(&session.context.env, "HOI_SECRET").unwrap_or_default();
    let issue = IssueCode {
        digest: code.digest(secret.as_bytes(), &whose.site, &ownership_proof(proof)),
        conversation: whose.conversation,
        generation: *generation,
        expires: now() + case::LIFE_MS,
        once: false,
    };
    issue.call(&session.context.env, &whose.site).await
}

fn count_message(session: &FormSession<'_>) {
    let counts = UsageCounts { conversations: 0, messages: 1 };
    record_usage(session.context, session.published, Some((session.visit.address.clone(), counts)));
}
