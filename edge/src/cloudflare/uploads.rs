//! Files of visitors', in the worker: `POST /s/<site>/file` takes one, `POST /s/<site>/file/<id>` gives it back, to the
//! visitor who has the ticket and to the agency that signs for it.

use super::{
    answers::{fault, json, shared_with, slow_down},
    callback::bounded,
    config::{Config, site_secret},
    conversation_object::Visit,
    form::{drain, fields},
    pages::{Guest, conversation, tell},
    platform::{now, random_id},
    quota,
    sql_log::Whose,
};
use crate::{
    connector::{Endpoint, Incoming, connector},
    quota::What,
};
use serde::{Deserialize, Serialize};
use site::Files;
use wire::{Fault, File, Id, PublicError};
use worker::{Env, FormData, FormEntry, Headers, Method, Request, RequestInit, Response, Result, Url};

/// What a form around a file weighs at most, in bytes: a ticket, an id, headers, a long name.
const AROUND_BYTES: u64 = 16 * 1024;
/// Longest request for a file, in bytes: a form with its ticket, or a signed wish.
const MAX_WISH_BYTES: usize = 16 * 1024;

/// What the object is asked for a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fetching {
    /// Whose conversation.
    pub whose: Whose,
    /// Which file.
    pub file: Id,
    /// The generation of the visitor's ticket; nothing if the agency asks.
    pub generation: Option<u32>,
    /// Only a file that belongs to this; nothing: any.
    #[serde(default)]
    pub result: Option<String>,
    /// Under which name the visitor's address is counted.
    #[serde(default)]
    pub address: Option<String>,
}

/// Takes a file; answers with the [`File`] as it will stand in a message.
pub async fn take(guest: &Guest<'_>, mut request: Request) -> Result<Response> {
    let Some(from) = guest.allowed(&request)? else { return fault(Fault::Origin, 403) };
    if request.method() == Method::Options {
        let answer = shared_with(Response::empty()?.with_status(204), &from)?;
        answer.headers().set("access-control-allow-methods", "POST")?;
        return Ok(answer);
    }
    shared_with(taken(guest, &mut request).await?, &from)
}

async fn taken(guest: &Guest<'_>, request: &mut Request) -> Result<Response> {
    let Some(rules) = &guest.published.site.settings.files else { return fault(Fault::FileKind, 404) };
    let Some(form) = form(request, rules).await? else { return fault(Fault::TooLong, 413) };
    let address = quota::address(guest.env, guest.config, guest.published, request)?;
    let Some(known) = guest.opens(&text(&form, "ticket")) else { return fault(Fault::Ticket, 401) };
    if let Some(wait) =
        quota::knock(guest.env, guest.published, What::Connection, known.begun, address.as_ref()).await?
    {
        return slow_down(wait);
    }
    let Some((id, file)) = chosen(&form) else { return fault(Fault::Malformed, 400) };
    bring(guest, &guest.visit(known, address), id, &file).await
}

/// The form around a file; nothing if it is larger than `rules` let one be.
pub async fn form(request: &mut Request, rules: &Files) -> Result<Option<FormData>> {
    let length = request.headers().get("content-length")?.and_then(|length| length.parse::<u64>().ok());
    if length.is_none_or(|length| length > rules.max_bytes() + AROUND_BYTES) {
        drain(request).await;
        return Ok(None);
    }
    request.form_data().await.map(Some)
}

fn text(form: &FormData, name: &str) -> String {
    match form.get(name) {
        Some(FormEntry::Field(text)) => text,
        Some(FormEntry::File(_)) | None => String::new(),
    }
}

/// The file of `form`, and the id it is to have.
pub fn chosen(form: &FormData) -> Option<(Id, worker::File)> {
    match (form.get("file"), text(form, "id").parse::<Id>()) {
        (Some(FormEntry::File(file)), Ok(id)) => Some((id, file)),
        _ => None,
    }
}

/// The file of a form posted without the widget, if there is one; the error is what the visitor is told.
pub async fn posted(
    guest: &Guest<'_>,
    visit: &Visit,
    file: Option<&worker::File>,
) -> Result<std::result::Result<Vec<Id>, Fault>> {
    let Some(file) = file else { return Ok(Ok(Vec::new())) };
    let id = random_id()?;
    let mut answer = bring(guest, visit, id, file).await?;
    if answer.status_code() == 200 {
        return Ok(Ok(vec![id]));
    }
    let error = answer.json::<PublicError>().await.map_or(Fault::Internal, |error| error.error);
    Ok(Err(error))
}

async fn bring(guest: &Guest<'_>, visit: &Visit, id: Id, file: &worker::File) -> Result<Response> {
    carry(guest.env, guest.config, &visit.whose, ("file", visit), (id, file)).await
}

