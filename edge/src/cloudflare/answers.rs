//! Answers of the shapes that many routes need.

use crate::headers;
use serde::Serialize;
use wire::{Fault, PublicError};
use worker::{Headers, Request, Response, ResponseBody, Result};

/// A public error: a code and nothing else.
pub fn fault(error: Fault, status: u16) -> Result<Response> {
    Ok(json(&PublicError { error, retry_ms: None })?.with_status(status))
}

/// Too much at once: when to come again, in milliseconds from now.
pub fn slow_down(retry_ms: u64) -> Result<Response> {
    let answer = json(&PublicError { error: Fault::TooFast, retry_ms: Some(retry_ms) })?.with_status(429);
    answer.headers().set("retry-after", &seconds(retry_ms))?;
    Ok(answer)
}

/// What `Retry-After` says, in whole seconds.
pub fn seconds(retry_ms: u64) -> String {
    retry_ms.div_ceil(1000).to_string()
}

/// `value` as JSON that is not to be kept.
pub fn json<T: Serialize>(value: &T) -> Result<Response> {
    let headers = Headers::new();
    headers.set("content-type", "application/json")?;
    headers.set("cache-control", "no-store")?;
    headers.set("x-content-type-options", "nosniff")?;
    let body = serde_json::to_vec(value)?;
    Ok(Response::from_bytes(body)?.with_headers(headers))
}

/// A line for people who look at the edge itself.
pub fn plain(text: &str, status: u16) -> Result<Response> {
    Ok(Response::ok(text)?.with_status(status))
}

/// Lets a page of `origin` read the answer.
pub fn shared_with(response: Response, origin: &str) -> Result<Response> {
    let headers = response.headers().clone();
    headers.set("access-control-allow-origin", origin)?;
    headers.set("vary", "origin")?;
    Ok(response.with_headers(headers))
}

/// A document of the edge's own, under `policy`.
pub fn html_answer(html: String, policy: &str, status: u16) -> Result<Response> {
    let sent = Headers::new();
    for (name, value) in headers::DOCUMENT {
        sent.set(name, value)?;
    }
    sent.set("content-security-policy", policy)?;
    let body = ResponseBody::Body(html.into_bytes());
    Ok(Response::from_body(body)?.with_headers(sent).with_status(status))
}

/// Has the platform send `answer` as small as the visitor's browser takes it. Only for what holds nothing that a visitor
/// sent beside a secret that outlives the answer: lengths would tell of it.
pub fn compressed(answer: Response, request: &Request) -> Result<Response> {
    let accepted = request.headers().get("accept-encoding")?.unwrap_or_default();
    if let Some((_, name)) = headers::encoding(&accepted) {
        answer.headers().set("content-encoding", name)?;
    }
    Ok(answer)
}

/// The language that the address names, else the browser's.
pub fn wished_language(request: &Request) -> Result<String> {
    let url = request.url()?;
    let named = url.query_pairs().find(|(name, _)| name == "lang").map(|(_, lang)| lang.into_owned());
    named.map_or_else(|| asked_language(request), Ok)
}

/// The first language of `Accept-Language`.
pub fn asked_language(request: &Request) -> Result<String> {
    let accepted = request.headers().get("accept-language")?.unwrap_or_default();
    Ok(accepted.split([',', ';']).next().unwrap_or_default().trim().to_owned())
}
