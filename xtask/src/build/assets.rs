//! The files that visitors load: hashed names, compressed beforehand, listed in a manifest.

use super::{freshness::empty_folder, widget::WidgetParts};
use crate::paths;
use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256, Sha384};
use std::{fs, io::Write as _};

/// The list of files with their hashed paths and sizes.
pub type Manifest = Value;

/// The manifest of the last build.
///
/// # Errors
/// If nothing was built yet.
pub fn read_manifest() -> anyhow::Result<Manifest> {
    let path = paths::build_dir().join("assets/manifest.json");
    let text = fs::read_to_string(&path).with_context(|| format!("{} is not there", path.display()))?;
    Ok(serde_json::from_str(&text)?)
}

/// Writes the files and their manifest; the manifest last, so that an interrupted build is seen.
pub fn write_assets(parts: &WidgetParts) -> anyhow::Result<()> {
    empty_folder(&paths::build_dir().join("assets/a"))?;
    let mut files = serde_json::Map::new();
    let mut add = |name: &str, bytes: &[u8], kind: &str| -> anyhow::Result<String> {
        let entry = write_file(name, bytes, kind)?;
        let path = entry.get("path").and_then(Value::as_str).unwrap_or_default().to_owned();
        files.insert(name.to_owned(), entry);
        Ok(path)
    };
    let wasm = add("widget.wasm", &parts.wasm, "application/wasm")?;
    // A script finds beside it what it brings in; what comes later here may bring in what came before.
    let mut beside = vec![("widget.wasm", wasm)];
    let linked = |bytes: &[u8], beside: &[(&str, String)]| {
        let text = String::from_utf8(bytes.to_vec())?;
        anyhow::Ok(beside.iter().fold(text, |text, (name, path)| {
            text.replace(&format!("\"./{name}\""), &format!("\"./{}\"", hashed_name(path)))
        }))
    };
    for (name, bytes) in &parts.on_demand {
        let path = match name.rsplit('.').next() {
            Some("wasm") => add(name, bytes, "application/wasm")?,
            Some("css") => add(name, bytes, "text/css; charset=utf-8")?,
            _ => add(name, linked(bytes, &beside)?.as_bytes(), "text/javascript; charset=utf-8")?,
        };
        beside.push((name, path));
    }
    let glue = linked(&parts.glue, &beside)?;
    add("widget.js", glue.as_bytes(), "text/javascript; charset=utf-8")?;
    add("frame.css", &parts.css, "text/css; charset=utf-8")?;
    add("frame.js", &parts.frame, "text/javascript; charset=utf-8")?;
    add("loader.js", &parts.loader, "text/javascript; charset=utf-8")?;
    let on_demand: Vec<&str> = parts.on_demand.iter().map(|(name, _)| *name).collect();
    for (name, file) in &mut files {
        if let Some(file) = file.as_object_mut().filter(|_| on_demand.contains(&name.as_str())) {
            file.insert("on_demand".to_owned(), true.into());
        }
    }
    write_manifest(&json!({ "files": files }))
}

/// Writes the list of files.
pub fn write_manifest(manifest: &Manifest) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(manifest)?;
    Ok(fs::write(paths::build_dir().join("assets/manifest.json"), text)?)
}

fn hashed_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The path of the file `name` with these bytes.
fn hashed_path(name: &str, bytes: &[u8]) -> anyhow::Result<String> {
    let digest: String = Sha256::digest(bytes).iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    let (stem, ending) = name.split_once('.').context("files have endings")?;
    Ok(format!("/a/{stem}.{digest}.{ending}"))
}

/// Writes a file that only the edge reads: it is not compressed, since nothing of it is sent.
pub fn edge_file(name: &str, bytes: &[u8]) -> anyhow::Result<Value> {
    let path = hashed_path(name, bytes)?;
    fs::write(paths::build_dir().join("assets").join(path.trim_start_matches('/')), bytes)?;
    Ok(
        json!({ "path": path, "type": "application/octet-stream", "sri": integrity_hash(bytes), "edge_only": true, "raw": bytes.len() }),
    )
}

fn integrity_hash(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

fn write_file(name: &str, bytes: &[u8], kind: &str) -> anyhow::Result<Value> {
    let path = hashed_path(name, bytes)?;
    let target = paths::build_dir().join("assets").join(path.trim_start_matches('/'));
    let (br, gz) = (compress_brotli(bytes)?, compress_gzip(bytes)?);
    let beside = |ending: &str| target.with_file_name(format!("{}{ending}", hashed_name(&path)));
    fs::write(&target, bytes)?;
    fs::write(beside(".br"), &br)?;
    fs::write(beside(".gz"), &gz)?;
    Ok(
        json!({ "path": path, "type": kind, "sri": integrity_hash(bytes), "raw": bytes.len(), "br": br.len(), "gz": gz.len() }),
    )
}

/// `bytes` as small as brotli can make them.
pub fn compress_brotli(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params)?;
    Ok(out)
}

/// `bytes` as small as gzip can make them.
pub fn compress_gzip(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
