//! What a Conversation object does about forms and cases: takes a page of answers, and hands them in as a case.

use super::{
    admission::charge_visitor,
    context::ConversationContext,
    creation::count_unwritten,
    documents,
    execute::execute_effects,
    form_session::{FormSession, find_case},
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
        case::{self, Case, collect_documents, ownership_proof},
        form::{FormNavigation, FormResponse, Posted},
        submission::{
            FormDraft, FormReceipt, PageOutcome, Submission, answer_page, is_sent_again, submit_draft,
        },
    },
    conversation::{self, ConversationStore as _, RecordKey},
    crypto::code::Code,
    hours,
    limits::usage::UsageCounts,
};
use std::rc::Rc;
use wire::Fault;
use worker::{Error, Result};

/// Takes a page.
pub async fn submit_page(context: &Rc<ConversationContext>, page: SubmitPage) -> Result<FormResponse> {
    let site = &page.visit.whose.site;
    let published = sites::find_published(&context.env, site).await?;
    let Some(published) = published else { return Ok(FormResponse::Refused(Fault::NoSite, None)) };
    count_unwritten(context, &published, &page.visit)?;
    let session = match FormSession::open(context, &published, &page.visit, &page.procedure)? {
        Ok(session) => session,
        // Sent once more, since the answer was lost on the way.
        Err(FormResponse::NotAsked(case)) if is_sent(&page) && case.added_at.is_some() => {
            return Ok(FormResponse::DocumentsAdded(case));
        }
        Err(filled) => return Ok(filled),
    };
    match &page.posted {
        Some(posted) => process_page(&session, &page, posted).await,
        None => {
            documents::delete_unreferenced(&session, None)?;
            context.store.transact(|store| conversation::set_form_draft(store, session.what, None))?;
            Ok(FormResponse::Deleted)
        }
    }
}

fn is_sent(page: &SubmitPage) -> bool {
    page.posted.as_ref().is_some_and(|posted| posted.go == FormNavigation::Send)
}

async fn process_page(session: &FormSession<'_>, page: &SubmitPage, posted: &Posted) -> Result<FormResponse> {
    let before = session.read_draft()?;
    if let Some(sent) = sent_before(session, posted, &before)? {
        return Ok(sent);
    }
    let mut draft = before.clone();
    let today = hours::today(&session.published.site.settings, now());
    let filled = match answer_page(&session.form, &mut draft.answers, posted, today) {
        PageOutcome::Shown(filled) => filled,
        PageOutcome::HandIn => {
            session.create_conversation()?;
            let afforded = charge_visitor(session.context, session.published, session.visit)?;
            return match (afforded, &session.adds_to) {
                (Err(wait), _) => Ok(FormResponse::Refused(Fault::TooFast, Some(wait))),
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
fn sent_before(
    session: &FormSession<'_>,
    posted: &Posted,
    draft: &FormDraft,
) -> Result<Option<FormResponse>> {
    if !is_sent_again(posted, draft) {
        return Ok(None);
    }
    let key = RecordKey::FormReceipt(session.what);
    let sealed = session.context.store.read(|store| store.record(&key))?;
    let opened = sealed.and_then(|sealed| session.encryption_lock().open(&key.to_string(), &sealed));
    let Some(json) = opened else { return Ok(None) };
    let receipt: FormReceipt = session.parse(&key.to_string(), &json)?;
    let case = find_case(session.context, &receipt.number)?;
    Ok(case.map(|case| FormResponse::Sent { case: Box::new(case), proof: receipt.fact }))
}

/// Hands it in. The number is known to the site first: a receipt must be good for looking up.
async fn submit_form(session: &FormSession<'_>, page: &SubmitPage, draft: FormDraft) -> Result<FormResponse> {
    let SubmitPage { procedure: name, lang, status, .. } = page;
    let submission = submit_draft(&session.published.site, (name, &session.form), &draft, lang, now());
    let Some(submission) = submission else { return Ok(FormResponse::Refused(Fault::NoSite, None)) };
    issue_code(session, &draft.number, &submission.proof).await?;
    let sent = serde_json::to_string(&submission.to_receipt())?;
    let Submission { case, filed, proof, files } = submission;
    let (lock, place) = (session.encryption_lock(), RecordKey::Case(&draft.number).to_string());
    let case = Case { sealed: lock.seal(&place, &serde_json::to_string(&filed)?, random_bytes()?), ..case };
    documents::assign_to_case(session, &case.number, &files)?;
    session.create_conversation()?;
    let receipt = RecordKey::FormReceipt(session.what);
    let sent = lock.seal(&receipt.to_string(), &sent, random_bytes()?);
    let effects = session.context.store.transact(|store| {
        let effects = conversation::file_case(store, session.published, case.clone(), draft.id, status)?;
        conversation::set_form_draft(store, session.what, None)?;
        store.set_record(&receipt, Some(&sent))?;
        Ok(effects)
    })?;
    count_message(session);
    execute_effects(session.context, &session.visit.whose, effects, &AtPage).await?;
    Ok(FormResponse::Sent { case: Box::new(case), proof })
}

/// Adds papers to a case.
async fn add_documents(session: &FormSession<'_>, case: &Case, draft: FormDraft) -> Result<FormResponse> {
    let added = collect_documents(case, &session.form, &session.published.site, &draft.answers);
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
    let Some((case, effects)) = done else { return Ok(FormResponse::NotAsked(Box::new(case.clone()))) };
    count_message(session);
    execute_effects(session.context, &session.visit.whose, effects, &AtPage).await?;
    Ok(FormResponse::DocumentsAdded(Box::new(case)))
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