/// Carries a file to its conversation, where `path` takes it from `sender`; answers with the [`File`] as it will stand in a message.
pub async fn carry<T: Serialize>(
    env: &Env,
    config: &Config,
    whose: &Whose,
    (path, sender): (&str, &T),
    (id, file): (Id, &worker::File),
) -> Result<Response> {
    let mut answer = carried(env, config, whose, (path, sender), (id, file)).await?;
    match answer.status_code() {
        200 => json(&answer.json::<File>().await?),
        status => Ok(json(&answer.json::<PublicError>().await?)?.with_status(status)),
    }
}

/// The same, with what the conversation itself answers. It reads all this as a [`super::file_store::Coming`].
pub async fn carried<T: Serialize>(
    env: &Env,
    config: &Config,
    whose: &Whose,
    (path, sender): (&str, &T),
    (id, file): (Id, &worker::File),
) -> Result<Response> {
    let mut url = Url::parse("https://conversation")?.join(path)?;
    let own = format!("{}/s/{}/file/{id}", config.origin, whose.site);
    url.query_pairs_mut()
        .append_pair("sender", &serde_json::to_string(sender)?)
        .append_pair("id", &id.to_string())
        .append_pair("url", &own)
        .append_pair("name", &file.name());
    let bytes = file.bytes().await?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(worker::js_sys::Uint8Array::from(bytes.as_slice()).into()));
    let request = Request::new_with_init(url.as_str(), &init)?;
    conversation(env, whose)?.fetch_with_request(request).await
}

/// Gives a file back.
pub async fn give(guest: &Guest<'_>, mut request: Request, file: Id) -> Result<Response> {
    let signed = request.headers().get("webhook-signature")?.is_some();
    let from = request.headers().get("origin")?;
    if !signed && from.is_some() && guest.allowed(&request)?.is_none() {
        return fault(Fault::Origin, 403);
    }
    let address = quota::address(guest.env, guest.config, guest.published, &request)?;
    let Some(body) = bounded(&mut request, MAX_WISH_BYTES).await? else { return fault(Fault::TooLong, 413) };
    let fetching = if signed {
        for_agency(guest, &request, &body, file)
    } else {
        for_visitor(guest, &body, file, address.clone())
    };
    // Without a script a browser goes where the file is: what it finds there instead is a page.
    let goes = request.headers().get("accept")?.is_some_and(|accept| accept.contains("text/html"));
    let lang = guest.chosen(
        fields(std::str::from_utf8(&body).unwrap_or_default()).get("lang").map_or("", String::as_str),
    );
    let Some(fetching) = fetching else {
        return if goes { guest.sorry(Fault::Ticket, &lang, 401) } else { fault(Fault::Ticket, 401) };
    };
    // A pass is for a case, and so for a conversation that is there.
    let begun = fetching.result.is_some();
    if let (false, Some(wait)) =
        (signed, quota::knock(guest.env, guest.published, What::Connection, begun, address.as_ref()).await?)
    {
        return slow_down(wait);
    }
    let answer = fetched(guest.env, &fetching.whose, "fetch", &fetching).await?;
    if goes && matches!(answer.status_code(), 401 | 404) {
        return guest.sorry(Fault::Ticket, &lang, answer.status_code());
    }
    if let Some(from) = from { shared_with(answer, &from) } else { Ok(answer) }
}

/// What the conversation gives at `path`, with headers that more can be added to.
pub async fn fetched<T: Serialize>(env: &Env, whose: &Whose, path: &str, wanted: &T) -> Result<Response> {
    let answer = tell(env, whose, path, wanted).await?;
    let headers = Headers::from_iter(answer.headers().entries());
    Ok(answer.with_headers(headers))
}

fn for_visitor(guest: &Guest<'_>, body: &[u8], file: Id, address: Option<String>) -> Option<Fetching> {
    let form = fields(std::str::from_utf8(body).ok()?);
    if let Some(sealed) = form.get("pass") {
        let pass = guest.passes(sealed)?;
        let whose =
            Whose { site: guest.published.site.settings.site.clone(), conversation: pass.conversation };
        let result = Some(crate::case::results(&pass.case.to_string()));
        return Some(Fetching { whose, file, generation: None, result, address });
    }
    let visit = guest.visit(guest.opens(form.get("ticket")?)?, address);
    let Visit { whose, generation, address, .. } = visit;
    Some(Fetching { whose, file, generation: Some(generation), result: None, address })
}

fn for_agency(guest: &Guest<'_>, request: &Request, body: &[u8], file: Id) -> Option<Fetching> {
    let settings = &guest.published.site.settings;
    let agency = settings.agency.as_ref()?;
    let secret = site_secret(guest.env, &agency.secret);
    let headers = request.headers();
    let header = |name: &str| headers.get(name).ok().flatten();
    let call = Incoming { header: &header, body, site: &settings.site, now: now() / 1000 };
    let wanted = connector(&agency.connector)?.wants(&call, &Endpoint { agency, secret: &secret });
    let wanted = wanted
        .inspect_err(|why| worker::console_warn!("site {}: a file is refused: {why}", settings.site))
        .ok()
        .filter(|wanted| wanted.file == file)?;
    let whose = Whose { site: settings.site.clone(), conversation: wanted.conversation };
    Some(Fetching { whose, file, generation: None, result: None, address: None })
}
