//! What a protocol's stand-in has to do.

use super::{
    answer::Manner,
    cases::{CaseDecision, ReceivedCase},
    later::ScheduledCallback,
};
use axum::{
    body::Bytes,
    http::{HeaderMap, Method, StatusCode},
    response::Response,
};
use serde_json::Value;

/// A request.
pub struct Got {
    pub method: Method,
    pub path: String,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// The body as JSON; null if it is none.
    pub json: Value,
}

impl Got {
    /// A header's text, or nothing.
    pub fn header_text(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// A text inside the JSON, by its pointer.
    pub fn json_text(&self, pointer: &str) -> String {
        self.json.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

/// A question that passed every check.
pub struct AgencyQuestion {
    /// Names it.
    pub key: String,
    pub text: String,
    pub lang: String,
    pub site: String,
    /// The conversation, as this protocol names it.
    pub conversation: String,
    /// The question's place, where the protocol tells it.
    pub seq: Option<u64>,
}

/// What a request was.
pub enum Heard {
    /// A question.
    Question(AgencyQuestion),
    /// A case that is handed in, and its idempotency key.
    Case(String, ReceivedCase),
    /// Papers that are added to a case, its number, and the idempotency key.
    Papers(String, String),
    /// Something that goes before one; this JSON answers it.
    Else(Value),
}

/// A signed wish for one file.
pub struct AgencyFileRequest {
    /// What is posted.
    pub body: String,
    /// The headers that prove whose wish it is.
    pub headers: Vec<(&'static str, String)>,
}

/// Why a request is refused.
pub type RequestRefusal = (StatusCode, &'static str);

/// One protocol's stand-in.
pub trait Speaks: Send + Sync {
    /// Checks a request as strictly as the real one does.
    fn check_request(&self, got: &Got) -> Result<Heard, RequestRefusal>;
    /// Answers at once.
    fn answer_now(&self, question: &AgencyQuestion, text: &str, manner: &Manner<'_>) -> Response;
    /// Says that the question was taken, and is answered later.
    fn accept_for_later(&self, got: &Got, question: &AgencyQuestion) -> Response;
    /// The later answer.
    fn late_callback(&self, question: &AgencyQuestion, text: &str) -> Option<ScheduledCallback>;
    /// That the later answer `said` is deleted again, where people can do that.
    fn late_retraction(
        &self,
        question: &AgencyQuestion,
        said: &ScheduledCallback,
    ) -> Option<ScheduledCallback> {
        let _unused = (question, said);
        None
    }
    /// A signed wish for a file of a conversation, in a protocol that has files.
    fn file_request(&self, conversation: &str, file: &str, at: i64) -> Option<AgencyFileRequest> {
        let _unused = (conversation, file, at);
        None
    }
    /// What is reported of a case, where the protocol has any.
    fn case_report(&self, _: &ReceivedCase, _: &CaseDecision) -> Option<ScheduledCallback> {
        None
    }
    /// Whether it sees by a key that a question comes again.
    fn knows_keys(&self) -> bool;
    /// Seconds until people answer, where nobody else does.
    fn always_later(&self) -> Option<f64> {
        None
    }
}

/// Whether `got` is posted JSON.
pub fn posted_json(got: &Got) -> Result<(), RequestRefusal> {
    if got.method != Method::POST {
        return Err((StatusCode::METHOD_NOT_ALLOWED, "only POST is known here"));
    }
    if !got.header_text("content-type").starts_with("application/json") || !got.json.is_object() {
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "this is no JSON"));
    }
    Ok(())
}

/// Whether `authorization` carries one of `secrets`.
pub fn check_bearer(got: &Got, secrets: &[String]) -> Result<(), RequestRefusal> {
    let given = got.header_text("authorization").strip_prefix("Bearer ").unwrap_or_default();
    if secrets.iter().any(|secret| secret == given) {
        Ok(())
    } else {
        Err((StatusCode::UNAUTHORIZED, "the bearer token is wrong"))
    }
}
