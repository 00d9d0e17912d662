//! What the agency says of its own accord: `POST /s/<site>/callback`.
//!
//! The connector checks the signature first, over the bytes as they came; only then is anything looked into.

use super::{
    answers::{fault, json},
    config::site_secret,
    conversation_object::Arriving,
    pages::tell,
    platform::now,
    sql_log::Whose,
};
use crate::{
    connector::{Endpoint, Incoming, MAX_CALLBACK_BYTES, Unheard, connector},
    turn::Published,
};
use futures_util::StreamExt as _;
use wire::Fault;
use worker::{Env, Request, Response, Result};

/// Answers one callback: 200 with the message's place, also if it came before; 401 if it is not genuine; 404 if
/// there is no such conversation.
pub async fn answer(mut request: Request, env: &Env, published: &Published) -> Result<Response> {
    let settings = &published.site.settings;
    let Some(agency) = &settings.agency else { return fault(Fault::NoSite, 404) };
    let Some(connector) = connector(&agency.connector) else { return fault(Fault::NoSite, 404) };
    let Some(body) = bounded(&mut request, MAX_CALLBACK_BYTES).await? else {
        return fault(Fault::TooLong, 413);
    };
    let secret = site_secret(env, &agency.secret);
    let headers = request.headers();
    let header = |name: &str| headers.get(name).ok().flatten();
    let call = Incoming { header: &header, body: &body, site: &settings.site, now: now() / 1000 };
    match connector.callback(&call, &Endpoint { agency, secret: &secret }) {
        Ok(None) => json(&serde_json::json!({ "seq": null })),
        Ok(Some(callback)) => {
            let whose = Whose { site: settings.site.clone(), conversation: callback.conversation };
            bring(env, &Arriving { whose, callback }).await
        }
        Err(refused) => refuse(&settings.site, refused),
    }
}

async fn bring(env: &Env, arriving: &Arriving) -> Result<Response> {
    let mut brought = tell(env, &arriving.whose, "callback", arriving).await?;
    match brought.status_code() {
        200 => json(&brought.json::<serde_json::Value>().await?),
        404 => fault(Fault::NoSite, 404),
        _ => fault(Fault::Internal, 500),
    }
}

fn refuse(site: &str, refused: Unheard) -> Result<Response> {
    worker::console_warn!("site {site}: a callback is refused: {refused}");
    match refused {
        Unheard::NotSpoken => fault(Fault::NoSite, 404),
        Unheard::Forged => fault(Fault::Ticket, 401),
        Unheard::Garbage(_) => fault(Fault::Malformed, 400),
        Unheard::Secret => fault(Fault::Internal, 500),
    }
}

/// The body, if it isn't longer than `most` bytes; a length that is claimed is not believed.
pub async fn bounded(request: &mut Request, most: usize) -> Result<Option<Vec<u8>>> {
    let Ok(mut stream) = request.stream() else { return Ok(Some(Vec::new())) };
    let mut body = Vec::new();
    while let Some(chunk) = stream.next().await {
        body.extend_from_slice(&chunk?);
        if body.len() > most {
            return Ok(None);
        }
    }
    Ok(Some(body))
}
