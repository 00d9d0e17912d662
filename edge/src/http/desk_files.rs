//! Files at the desk, in the worker: `POST /desk/s/<site>/chat/<id>/file` takes one for the visitor, `GET …/file/<file>` gives one back that
//! stands in the conversation. The session says who asks; no visitor's ticket does.

use super::{
    form_body::drain_body,
    response::with_own_headers,
    staff_session::find_signed_in,
    uploads::{chosen_file, describe_file, read_upload_form, relay_answer},
};
use crate::{
    cache::sites,
    platform::{config::Config, response::fault_response},
    rpc::{
        ObjectRequest as _,
        conversation::{ConversationKey, FetchStaffFile, UploadStaffFile},
    },
};
use wire::{Fault, Id};
use worker::{Env, Request, Response, Result};

/// Takes a file from a page of the edge's own.
pub async fn handle_upload(
    mut request: Request,
    env: &Env,
    config: &Config,
    key: ConversationKey,
) -> Result<Response> {
    let own = request.headers().get("origin")?.is_some_and(|origin| origin == config.origin);
    if !own {
        return fault_response(Fault::Origin, 403);
    }
    let Some(signed) = find_signed_in(env, config, &request, &key.site).await? else {
        // Whoever is still sending is to read that the session is over.
        drain_body(&mut request).await;
        return fault_response(Fault::Ticket, 401);
    };
    let published = sites::find_published(env, &key.site).await?;
    let rules = published.as_ref().and_then(|published| published.site.settings.files.as_ref());
    let Some(rules) = rules else { return fault_response(Fault::FileKind, 404) };
    let Some(form) = read_upload_form(&mut request, rules).await? else {
        return fault_response(Fault::TooLong, 413);
    };
    let Some((id, file)) = chosen_file(&form) else { return fault_response(Fault::Malformed, 400) };
    let described = describe_file(config, &key, id, &file);
    let upload = UploadStaffFile { visit: signed.in_conversation(key.clone()), file: described };
    relay_answer(upload.send_bytes(env, &key, &file.bytes().await?).await?).await
}

/// Gives a file. The cookie goes with no request of another site's, so that nobody else can have one fetched.
pub async fn handle_download(
    request: &Request,
    env: &Env,
    config: &Config,
    key: ConversationKey,
    file: Id,
) -> Result<Response> {
    let Some(signed) = find_signed_in(env, config, request, &key.site).await? else {
        return fault_response(Fault::Ticket, 401);
    };
    let fetch = FetchStaffFile { visit: signed.in_conversation(key.clone()), file };
    Ok(with_own_headers(fetch.send(env, &key).await?))
}
