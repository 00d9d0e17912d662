//! Responses in one piece, and what every response has.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::Response,
};
use serde_json::Value;

/// JSON in one piece.
pub fn whole_json(status: StatusCode, kind: &'static str, value: &Value) -> Response {
    whole_text(status, kind, &value.to_string())
}

/// A text in one piece.
pub fn whole_text(status: StatusCode, kind: &'static str, body: &str) -> Response {
    build_response(status, kind, Body::from(body.to_owned()))
}

/// `body` with its status and type.
pub fn build_response(status: StatusCode, kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
