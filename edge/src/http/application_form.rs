//! Procedures' forms, and papers for their cases: `POST /s/<site>/form`.

use super::{form_body, site_context::SiteContext, uploads::describe_file};
use crate::{
    cache::{detection_data, sites},
    platform::{random_id, request_url::RequestUrl},
    rpc::{
        ObjectCall as _,
        conversation::{ConversationKey, ReadCase, SubmitPage, UploadDocument, VisitorSession},
    },
};
use hoi_core::{
    application::{
        case::papers_form,
        form::{FormResponse, FormUploadOutcome, Wrong, parse_posted},
    },
    conversation::{PAPERS_FORM, danger_in_answers},
    limits::usage::ConnectionKind,
};
use pages::document::{FormSheet, PageContext, PagePlacement, form_again, switched_off};
use site::{FieldKind, Form};
use wire::{Fault, limits::MAX_PAGE_FILES_BYTES};
use worker::{FormData, Request, Response, Result};

/// Longest page of a form, in bytes: a few texts of the longest kind, each character of them escaped.
const MAX_PAGE_BYTES: usize = 256 * 1024;

/// What stands in a page with files, beside them.
const FIELDS: &[&str] = &["ticket", "pass", "lang", "mode", "procedure", "page", "only", "go", "view"];

/// A form's address wanted again: the tab was reloaded, thrown out of memory, or somebody went back and on. The page holds nothing;
/// its script knows which form it was.
pub fn reopened_page(context: &SiteContext<'_>, request: &Request) -> Result<Response> {
    let lang = context.requested_language(request)?;
    let url = RequestUrl::from_request(request)?;
    let own = |name: &str| url.query_value(name).unwrap_or_default();
    context.sheet_response(
        &lang,
        (PagePlacement::from_mode(&own("mode")), &own("scheme")),
        None,
        200,
        form_again,
    )
}

/// Takes a page of a form, and gives the next one.
pub async fn handle(context: &SiteContext<'_>, mut request: Request) -> Result<Response> {
    let (fields, data) =
        match form_body::parse_multipart_form(&mut request, FIELDS, MAX_PAGE_FILES_BYTES).await? {
            Some(Ok((fields, data))) => (fields, Some(data)),
            Some(Err(_)) => return context.too_large_page(&request, MAX_PAGE_FILES_BYTES),
            None => match form_body::parse_form(&mut request, MAX_PAGE_BYTES).await? {
                Ok(fields) => (fields, None),
                Err(answer) => return Ok(answer),
            },
        };
    let lang = context.choose_language(fields.field("lang"));
    let address = context.client_address(&request)?;
    let name = fields.field("procedure");
    let Some((visit, opened)) = open_form(context, &fields, address.clone()) else {
        return context.error_page(Fault::Ticket, &lang, 422);
    };
    let place = (PagePlacement::from_mode(fields.field("mode")), fields.field("scheme"));
    let site = &context.published.site;
    if sites::cached_status(&site.settings.site).standing.off {
        let contact = site.contact_card(&lang.site);
        return context
            .sheet_response(&lang, place, opened.ticket(), 503, |sheet| switched_off(sheet, &contact));
    }
    if let Some(wait) = context.check_connection_quota(ConnectionKind::Poll, false, address.as_ref()).await? {
        return context.refusal_page(Fault::TooFast, Some(wait), &lang);
    }
    let Some(asked) = find_questions(context, &visit.whose, name, &lang.site).await? else {
        return context.error_page(Fault::NoSite, &lang, 404);
    };
    let mut posted = parse_posted(&asked.form, |name| fields.field(name));
    if let Some(data) = &data {
        posted.refused = match upload_documents(context, &visit, name, &asked.form, data).await? {
            Ok(refused) => refused,
            Err((fault, wait)) => return context.refusal_page(fault, wait, &lang),
        };
    }
    // Before the answers are kept: nothing is taken of which nobody can tell whether it is a cry for help.
    if let Err(error) = detection_data::attach_detection_data(context.env, context.published).await {
        worker::console_error!("a page of a form could not be taken: {error}");
        return context.error_page(Fault::Internal, &lang, 500);
    }
    let Ok(urgent) = danger_in_answers(context.published, &asked.form, &posted.typed, &asked.lang) else {
        return context.error_page(Fault::Internal, &lang, 500);
    };
    let whose = visit.whose.clone();
    let deleted = fields.field("go") == "delete";
    let submit = SubmitPage {
        visit,
        procedure: name.to_owned(),
        lang: lang.site.clone(),
        posted: (!deleted).then(|| posted.clone()),
        status: context.status_url(),
    };
    let filled = submit.call(context.env, &whose).await?;
    let draw = |sheet: &PageContext<'_>| {
        FormSheet {
            sheet,
            site,
            lang: &asked.lang,
            name,
            title: &asked.title,
            form: &asked.form,
            one_each: posted.one_each,
            adds: asked.adds,
            pass: opened.pass(),
            urgent: urgent.as_ref(),
        }
        .draw_page(&filled, &posted.typed)
    };
    let status = match &filled {
        FormResponse::Refused(fault, wait) => return context.refusal_page(*fault, *wait, &lang),
        FormResponse::Ask { wrong, .. } if !wrong.is_empty() => 422,
        FormResponse::Ask { .. }
        | FormResponse::Review(_)
        | FormResponse::Sent { .. }
        | FormResponse::DocumentsAdded(_)
        | FormResponse::NotAsked(_)
        | FormResponse::Deleted => 200,
    };
    context.sheet_response(&lang, place, opened.ticket(), status, draw)
}

