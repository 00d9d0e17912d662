//! Files of visitors', in the worker: `POST /s/<site>/file` takes one, `POST /s/<site>/file/<id>` gives it back, to the
//! visitor who has the ticket and to the agency that signs for it.

use super::{
    form_body::{drain_body, parse_fields},
    response::{with_cors, with_own_headers},
    site_context::SiteContext,
};
use crate::{
    platform::{
        body::read_bounded,
        config::{Config, site_secret},
        now_seconds, random_id,
        response::{fault_response, json_response, slow_down},
    },
    rpc::{
        ObjectRequest as _,
        conversation::{ConversationKey, FetchFile, IncomingFile, UploadFile, VisitorSession},
    },
};
use hoi_core::{
    connector::{Endpoint, Incoming, find_connector},
    limits::usage::ConnectionKind,
};
use site::Files;
use wire::{Fault, File, Id, PublicError};
use worker::{FormData, FormEntry, Method, Request, Response, Result};

/// What a form around a file weighs at most, in bytes: a ticket, an id, headers, a long name.
const AROUND_BYTES: u64 = 16 * 1024;
/// Longest request for a file, in bytes: a form with its ticket, or a signed wish.
const MAX_WISH_BYTES: usize = 16 * 1024;

/// Takes a file; answers with the [`File`] as it will stand in a message.
pub async fn handle_upload(context: &SiteContext<'_>, mut request: Request) -> Result<Response> {
    let Some(from) = context.allowed_origin(&request)? else { return fault_response(Fault::Origin, 403) };
    if request.method() == Method::Options {
        let answer = with_cors(Response::empty()?.with_status(204), &from)?;
        answer.headers().set("access-control-allow-methods", "POST")?;
        return Ok(answer);
    }
    with_cors(receive_file(context, &mut request).await?, &from)
}

async fn receive_file(context: &SiteContext<'_>, request: &mut Request) -> Result<Response> {
    let Some(rules) = &context.published.site.settings.files else {
        return fault_response(Fault::FileKind, 404);
    };
    let Some(form) = read_upload_form(request, rules).await? else {
        return fault_response(Fault::TooLong, 413);
    };
    let address = context.client_address(request)?;
    let Some(known) = context.verify_ticket(&form_text(&form, "ticket")) else {
        return fault_response(Fault::Ticket, 401);
    };
    if let Some(wait) =
        context.check_connection_quota(ConnectionKind::Full, known.begun, address.as_ref()).await?
    {
        return slow_down(wait);
    }
    let Some((id, file)) = chosen_file(&form) else { return fault_response(Fault::Malformed, 400) };
    forward_file(context, context.visitor_session(known, address), id, &file).await
}

/// The form around a file; nothing if it is larger than `rules` let one be.
pub async fn read_upload_form(request: &mut Request, rules: &Files) -> Result<Option<FormData>> {
    let length = request.headers().get("content-length")?.and_then(|length| length.parse::<u64>().ok());
    if length.is_none_or(|length| length > rules.max_bytes() + AROUND_BYTES) {
        drain_body(request).await;
        return Ok(None);
    }
    request.form_data().await.map(Some)
}

fn form_text(form: &FormData, name: &str) -> String {
    match form.get(name) {
        Some(FormEntry::Field(text)) => text,
        Some(FormEntry::File(_)) | None => String::new(),
    }
}

/// The file of `form`, and the id it is to have.
pub fn chosen_file(form: &FormData) -> Option<(Id, worker::File)> {
    match (form.get("file"), form_text(form, "id").parse::<Id>()) {
        (Some(FormEntry::File(file)), Ok(id)) => Some((id, file)),
        _ => None,
    }
}

/// The file of a form posted without the widget, if there is one; the error is what the visitor is told.
pub async fn upload_posted(
    context: &SiteContext<'_>,
    visit: &VisitorSession,
    file: Option<&worker::File>,
) -> Result<std::result::Result<Vec<Id>, Fault>> {
    let Some(file) = file else { return Ok(Ok(Vec::new())) };
    let id = random_id()?;
    let mut answer = forward_file(context, visit.clone(), id, file).await?;
    if answer.status_code() == 200 {
        return Ok(Ok(vec![id]));
    }
    let error = answer.json::<PublicError>().await.map_or(Fault::Internal, |error| error.error);
    Ok(Err(error))
}

async fn forward_file(
    context: &SiteContext<'_>,
    visit: VisitorSession,
    id: Id,
    file: &worker::File,
) -> Result<Response> {
    let key = visit.whose.clone();
    let upload = UploadFile { visit, file: describe_file(context.config, &key, id, file) };
    relay_answer(upload.send_bytes(context.env, &key, &file.bytes().await?).await?).await
}

