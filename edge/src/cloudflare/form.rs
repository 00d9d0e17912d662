//! Forms that pages of ours post.

use super::{answers::fault, config::Config};
use std::collections::BTreeMap;
use wire::{Fault, limits};
use worker::{Request, Response, Result};

/// The fields of a form.
pub struct Form(BTreeMap<String, String>);

impl Form {
    /// What stands in `name`; nothing if there is no such field.
    pub fn field(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }
}

/// The form in `request`, posted from a page of the edge's own; else what is answered instead.
pub async fn own(request: &mut Request, config: &Config) -> Result<std::result::Result<Form, Response>> {
    let from = request.headers().get("origin")?;
    if from.as_ref().is_some_and(|from| *from != config.origin) {
        return Ok(Err(fault(Fault::Origin, 403)?));
    }
    any(request).await
}

/// The same from a page of any origin: for who brings a ticket, which no other page can know.
pub async fn any(request: &mut Request) -> Result<std::result::Result<Form, Response>> {
    let length = request.headers().get("content-length")?.and_then(|n| n.parse::<usize>().ok());
    if length.is_none_or(|length| length > limits::MAX_UP_BYTES) {
        return Ok(Err(fault(Fault::TooLong, 413)?));
    }
    let body = request.text().await?;
    let fields = worker::Url::parse("form:/").map(|mut url| {
        url.set_query(Some(&body.replace('#', "%23")));
        url.query_pairs().into_owned().collect()
    });
    Ok(Ok(Form(fields.unwrap_or_default())))
}
