//! A proxy between visitors and the edge, of the kinds that offices have.

use super::Edge;
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

/// Longest body that is passed on, in bytes.
const MAX_BYTES: usize = 8 << 20;

/// A running one.
pub struct Proxy {
    pub origin: String,
    seen: Arc<Mutex<Vec<String>>>,
    lets: watch::Sender<bool>,
}

#[derive(Clone)]
struct Office {
    edge: String,
    holds_back: bool,
    seen: Arc<Mutex<Vec<String>>>,
    /// Whether what ends in `.wasm` is passed on.
    lets: watch::Receiver<bool>,
    client: Client<HttpConnector, Body>,
}

impl Proxy {
    /// Passes on plain HTTP and refuses to upgrade; one that `holds_back` passes an answer on when it has all of it.
    pub async fn start(edge: &Edge, holds_back: bool) -> Proxy {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let seen = Arc::<Mutex<Vec<String>>>::default();
        let client = Client::builder(TokioExecutor::new()).build(HttpConnector::new());
        let (lets, let_through) = watch::channel(true);
        let office =
            Office { edge: edge.origin.clone(), holds_back, seen: seen.clone(), lets: let_through, client };
        let app = Router::new().fallback(pass).with_state(office);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Proxy { origin, seen, lets }
    }

    /// From here on, the widget's wasm comes or is waited for.
    pub fn lets_wasm(&self, on: bool) {
        self.lets.send_replace(on);
    }

    /// Every request, as method, address, what was wanted and what was brought.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

async fn pass(State(mut office): State<Office>, mut request: Request) -> Response {
    if request.uri().path().ends_with(".wasm") {
        let _gone = office.lets.wait_for(|on| *on).await;
    }
    let upgrade = !wanted(&request, header::UPGRADE).is_empty();
    let (accept, kind) = (wanted(&request, header::ACCEPT), wanted(&request, header::CONTENT_TYPE));
    let line = format!("{} {} {accept} {kind}", request.method(), request.uri());
    office.seen.lock().unwrap().push(line);
    if upgrade {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    *request.uri_mut() = format!("{}{path}", office.edge).parse().unwrap();
    match office.client.request(request).await {
        Ok(answer) if office.holds_back => {
            let (mut parts, body) = answer.into_parts();
            // How the edge cut it is the edge's affair: here it goes on in one piece.
            parts.headers.remove(header::TRANSFER_ENCODING);
            match to_bytes(Body::new(body), MAX_BYTES).await {
                Ok(bytes) => Response::from_parts(parts, Body::from(bytes)),
                Err(_) => StatusCode::BAD_GATEWAY.into_response(),
            }
        }
        Ok(answer) => answer.map(Body::new).into_response(),
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}

fn wanted(request: &Request, name: header::HeaderName) -> &str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
