//! Answers of the shapes that many routes need.

use crate::platform::request_url::RequestUrl;
use hoi_core::http::headers;
use worker::{Headers, Request, Response, ResponseBody, Result};

/// A line for people who look at the edge itself.
pub fn plain_text(text: &str, status: u16) -> Result<Response> {
    Ok(Response::ok(text)?.with_status(status))
}

/// Lets a page of `origin` read the answer.
pub fn with_cors(response: Response, origin: &str) -> Result<Response> {
    let headers = response.headers().clone();
    headers.set("access-control-allow-origin", origin)?;
    headers.set("vary", "origin")?;
    Ok(response.with_headers(headers))
}

/// `response` of an object, with headers that more can be added to.
pub fn with_own_headers(response: Response) -> Response {
    let headers = Headers::from_iter(response.headers().entries());
    response.with_headers(headers)
}

/// A document of the edge's own, under `policy`.
pub fn html_response(html: String, policy: &str, status: u16) -> Result<Response> {
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
pub fn compress_response(answer: Response, request: &Request) -> Result<Response> {
    let accepted = request.headers().get("accept-encoding")?.unwrap_or_default();
    if let Some((_, name)) = headers::choose_encoding(&accepted) {
        answer.headers().set("content-encoding", name)?;
    }
    Ok(answer)
}

/// The language that the address names, else the browser's.
pub fn language_tag(request: &Request) -> Result<String> {
    let named = RequestUrl::from_request(request)?.query_value("lang");
    named.map_or_else(|| accepted_language(request), Ok)
}

/// The first language of `Accept-Language`.
pub fn accepted_language(request: &Request) -> Result<String> {
    let accepted = request.headers().get("accept-language")?.unwrap_or_default();
    Ok(accepted.split([',', ';']).next().unwrap_or_default().trim().to_owned())
}
