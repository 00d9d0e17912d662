//! The visitor deletes the conversation, or saves a copy of it: `POST /s/<site>/erase` and `POST /s/<site>/export`. Both work
//! without a script.

use super::{form_body, site_context::SiteContext};
use crate::{
    platform::config::read_binding,
    rpc::{
        ObjectCall as _,
        conversation::{
            DataRequest, DataSummary, EraseConversation, ErasureOutcome, ExportConversation, ExportOutcome,
            ReadDataSummary, VISITOR,
        },
    },
};
use hoi_core::{files::content_disposition, languages::ChosenLanguages, limits::usage::ConnectionKind};
use pages::document::{ErasureSummary, PagePlacement, ask_erase, copy_to_read, show_erased, show_nothing};
use wire::{Fault, limits};
use worker::{Headers, Request, Response, Result};

/// What was posted: who wants something, how the page is to look, what stands in it.
struct PostedRequest {
    wish: DataRequest,
    lang: ChosenLanguages,
    form: form_body::FormBody,
}

/// Says what deleting means; with `go=erase` does it. Once it is deleted the same again says so again.
pub async fn handle_erase(context: &SiteContext<'_>, request: Request) -> Result<Response> {
    let PostedRequest { wish, lang, form } = match parse_request(context, request).await? {
        Ok(posted) => posted,
        Err(answer) => return Ok(answer),
    };
    let ticket = form.field("ticket");
    let place = (PagePlacement::from_mode(form.field("mode")), form.field("scheme"));
    let key = wish.whose.clone();
    if form.field("go") != "erase" {
        let holding = ReadDataSummary(wish).call(context.env, &key).await?;
        if let Some(fault) = holding.fault {
            return context.error_page(fault, &lang, 422);
        }
        let DataSummary { any, messages, files, devices, cases, with_people, .. } = &holding;
        if !any {
            return context.sheet_response(&lang, place, None, 200, show_nothing);
        }
        let held = ErasureSummary {
            messages: *messages,
            files: *files,
            devices: *devices,
            cases,
            with_people: *with_people,
            backup_days: read_binding(context.env, "HOI_BACKUP_DAYS").and_then(|days| days.parse().ok()),
            ticket,
        };
        return context.sheet_response(&lang, place, Some(ticket), 200, |sheet| ask_erase(sheet, &held));
    }
    let erased = EraseConversation(wish).call(context.env, &key).await?;
    let status = context.status_url();
    match erased {
        ErasureOutcome::Done { removed, .. } => context.sheet_response(&lang, place, None, 200, |sheet| {
            show_erased(sheet, &removed.cases_kept, &status)
        }),
        ErasureOutcome::Nothing => context.sheet_response(&lang, place, None, 200, show_nothing),
        ErasureOutcome::Refused(fault, wait) => context.refusal_page(fault, wait, &lang),
    }
}

/// A copy, as a file: `format=html` to read, `format=json` for software.
pub async fn handle_export(context: &SiteContext<'_>, request: Request) -> Result<Response> {
    let PostedRequest { wish, lang, form } = match parse_request(context, request).await? {
        Ok(posted) => posted,
        Err(answer) => return Ok(answer),
    };
    let key = wish.whose.clone();
    let copy = match ExportConversation(wish).call(context.env, &key).await? {
        ExportOutcome::Copy(copy, _) => copy,
        ExportOutcome::Nothing => return context.error_page(Fault::Ticket, &lang, 404),
        ExportOutcome::Refused(fault, wait) => return context.refusal_page(fault, wait, &lang),
    };
    let settings = &context.published.site.settings;
    let (body, kind, ending) = if form.field("format") == "html" {
        let text = copy_to_read(&copy, &context.published.site, &lang.words, &lang.site);
        (text, "text/html; charset=utf-8", "html")
    } else {
        (serde_json::to_string_pretty(&copy)?, "application/json", "json")
    };
    let headers = Headers::new();
    let name = format!("{}-{}.{ending}", settings.site, copy.conversation);
    for (header, value) in [
        ("content-type", kind),
        ("content-disposition", content_disposition(&name).as_str()),
        ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
    ] {
        headers.set(header, value)?;
    }
    Ok(Response::from_bytes(body.into_bytes())?.with_headers(headers))
}

async fn parse_request(
    context: &SiteContext<'_>,
    mut request: Request,
) -> Result<std::result::Result<PostedRequest, Response>> {
    let form = match form_body::parse_form(&mut request, limits::MAX_UP_BYTES).await? {
        Ok(form) => form,
        Err(answer) => return Ok(Err(answer)),
    };
    let lang = context.choose_language(form.field("lang"));
    let Some(known) = context.verify_ticket(form.field("ticket")) else {
        return Ok(Err(context.error_page(Fault::Ticket, &lang, 422)?));
    };
    let address = context.client_address(&request)?;
    if let Some(wait) =
        context.check_connection_quota(ConnectionKind::Poll, known.begun, address.as_ref()).await?
    {
        return Ok(Err(context.refusal_page(Fault::TooFast, Some(wait), &lang)?));
    }
    let visit = context.visitor_session(known, address);
    let wish = DataRequest {
        whose: visit.whose,
        who: VISITOR.to_owned(),
        generation: Some(visit.generation),
        reason: String::new(),
        cases: false,
        site: false,
        address: visit.address,
    };
    Ok(Ok(PostedRequest { wish, lang, form }))
}
