//! The web site that shows the chat: the examples' pages and a test's own, served from an origin of their own.

use super::{Edge, root};
use axum::{
    Router,
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
    routing::get,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock},
};

/// A running web server for host pages.
pub struct Host {
    pub origin: String,
    pages: Arc<Pages>,
}

#[derive(Default)]
struct Pages {
    edge: OnceLock<String>,
    /// A test's own pages: policy and markup, by path.
    own: Mutex<HashMap<String, (String, String)>>,
}

/// Where the tag in a page points before a test says where its edge is.
const USUAL_EDGE: &str = "http://localhost:8787";

impl Host {
    /// Serves `examples/ward/pages` under `/ward/`, those of the shop under `/shop/`. The edge comes later: its settings name this origin.
    pub async fn start() -> Host {
        let pages = Arc::<Pages>::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        // Another site than the edge's (`localhost`), as with visitors: what a frame may do to the focus, and what it may store, hang
        // on that.
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let app = Router::new().fallback(get(page)).with_state(pages.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Host { origin, pages }
    }

    /// Puts the edge's address into the pages' tags.
    pub fn shows(&self, edge: &Edge) {
        self.pages.edge.set(edge.origin.clone()).expect("once");
    }

    /// Serves a page of the test's own and gives its address. In `policy` and `html`, `EDGE` is the edge's address,
    /// `WSEDGE` that of its sockets.
    pub fn page(&self, name: &str, policy: &str, html: &str) -> String {
        let edge = self.pages.edge.get().expect("`shows` comes first");
        let socket = edge.replacen("http", "ws", 1);
        let text = |text: &str| text.replace("WSEDGE", &socket).replace("EDGE", edge);
        self.pages.own.lock().unwrap().insert(format!("/own/{name}"), (text(policy), text(html)));
        format!("{}/own/{name}", self.origin)
    }
}

async fn page(State(pages): State<Arc<Pages>>, uri: Uri) -> Response {
    if let Some((policy, html)) = pages.own.lock().unwrap().get(uri.path()) {
        let headers = [("content-type", "text/html; charset=utf-8"), ("content-security-policy", policy)];
        return (headers, html.clone()).into_response();
    }
    let (site, name) = uri.path().trim_start_matches('/').split_once('/').unwrap_or_default();
    let kind = match name.rsplit_once('.') {
        Some((_, "html")) => "text/html; charset=utf-8",
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "svg")) => "image/svg+xml",
        _ => "text/plain",
    };
    let text = std::fs::read_to_string(root().join("examples").join(site).join("pages").join(name));
    match text {
        Ok(text) => {
            let edge = pages.edge.get().map_or(USUAL_EDGE, String::as_str);
            ([("content-type", kind)], text.replace(USUAL_EDGE, edge)).into_response()
        }
        Err(_) => axum::http::StatusCode::NOT_FOUND.into_response(),
    }
}
