//! The web site that shows the chat: the examples' pages, served from an origin of their own.

use super::{Edge, root};
use axum::{Router, extract::State, http::Uri, response::IntoResponse, routing::get};
use std::sync::{Arc, OnceLock};

/// A running web server for host pages.
pub struct Host {
    pub origin: String,
    edge: Arc<OnceLock<String>>,
}

impl Host {
    /// Serves `examples/ward/pages` under `/ward/`. The edge comes later: its settings name this origin.
    pub async fn start() -> Host {
        let edge = Arc::<OnceLock<String>>::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let app = Router::new().fallback(get(page)).with_state(edge.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Host { origin, edge }
    }

    /// Puts the edge's address into the pages' tags.
    pub fn shows(&self, edge: &Edge) {
        self.edge.set(edge.origin.clone()).expect("once");
    }
}

async fn page(State(edge): State<Arc<OnceLock<String>>>, uri: Uri) -> impl IntoResponse {
    let name = uri.path().trim_start_matches("/ward/");
    let kind = match name.rsplit_once('.') {
        Some((_, "html")) => "text/html; charset=utf-8",
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "svg")) => "image/svg+xml",
        _ => "text/plain",
    };
    let text = std::fs::read_to_string(root().join("examples/ward/pages").join(name));
    match text {
        Ok(text) => {
            let edge = edge.get().map_or("http://localhost:8787", String::as_str);
            ([("content-type", kind)], text.replace("http://localhost:8787", edge)).into_response()
        }
        Err(_) => axum::http::StatusCode::NOT_FOUND.into_response(),
    }
}
