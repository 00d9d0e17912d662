//! Web Push: what a page is told of it, and devices that are let in.

use super::{assets, site_context::SiteContext};
use crate::{
    platform::{
        body::read_bounded,
        config::{has_push_key, push_key, read_binding},
        response::{fault_response, json_response, slow_down},
    },
    rpc::{ObjectCall as _, conversation::SetPushSubscription},
};
use hoi_core::{
    limits::usage::ConnectionKind,
    push::{self, MAX_ENDPOINT_BYTES},
};
use serde_json::Value;
use site::address::Allowed;
use wire::Fault;
use worker::{Headers, Request, Response, Result};

/// Longest wish about a device, in bytes: an address and a ticket.
const MAX_WISH_BYTES: usize = 2 * MAX_ENDPOINT_BYTES;

/// What the widget needs before it offers anything.
pub fn handle_settings(context: &SiteContext<'_>, request: &Request) -> Result<Response> {
    match push_key(context.env) {
        Some(key) => {
            json_response(&pages::push_script::push_offer(&key, &context.requested_language(request)?))
        }
        None => fault_response(Fault::NoSite, 404),
    }
}

/// The service worker, with what it will say.
pub async fn service_worker(context: &SiteContext<'_>, request: &Request) -> Result<Response> {
    if !has_push_key(context.env) {
        return fault_response(Fault::NoSite, 404);
    }
    let source = assets::load_script(context.env, context.config, "news.js").await?;
    let script = pages::push_script::service_worker_script(
        &source,
        &context.published.site,
        &context.requested_language(request)?,
    );
    let headers = Headers::new();
    headers.set("content-type", "text/javascript; charset=utf-8")?;
    // The browser asks again by itself; what it has meanwhile goes on.
    headers.set("cache-control", "no-cache")?;
    headers.set("x-content-type-options", "nosniff")?;
    headers.set("content-security-policy", "default-src 'none'")?;
    Ok(Response::from_bytes(script.into_bytes())?.with_headers(headers))
}

/// Turns it on or off for a device. Only for pages of the edge's own: nobody else's service worker is ours.
pub async fn set_subscription(context: &SiteContext<'_>, mut request: Request) -> Result<Response> {
    if request.headers().get("origin")?.as_ref() != Some(&context.config.origin) {
        return fault_response(Fault::Origin, 403);
    }
    if !has_push_key(context.env) {
        return fault_response(Fault::NoSite, 404);
    }
    let address = context.client_address(&request)?;
    let Some(body) = read_bounded(&mut request, MAX_WISH_BYTES).await? else {
        return fault_response(Fault::TooLong, 413);
    };
    let listed = Allowed::read_list(&read_binding(context.env, "HOI_PUSH_HOSTS").unwrap_or_default());
    let wish = wire::parse_json::<Value>(&body).unwrap_or_default();
    let said = |name| wish.get(name).and_then(Value::as_str).unwrap_or_default();
    let (endpoint, on) = (said("endpoint"), wish.get("on").and_then(Value::as_bool));
    let (Some(on), true) = (on, push::is_permitted(endpoint, &listed)) else {
        return fault_response(Fault::Malformed, 400);
    };
    let Some(known) = context.verify_ticket(said("ticket")) else {
        return fault_response(Fault::Ticket, 401);
    };
    if let Some(wait) =
        context.check_connection_quota(ConnectionKind::Poll, known.begun, address.as_ref()).await?
    {
        return slow_down(wait);
    }
    let (endpoint, edge) = (endpoint.to_owned(), context.config.origin.clone());
    let visit = context.visitor_session(known, address);
    let key = visit.whose.clone();
    match (SetPushSubscription { visit, endpoint, on, edge }).call(context.env, &key).await? {
        true => Ok(Response::empty()?.with_status(204)),
        false => fault_response(Fault::Ticket, 401),
    }
}
