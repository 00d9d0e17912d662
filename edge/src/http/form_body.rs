//! Forms that pages of ours post.

use crate::platform::{config::Config, response::fault_response};
use futures_util::StreamExt as _;
use hoi_core::http::form_action::{COMPOSER, FormFields};
use wire::{Fault, limits};
use worker::{File, FormData, FormEntry, Request, Response, Result};

/// So much of what is too long is read and thrown away, in bytes.
const MAX_DRAINED: usize = 64 * 1024 * 1024;

/// What came: the fields, and the file if there is one.
pub struct FormBody {
    pub fields: FormFields,
    pub file: Option<File>,
}

impl FormBody {
    /// What stands in `name`; nothing if there is no such field.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }
}

/// The form in `request`, posted from a page of the edge's own; else what is answered instead.
pub async fn parse_own_form(
    request: &mut Request,
    config: &Config,
) -> Result<std::result::Result<FormBody, Response>> {
    let from = request.headers().get("origin")?;
    if from.as_ref().is_some_and(|from| *from != config.origin) {
        return Ok(Err(fault_response(Fault::Origin, 403)?));
    }
    parse_form(request, limits::MAX_UP_BYTES).await
}

/// The form in `request`, posted from a page of any origin, of up to `most` bytes: for who brings a ticket, which no other page can know.
pub async fn parse_form(
    request: &mut Request,
    most: usize,
) -> Result<std::result::Result<FormBody, Response>> {
    let length = request.headers().get("content-length")?.and_then(|n| n.parse::<usize>().ok());
    if length.is_none_or(|length| length > most) {
        return Ok(Err(fault_response(Fault::TooLong, 413)?));
    }
    Ok(Ok(FormBody { fields: parse_fields(&request.text().await?), file: None }))
}

/// The composer of a site that takes files of up to `largest` bytes: it comes in parts.
pub async fn parse_form_with_file(
    request: &mut Request,
    config: &Config,
    largest: u64,
) -> Result<std::result::Result<FormBody, Response>> {
    let kind = request.headers().get("content-type")?.unwrap_or_default();
    if largest == 0 || !kind.starts_with("multipart/form-data") {
        return parse_own_form(request, config).await;
    }
    let from = request.headers().get("origin")?;
    if from.as_ref().is_some_and(|from| *from != config.origin) {
        return Ok(Err(fault_response(Fault::Origin, 403)?));
    }
    let length = request.headers().get("content-length")?.and_then(|n| n.parse::<u64>().ok());
    if length.is_none_or(|length| length > limits::MAX_UP_BYTES as u64 + largest) {
        drain_body(request).await;
        return Ok(Err(fault_response(Fault::TooLong, 413)?));
    }
    let data = request.form_data().await?;
    let field = |name: &&str| data.get_field(name).map(|text| ((*name).to_owned(), text));
    let file = match data.get("file") {
        Some(FormEntry::File(file)) => Some(file).filter(|file| file.size() > 0),
        Some(FormEntry::Field(_)) | None => None,
    };
    Ok(Ok(FormBody { fields: COMPOSER.iter().filter_map(field).collect(), file }))
}

/// A page of a form with files: the fields called `names`, and all the rest as it came. Nothing where it is of the usual
/// kind, without files.
pub async fn parse_multipart_form(
    request: &mut Request,
    names: &[&str],
    most: u64,
) -> Result<Option<std::result::Result<(FormBody, FormData), Response>>> {
    let kind = request.headers().get("content-type")?.unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        return Ok(None);
    }
    let length = request.headers().get("content-length")?.and_then(|n| n.parse::<u64>().ok());
    if length.is_none_or(|length| length > limits::MAX_UP_BYTES as u64 + most) {
        drain_body(request).await;
        return Ok(Some(Err(fault_response(Fault::TooLong, 413)?)));
    }
    let data = request.form_data().await?;
    let field = |name: &&str| data.get_field(name).map(|text| ((*name).to_owned(), text));
    let fields = names.iter().filter_map(field).collect();
    Ok(Some(Ok((FormBody { fields, file: None }, data))))
}

/// The files in the field `name`. One that was not filled in counts as a file without a name.
pub fn read_files(data: &FormData, name: &str) -> Vec<File> {
    let all = data.get_all(name).unwrap_or_default().into_iter();
    let file = |entry| if let FormEntry::File(file) = entry { Some(file) } else { None };
    all.filter_map(file).filter(|file| file.size() > 0 || !file.name().is_empty()).collect()
}

/// Lets what is too long go by, within reason: who is still sending would find the line cut, and never read why.
pub async fn drain_body(request: &mut Request) {
    let Ok(mut stream) = request.stream() else { return };
    let mut left = MAX_DRAINED;
    while let Some(Ok(chunk)) = stream.next().await {
        let Some(less) = left.checked_sub(chunk.len()) else { return };
        left = less;
    }
}

/// The fields of a form in its usual encoding.
pub fn parse_fields(body: &str) -> FormFields {
    form_urlencoded::parse(body.as_bytes()).into_owned().collect()
}