/// What a conversation is told of a file that it gets.
pub fn describe_file(config: &Config, key: &ConversationKey, id: Id, file: &worker::File) -> IncomingFile {
    let url = format!("{}/s/{}/file/{id}", config.origin, key.site);
    let name = file.name().chars().take(IncomingFile::MAX_NAME_CHARS).collect();
    IncomingFile { id, name, url }
}

/// Passes on what a conversation answers to an upload: the [`File`] as it will stand in a message, or why it was not taken.
pub async fn relay_answer(mut answer: Response) -> Result<Response> {
    match answer.status_code() {
        200 => json_response(&answer.json::<File>().await?),
        status => Ok(json_response(&answer.json::<PublicError>().await?)?.with_status(status)),
    }
}

/// Gives a file back.
pub async fn handle_download(context: &SiteContext<'_>, mut request: Request, file: Id) -> Result<Response> {
    let signed = request.headers().get("webhook-signature")?.is_some();
    let from = request.headers().get("origin")?;
    if !signed && from.is_some() && context.allowed_origin(&request)?.is_none() {
        return fault_response(Fault::Origin, 403);
    }
    let address = context.client_address(&request)?;
    let Some(body) = read_bounded(&mut request, MAX_WISH_BYTES).await? else {
        return fault_response(Fault::TooLong, 413);
    };
    let fetching = if signed {
        for_agency(context, &request, &body, file)
    } else {
        for_visitor(context, &body, file, address.clone())
    };
    // Without a script a browser goes where the file is: what it finds there instead is a page.
    let goes = request.headers().get("accept")?.is_some_and(|accept| accept.contains("text/html"));
    let lang = context.choose_language(
        parse_fields(std::str::from_utf8(&body).unwrap_or_default()).get("lang").map_or("", String::as_str),
    );
    let Some(fetching) = fetching else {
        return if goes {
            context.error_page(Fault::Ticket, &lang, 401)
        } else {
            fault_response(Fault::Ticket, 401)
        };
    };
    // A pass is for a case, and so for a conversation that is there.
    let begun = fetching.result.is_some();
    if let (false, Some(wait)) =
        (signed, context.check_connection_quota(ConnectionKind::Full, begun, address.as_ref()).await?)
    {
        return slow_down(wait);
    }
    let key = fetching.whose.clone();
    let answer = with_own_headers(fetching.send(context.env, &key).await?);
    if goes && matches!(answer.status_code(), 401 | 404) {
        return context.error_page(Fault::Ticket, &lang, answer.status_code());
    }
    if let Some(from) = from { with_cors(answer, &from) } else { Ok(answer) }
}

fn for_visitor(
    context: &SiteContext<'_>,
    body: &[u8],
    file: Id,
    address: Option<String>,
) -> Option<FetchFile> {
    let form = parse_fields(std::str::from_utf8(body).ok()?);
    if let Some(sealed) = form.get("pass") {
        let pass = context.verify_case_pass(sealed)?;
        let whose = ConversationKey {
            site: context.published.site.settings.site.clone(),
            conversation: pass.conversation,
        };
        let result = Some(hoi_core::application::case::result_owner(&pass.case.to_string()));
        return Some(FetchFile { whose, file, generation: None, result, address });
    }
    let visit = context.visitor_session(context.verify_ticket(form.get("ticket")?)?, address);
    let VisitorSession { whose, generation, address, .. } = visit;
    Some(FetchFile { whose, file, generation: Some(generation), result: None, address })
}

fn for_agency(context: &SiteContext<'_>, request: &Request, body: &[u8], file: Id) -> Option<FetchFile> {
    let settings = &context.published.site.settings;
    let agency = settings.agency.as_ref()?;
    let secret = site_secret(context.env, &agency.secret);
    let headers = request.headers();
    let header = |name: &str| headers.get(name).ok().flatten();
    let call = Incoming { header: &header, body, site: &settings.site, now: now_seconds() };
    let wanted =
        find_connector(&agency.connector)?.parse_file_request(&call, &Endpoint { agency, secret: &secret });
    let wanted = wanted
        .inspect_err(|why| worker::console_warn!("site {}: a file is refused: {why}", settings.site))
        .ok()
        .filter(|wanted| wanted.file == file)?;
    let whose = ConversationKey { site: settings.site.clone(), conversation: wanted.conversation };
    Some(FetchFile { whose, file, generation: None, result: None, address: None })
}
