//! The web sites that show the chat: `examples/<name>/pages`, on an origin of their own.

use crate::paths;
use anyhow::{Context as _, anyhow};
use std::fs;
use tiny_http::{Header, Request, Response, Server};

/// Serves `/<example>/…` on `port` until the program ends.
///
/// # Errors
/// If the port is taken.
pub fn serve_pages(port: u16, edge: String) -> anyhow::Result<()> {
    let server = Server::http(("127.0.0.1", port))
        .map_err(|error| anyhow!("{error}"))
        .with_context(|| format!("port {port} is taken; choose another with --pages-port"))?;
    std::thread::spawn(move || {
        for request in server.incoming_requests() {
            // A visitor who went away needs no answer.
            let _gone = answer_request(request, &edge);
        }
    });
    Ok(())
}

fn answer_request(request: Request, edge: &str) -> std::io::Result<()> {
    let path = request.url().split('?').next().unwrap_or_default().to_owned();
    let (example, page) = path.trim_start_matches('/').split_once('/').unwrap_or_default();
    if page.is_empty() && !path.ends_with('/') || path == "/" {
        let to = if path == "/" { "/ward/".to_owned() } else { format!("{path}/") };
        let to = Header::from_bytes("location", to).ok();
        let moved = Response::from_string("").with_status_code(302);
        return request.respond(to.into_iter().fold(moved, Response::with_header));
    }
    let page = if page.is_empty() { "index.html" } else { page };
    let plain = |part: &str| part.split('/').all(|name| !name.is_empty() && !name.starts_with('.'));
    let file = paths::repository_root().join("examples").join(example).join("pages").join(page);
    let Some(text) = (plain(example) && plain(page)).then(|| fs::read(file).ok()).flatten() else {
        return request.respond(Response::from_string("There is no such page.").with_status_code(404));
    };
    let kind = match page.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    // The pages carry the tag as a webmaster would paste it, with the usual address of the edge.
    let text = match String::from_utf8(text) {
        Ok(text) => text.replace("http://localhost:8787", edge).into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let header = |name: &str, value: &str| Header::from_bytes(name, value).ok();
    let headers = [header("content-type", kind), header("cache-control", "no-store")];
    request.respond(headers.into_iter().flatten().fold(Response::from_data(text), Response::with_header))
}
