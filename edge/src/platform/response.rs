//! Answers that pages and programs get from both doors: JSON, and public errors.

use serde::Serialize;
use wire::{Fault, PublicError};
use worker::{Headers, Response, Result};

/// A public error: a code and nothing else.
pub fn fault_response(error: Fault, status: u16) -> Result<Response> {
    Ok(json_response(&PublicError { error, retry_ms: None })?.with_status(status))
}

/// Too much at once: when to come again, in milliseconds from now.
pub fn slow_down(retry_ms: u64) -> Result<Response> {
    let answer =
        json_response(&PublicError { error: Fault::TooFast, retry_ms: Some(retry_ms) })?.with_status(429);
    answer.headers().set("retry-after", &retry_after_seconds(retry_ms))?;
    Ok(answer)
}

/// What `Retry-After` says, in whole seconds.
pub fn retry_after_seconds(retry_ms: u64) -> String {
    retry_ms.div_ceil(1000).to_string()
}

/// `value` as JSON that is not to be kept.
pub fn json_response<T: Serialize>(value: &T) -> Result<Response> {
    let headers = Headers::new();
    headers.set("content-type", "application/json")?;
    headers.set("cache-control", "no-store")?;
    headers.set("x-content-type-options", "nosniff")?;
    let body = serde_json::to_vec(value)?;
    Ok(Response::from_bytes(body)?.with_headers(headers))
}
