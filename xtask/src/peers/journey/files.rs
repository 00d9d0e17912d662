//! Files that visitors send.

use super::context::{HttpAnswer, Journey};
use anyhow::{Context as _, ensure};
use serde_json::Value;

/// What parts the fields of a form. Browsers choose another one each time.
const BOUNDARY: &str = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

pub fn upload_file(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let boot = journey.fetch_boot()?;
    let file = pdf_of_size(4_900_000);
    let answer = upload(journey, &boot.ticket, 9, &file)?;
    let told: Value = serde_json::from_str(&answer.require_status(200)?)?;
    let size = told.get("size").and_then(Value::as_u64);
    ensure!(size == Some(file.len() as u64), "the edge has {told}");
    let fetched = journey.post_form(&format!("/s/ward/file/{:032x}", 9), &[("ticket", &boot.ticket)])?;
    fetched.require_status(200).context("fetched again")?;
    ensure!(fetched.body == file, "it came back changed, {} bytes", fetched.body.len());
    Ok("sent, and fetched again unchanged".to_owned())
}

/// Larger than the site takes, smaller than what stands in front has to take: the edge's own refusal comes through.
pub fn upload_excess(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let boot = journey.fetch_boot()?;
    let text = upload(journey, &boot.ticket, 9, &pdf_of_size(12_000_000))?.require_status(413)?;
    ensure!(text.contains("too_long"), "not the edge's own words: {text}");
    // Larger than everything: whoever refuses it, the status is the same, and by it the widget says what is wrong.
    match upload(journey, &boot.ticket, 9, &pdf_of_size(30_000_000)) {
        Ok(answer) => drop(answer.require_status(413).context("30 MB")?),
        // Who has refused it may close before all of it was sent; a browser has read the answer by then.
        Err(error) => return Ok(format!("12 MB by the edge; 30 MB broken off ({error})")),
    }
    Ok("12 MB by the edge, 30 MB as well".to_owned())
}

/// A file that is a PDF by its first bytes, and holds what trips those who look for the form's boundaries in it.
fn pdf_of_size(size: usize) -> Vec<u8> {
    let mut file =
        b"%PDF-1.7\n--not a boundary\r\n------WebKitFormBoundary\n<?php system('id'); ?>\n".to_vec();
    // All bytes there are, in no order that compresses.
    let mut state = 0x2545_f491_u32;
    while file.len() < size {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        file.push(state.to_le_bytes()[1]);
    }
    file
}

fn upload(journey: &Journey<'_>, ticket: &str, id: u32, file: &[u8]) -> anyhow::Result<HttpAnswer> {
    let mut body = Vec::new();
    for (name, text) in [("ticket", ticket), ("id", &format!("{id:032x}"))] {
        let field =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        body.extend(field.bytes());
    }
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Giấy khai sinh (bản 2).pdf\"\r\n\
         Content-Type: application/pdf\r\n\r\n"
    );
    body.extend(head.bytes());
    body.extend(file);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    let request =
        journey.agent.post(journey.absolute_url("/s/ward/file")).header("origin", journey.page_origin());
    let request = request.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
    HttpAnswer::read(request.send(&body)?)
}
