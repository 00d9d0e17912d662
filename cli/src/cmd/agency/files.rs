//! Files that came with a question: fetched from the edge, as the real agency would, and checked.

use super::protocol::{AgencyFileRequest, Speaks};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::{
    fmt::Write as _,
    io::Read as _,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Every file of a question, a case, or papers to a case.
pub fn named_files(got: &Value) -> Vec<&Value> {
    fn file_list<'v>(value: &'v Value, name: &str) -> Vec<&'v Value> {
        value.get(name).and_then(Value::as_array).into_iter().flatten().collect()
    }
    let deeper = ["fields", "papers"].into_iter().flat_map(|name| file_list(got, name));
    file_list(got, "files").into_iter().chain(deeper.flat_map(|each| file_list(each, "files"))).collect()
}

/// Fetches every file of `question`, keeps it in `folder` if there is one, and prints what came, one JSON object a line.
pub async fn fetch_files(speaks: &dyn Speaks, question: &Value, folder: Option<&Path>) {
    for file in named_files(question) {
        let text = |name: &str| file.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let conversation = question.get("conversation").and_then(Value::as_str).unwrap_or_default();
        let Some(wish) = speaks.file_request(conversation, &text("id"), unix_seconds()) else { continue };
        let url = text("url");
        let got = tokio::task::spawn_blocking(move || get_file(&url, &wish)).await;
        if let (Some(folder), Ok(Ok((_, bytes)))) = (folder, &got)
            && let Err(error) = write_file(folder, &text("id"), bytes)
        {
            eprintln!("{}: {error}", folder.display());
        }
        let line = match got {
            Ok(Ok((kind, bytes))) => json!({
                "file": text("name"), "kind": kind, "size": bytes.len(),
                "whole": hex_digits(&bytes) == text("sha256") && file.get("size") == Some(&json!(bytes.len())),
            }),
            Ok(Err(why)) => json!({ "file": text("name"), "failed": why }),
            Err(why) => json!({ "file": text("name"), "failed": why.to_string() }),
        };
        println!("{line}");
    }
}

/// Where the file `id` is kept. Ids are 32 hexadecimal digits; whatever else stands there leads nowhere.
pub fn file_path(folder: &Path, id: &str) -> PathBuf {
    folder.join(id.chars().filter(char::is_ascii_hexdigit).collect::<String>())
}

fn write_file(folder: &Path, id: &str, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(file_path(folder, id), bytes)
}

fn get_file(url: &str, wish: &AgencyFileRequest) -> Result<(String, Vec<u8>), String> {
    let mut request = ureq::post(url).header("content-type", "application/json");
    for (name, value) in &wish.headers {
        request = request.header(*name, value);
    }
    let answer = request.send(&wish.body).map_err(|error| error.to_string())?;
    let header = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok());
    let kind = header.unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    answer.into_body().into_reader().read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok((kind, bytes))
}

fn hex_digits(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing into a text can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn unix_seconds() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.ok().and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or_default()
}
