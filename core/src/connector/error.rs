//! Why the agency's answer is none.

use crate::quote::quote_text;
use serde_json::Value;

/// Why the agency's answer is none. For the log only: visitors see the site's fallback.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectorError {
    /// The secret can't be used; the value is never repeated.
    #[error(
        "the agency's secret is missing, or not of the form this connector needs (see docs/connectors.md)"
    )]
    Secret,
    /// The site's settings are incomplete for this connector.
    #[error("the site's settings don't suffice: {0}")]
    Settings(&'static str),
    /// Not a 2xx, with the other side's short name for why, should it give one; never its message.
    #[error("the agency answered with status {status}{}", in_brackets(.code.as_deref()))]
    Status {
        /// The status.
        status: u16,
        /// The error's code, and the parameter it is about: `unsupported_parameter, max_tokens`.
        code: Option<String>,
    },
    /// A type that the protocol doesn't have.
    #[error("the agency answered with content type {quoted}, which this connector can't read", quoted = quote_text(.0))]
    ContentType(String),
    /// Something that can't be understood.
    #[error("the agency's answer can't be read: {0}")]
    Garbage(&'static str),
    /// A status of 200, and an error inside. The text is the other side's code for it, never its message.
    #[error("the agency's server reported an error inside its answer: {quoted}", quoted = quote_text(.0))]
    Reported(String),
    /// More than [`wire::limits::MAX_REPLY_BYTES`].
    #[error("the agency's answer is too long")]
    TooLong,
}

/// How much of an error's code is kept for the log, in characters.
const MAX_CODE_CHARS: usize = 60;

impl ConnectorError {
    /// A status without a word about it.
    pub fn from_status(status: u16) -> ConnectorError {
        ConnectorError::Status { status, code: None }
    }

    /// Whether the agency has refused this very request, and others may fare better: it says nothing about the agency's health.
    pub fn refuses_request(&self) -> bool {
        matches!(
            self,
            ConnectorError::Status { status: 400 | 403 | 406 | 413 | 414 | 415 | 422 | 431 | 451, .. }
        )
    }

    /// Whether the same request may well succeed a moment later.
    pub fn may_retry(&self) -> bool {
        match self {
            ConnectorError::Status { status, .. } => matches!(status, 408 | 425 | 429 | 500..=599),
            ConnectorError::Secret
            | ConnectorError::Settings(_)
            | ConnectorError::ContentType(_)
            | ConnectorError::Garbage(_)
            | ConnectorError::Reported(_)
            | ConnectorError::TooLong => false,
        }
    }

    /// Whether asking again hours later is pointless too: the agency has understood the question and refused it.
    pub fn is_final(&self) -> bool {
        match self {
            // 401, 403 and 404 are what a broken set-up answers; it may be mended by then.
            ConnectorError::Status { status, .. } => {
                (400..500).contains(status) && !matches!(status, 401 | 403 | 404 | 408 | 425 | 429)
            }
            ConnectorError::TooLong => true,
            ConnectorError::Secret
            | ConnectorError::Settings(_)
            | ConnectorError::ContentType(_)
            | ConnectorError::Garbage(_)
            | ConnectorError::Reported(_) => false,
        }
    }
}

/// The short name in the body of a refusal, as servers send it: in `error`, in `detail`, or beside neither.
pub fn refusal_code(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let first = |list: &Value| list.get(0).cloned();
    let detail = body.get("detail").and_then(first);
    [body.get("error"), detail.as_ref(), Some(&body)].into_iter().flatten().find_map(error_code)
}

/// The short name of an error: its `code` or `type`, and the parameter or the place it names. Its message may repeat what the
/// visitor wrote.
pub fn error_code(error: &Value) -> Option<String> {
    let field = |name: &str| error.get(name).filter(|value| !value.is_null());
    let name = ["code", "type"].into_iter().find_map(field).and_then(short_name)?;
    let about = field("param").and_then(short_name).or_else(|| {
        let place = field("loc").and_then(Value::as_array)?;
        place.iter().rev().find_map(short_name)
    });
    Some(about.map_or(name.clone(), |about| format!("{name}, {about}")))
}

/// A text or a number, if it is a name and no sentence.
fn short_name(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let named = text.len() <= MAX_CODE_CHARS
        && !text.is_empty()
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    named.then_some(text)
}

fn in_brackets(code: Option<&str>) -> String {
    code.map(|code| format!(" ({code})")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusals_code_is_found_and_its_message_never() {
        for (body, code) in [
            (
                r#"{"error":{"message":"You said: cha tôi","code":"unsupported_parameter","param":"max_tokens"}}"#,
                Some("unsupported_parameter, max_tokens"),
            ),
            (r#"{"error":{"message":"x","type":"server_error","code":null}}"#, Some("server_error")),
            (
                r#"{"object":"error","message":"x","type":"BadRequestError","param":null,"code":400}"#,
                Some("400"),
            ),
            (
                r#"{"detail":[{"loc":["body","temperature"],"type":"extra_forbidden","msg":"x"}]}"#,
                Some("extra_forbidden, temperature"),
            ),
            (r#"{"error":"cha tôi ốm"}"#, None),
            (r#"{"error":{"code":"cha tôi ốm"}}"#, None),
            ("<html>", None),
        ] {
            assert_eq!(refusal_code(body.as_bytes()).as_deref(), code, "{body}");
        }
        let error = ConnectorError::Status { status: 400, code: Some("unsupported_parameter".into()) };
        assert_eq!(error.to_string(), "the agency answered with status 400 (unsupported_parameter)");
        assert_eq!(ConnectorError::from_status(503).to_string(), "the agency answered with status 503");
    }
}
