//! Looking a case up: `/s/<site>/status`, and its appointment as a file, `POST /s/<site>/calendar`.

use super::{device_handoff::redeem_code, form_body, site_context::SiteContext};
use crate::{
    platform::{now, now_seconds},
    rpc::{
        ObjectCall as _,
        conversation::{ConversationKey, ReadCase},
        site::RedeemedCode,
    },
};
use hoi_core::{
    application::{
        case::{CalendarEvent, Case, ownership_proof},
        case_pass::{self, CasePass},
    },
    crypto::code::Code,
    files::content_disposition,
    hours,
};
use i18n::{Lang, Msg};
use pages::document::{ask_case, show_case};
use wire::Fault;
use worker::{Headers, Request, Response, Result};

/// The page that looks a case up.
pub fn status_page(context: &SiteContext<'_>, request: &Request) -> Result<Response> {
    let lang = context.requested_language(request)?;
    context.standalone_page(&lang, |sheet| ask_case(sheet, "", None))
}

/// Looks a case up. Whatever doesn't fit, the answer is the same.
pub async fn look_up(context: &SiteContext<'_>, mut request: Request) -> Result<Response> {
    let fields = match form_body::parse_own_form(&mut request, context.config).await? {
        Ok(fields) => fields,
        Err(answer) => return Ok(answer),
    };
    let lang = context.choose_language(fields.field("lang"));
    let number = fields.field("number");
    let address = context.client_address(&request)?;
    match find_case(context, number, fields.field("fact"), address).await? {
        Ok((case, pass)) => context
            .standalone_page(&lang, |sheet| show_case(sheet, &case, &context.published.site, Some(&pass))),
        Err(wait) => {
            let why = Lang::for_tag(&lang.words).text(Msg::CaseNotFound);
            context.form_error_page(&lang, wait, why, |sheet, why| ask_case(sheet, number, Some(why)))
        }
    }
}

/// A case's appointment, as calendars read it.
pub async fn calendar_file(context: &SiteContext<'_>, mut request: Request) -> Result<Response> {
    let fields = match form_body::parse_own_form(&mut request, context.config).await? {
        Ok(fields) => fields,
        Err(answer) => return Ok(answer),
    };
    let lang = context.choose_language(fields.field("lang"));
    let Some(pass) = context.verify_case_pass(fields.field("pass")) else {
        return context.error_page(Fault::Ticket, &lang, 422);
    };
    let settings = &context.published.site.settings;
    let whose = ConversationKey { site: settings.site.clone(), conversation: pass.conversation };
    let number = pass.case.to_string();
    let case = ReadCase { number: number.clone() }.call(context.env, &whose).await?;
    let (clock, host) = (hours::time_zone(settings), context.config.host());
    let text = case.and_then(|case| {
        let event =
            CalendarEvent { title: &case.title, case: &number, host, sequence: case.report_revision() };
        case.appointment.as_ref()?.to_icalendar(event, clock, now())
    });
    let Some(text) = text else { return context.error_page(Fault::NoSite, &lang, 404) };
    let headers = Headers::new();
    headers.set("content-type", "text/calendar; charset=utf-8")?;
    headers.set("content-disposition", &content_disposition(&format!("{number}.ics")))?;
    headers.set("cache-control", "no-store")?;
    headers.set("x-content-type-options", "nosniff")?;
    Ok(Response::from_bytes(text.into_bytes())?.with_headers(headers))
}

/// The case and a pass for it, or how long to wait before another try, in milliseconds, if that is why there is none.
async fn find_case(
    context: &SiteContext<'_>,
    number: &str,
    said: &str,
    address: Option<String>,
) -> Result<std::result::Result<(Case, String), Option<u64>>> {
    let code = Code::parse(number);
    let RedeemedCode { opens, wait_ms } =
        redeem_code(context, code, &ownership_proof(said), false, address).await?;
    let (Some((conversation, _)), Some(code)) = (opens, code) else { return Ok(Err(wait_ms)) };
    let whose = ConversationKey { site: context.published.site.settings.site.clone(), conversation };
    let case = ReadCase { number: code.to_string() }.call(context.env, &whose).await?;
    let pass = CasePass { conversation, case: code, expires: now_seconds() + case_pass::LIFE };
    let sealed = case_pass::sign_pass(context.config.secret.as_bytes(), &whose.site, pass);
    Ok(case.map(|case| (case, sealed)).ok_or(None))
}