/// What opened a form.
enum FormCredential<'a> {
    /// The conversation's ticket.
    Ticket(&'a str),
    /// A pass for one case.
    Pass(&'a str),
}

impl<'a> FormCredential<'a> {
    fn ticket(&self) -> Option<&'a str> {
        if let FormCredential::Ticket(ticket) = self { Some(ticket) } else { None }
    }

    fn pass(&self) -> Option<&'a str> {
        if let FormCredential::Pass(pass) = self { Some(pass) } else { None }
    }
}

/// Who posts a page, and what opens it for him.
fn open_form<'a>(
    context: &SiteContext<'_>,
    fields: &'a form_body::FormBody,
    address: Option<String>,
) -> Option<(VisitorSession, FormCredential<'a>)> {
    let sealed = fields.field("pass");
    if sealed.is_empty() {
        let ticket = fields.field("ticket");
        return Some((
            context.visitor_session(context.verify_ticket(ticket)?, address),
            FormCredential::Ticket(ticket),
        ));
    }
    let pass = context
        .verify_case_pass(sealed)
        .filter(|pass| fields.field("procedure") == format!("{PAPERS_FORM}{}", pass.case))?;
    let whose = ConversationKey {
        site: context.published.site.settings.site.clone(),
        conversation: pass.conversation,
    };
    // Whoever proves that a case is his may add to it, whosever the conversation is by now.
    let (generation, status) = (u32::MAX, context.status_url());
    Some((VisitorSession { whose, generation, address, status }, FormCredential::Pass(sealed)))
}

/// What is asked, and under which title.
struct Questions {
    /// The language of both.
    lang: String,
    title: String,
    form: Form,
    adds: bool,
}

/// The form called `name`: a procedure's, or that of a case which papers are added to.
async fn find_questions(
    context: &SiteContext<'_>,
    whose: &ConversationKey,
    name: &str,
    lang: &str,
) -> Result<Option<Questions>> {
    let site = &context.published.site;
    let Some(number) = name.strip_prefix(PAPERS_FORM) else {
        let procedure = site.procedures.get(name);
        let asked = procedure.and_then(|procedure| {
            let (title, form) = (site.text_in(&procedure.title, lang).to_owned(), procedure.form.clone()?);
            Some(Questions { lang: lang.to_owned(), title, form, adds: false })
        });
        return Ok(asked);
    };
    let case = ReadCase { number: number.to_owned() }.call(context.env, whose).await?;
    Ok(case.map(|case| {
        // Where nothing is wanted any more, the object says so.
        let none = || Form { intro: None, days: None, second: String::new(), fields: Vec::new() };
        let form = papers_form(&case, site).unwrap_or_else(none);
        Questions { lang: case.lang, title: case.title, form, adds: true }
    }))
}

/// Why nothing at all is taken, and how long to wait, in milliseconds, if that helps.
type FormRefusal = (Fault, Option<u64>);

/// Brings the files in `data` to their conversation; gives what is wrong with those that weren't taken.
async fn upload_documents(
    context: &SiteContext<'_>,
    visit: &VisitorSession,
    name: &str,
    form: &Form,
    data: &FormData,
) -> Result<std::result::Result<Vec<(String, Wrong)>, FormRefusal>> {
    let mut refused: Vec<(String, Wrong)> = Vec::new();
    for field in form.fields.iter().filter(|field| matches!(field.kind, FieldKind::File(_))) {
        for file in form_body::read_files(data, &format!("f.{}", field.id)) {
            let upload = UploadDocument {
                visit: visit.clone(),
                form: name.to_owned(),
                field: field.id.clone(),
                file: describe_file(context.config, &visit.whose, random_id()?, &file),
            };
            match upload.call_with_bytes(context.env, &visit.whose, &file.bytes().await?).await? {
                FormUploadOutcome::Kept => {}
                FormUploadOutcome::Wrong(wrong) => refused.push((field.id.clone(), wrong)),
                FormUploadOutcome::Refused(fault, wait) => return Ok(Err((fault, wait))),
            }
        }
    }
    refused.dedup();
    Ok(Ok(refused))
}
