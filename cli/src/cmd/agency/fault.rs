//! What can be done wrong.

use super::response::{whole_json, whole_text};
use axum::{
    http::{HeaderValue, StatusCode},
    response::Response,
};
use clap::ValueEnum;
use serde_json::{Value, json};

/// What the stand-in does wrong.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum InjectedFault {
    /// Nothing.
    None,
    /// Answers 500 with a stack trace.
    Error,
    /// Answers 503 to the first try of each question only.
    Once,
    /// Answers 503 and asks to be left alone, see --retry-after.
    Busy,
    /// Understands the question and refuses it, with 422.
    Refuse,
    /// A web page with status 200.
    Html,
    /// Never answers.
    Hang,
    /// Ends the answer in the middle.
    Cut,
    /// Begins the answer and falls silent.
    Stall,
    /// A stream that never ends.
    Endless,
    /// Megabytes of nothing.
    Flood,
    /// A stream cut inside its characters, which is allowed.
    SplitUtf8,
    /// Sends the edge elsewhere.
    Redirect,
}

impl InjectedFault {
    /// What is answered instead of acting on the question, if this fault does that. `tries` counts this question's
    /// own tries, from 1; `retry_after` is the header of [`InjectedFault::Busy`].
    pub fn fault_response(self, retry_after: &str, tries: u32) -> Option<Response> {
        const TRACE: &str =
            "java.lang.NullPointerException at gov.internal.Desk(Desk.java:42) host=db-01.internal";
        let text = |status, kind, body| Some(whole_text(status, kind, body));
        match self {
            InjectedFault::Error => text(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", TRACE),
            InjectedFault::Once if tries == 1 => text(StatusCode::SERVICE_UNAVAILABLE, "text/plain", TRACE),
            InjectedFault::Refuse => text(StatusCode::UNPROCESSABLE_ENTITY, "text/plain", TRACE),
            InjectedFault::Html => {
                text(StatusCode::OK, "text/html", "<html><h1>Welcome to nginx!</h1></html>")
            }
            InjectedFault::Busy => {
                let response = text(StatusCode::SERVICE_UNAVAILABLE, "text/plain", TRACE);
                response.map(|response| with_header(response, "retry-after", retry_after))
            }
            InjectedFault::Redirect => {
                let response = text(StatusCode::FOUND, "text/plain", "");
                response.map(|response| with_header(response, "location", "http://169.254.169.254/"))
            }
            InjectedFault::None
            | InjectedFault::Once
            | InjectedFault::Hang
            | InjectedFault::Cut
            | InjectedFault::Stall
            | InjectedFault::Endless
            | InjectedFault::Flood
            | InjectedFault::SplitUtf8 => None,
        }
    }
}

/// The refusal of a request whose `body` has one of `words`, or one of `parameters` where it is JSON.
pub fn refusal_response(
    words: &[String],
    parameters: &[String],
    body: &[u8],
    json: &Value,
) -> Option<Response> {
    let text = String::from_utf8_lossy(body);
    if words.iter().any(|word| text.contains(word.as_str())) {
        let page = "<html><h1>403 Forbidden</h1></html>";
        return Some(whole_text(StatusCode::FORBIDDEN, "text/html", page));
    }
    let name = parameters.iter().find(|name| json.get(name.as_str()).is_some())?;
    let error = json!({ "error": { "message": format!("Unsupported parameter: '{name}' is not supported with this model."),
        "type": "invalid_request_error", "param": name, "code": "unsupported_parameter" } });
    Some(whole_json(StatusCode::BAD_REQUEST, "application/json", &error))
}

fn with_header(mut response: Response, name: &'static str, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}
