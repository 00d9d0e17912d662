//! A push service: a far end for pushes, and for a real Firefox that asks it to be told of them.

use super::root;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::post,
};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    process::Command,
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, sync::mpsc};
use tokio_tungstenite::{
    accept_hdr_async,
    tungstenite::{
        Message as Frame,
        handshake::server::{Request, Response as Shaken},
    },
};

/// A running service.
pub struct PushService {
    /// Where pushes go.
    pub origin: String,
    /// Where browsers listen.
    pub socket: String,
    told: Arc<Told>,
}

#[derive(Default)]
struct Told {
    origin: Mutex<String>,
    pushes: Mutex<Vec<Push>>,
    /// What a path is answered, where that isn't 201.
    answers: Mutex<HashMap<String, u16>>,
    /// Who listens for what comes to a path.
    browsers: Mutex<HashMap<String, mpsc::UnboundedSender<Value>>>,
}

/// A push that came.
#[derive(Debug, Clone)]
pub struct Push {
    pub path: String,
    pub headers: HashMap<String, String>,
    pub bytes: usize,
}

impl PushService {
    pub async fn start() -> PushService {
        let told = Arc::<Told>::default();
        let (pushes, browsers) = (
            TcpListener::bind("127.0.0.1:0").await.unwrap(),
            TcpListener::bind("127.0.0.1:0").await.unwrap(),
        );
        let origin = format!("http://127.0.0.1:{}", pushes.local_addr().unwrap().port());
        let socket = format!("ws://127.0.0.1:{}/", browsers.local_addr().unwrap().port());
        told.origin.lock().unwrap().clone_from(&origin);
        let app = Router::new().fallback(post(pushed)).with_state(told.clone());
        tokio::spawn(async move { axum::serve(pushes, app).await });
        let service = told.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = browsers.accept().await {
                tokio::spawn(listens(stream, service.clone()));
            }
        });
        PushService { origin, socket, told }
    }

    /// As the operator lists it.
    pub fn host(&self) -> String {
        self.origin.replace("http://", "")
    }

    /// Where a device of this name is told.
    pub fn endpoint(&self, name: &str) -> String {
        format!("{}/{name}", self.origin)
    }

    /// Pushes to the device of this name are answered so from now on.
    pub fn answers(&self, name: &str, status: u16) {
        self.told.answers.lock().unwrap().insert(format!("/{name}"), status);
    }

    /// The pushes to the device of this name.
    pub fn pushes(&self, name: &str) -> Vec<Push> {
        let pushes = self.told.pushes.lock().unwrap();
        pushes.iter().filter(|push| push.path == format!("/{name}")).cloned().collect()
    }

    /// All pushes.
    pub fn all(&self) -> Vec<Push> {
        self.told.pushes.lock().unwrap().clone()
    }
}

impl Push {
    /// What its key has stated, if that key signed it: checked in another language, so that both can't be wrong alike.
    pub fn stated(&self) -> Value {
        let mut command = Command::new("node");
        command.arg(root().join("tests/all/harness/vapid.js")).arg(&self.headers["authorization"]);
        let output = command.output().unwrap();
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    }
}

async fn pushed(State(told): State<Arc<Told>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let path = uri.path().to_owned();
    let header = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        (name.to_string(), value.to_str().unwrap_or_default().to_owned())
    };
    let headers = headers.iter().map(header).collect();
    told.pushes.lock().unwrap().push(Push { path: path.clone(), headers, bytes: body.len() });
    if let Some(browser) = told.browsers.lock().unwrap().get(&path) {
        let channel = path.trim_start_matches('/');
        let version = format!("{}", told.pushes.lock().unwrap().len());
        let _gone =
            browser.send(json!({ "messageType": "notification", "channelID": channel, "version": version }));
    }
    let status = told.answers.lock().unwrap().get(&path).copied().unwrap_or(201);
    StatusCode::from_u16(status).unwrap().into_response()
}

/// Firefox's own protocol towards its service, as far as one device needs it.
async fn listens(stream: tokio::net::TcpStream, told: Arc<Told>) {
    // It must be told the sub-protocol that it asks for.
    #[expect(clippy::result_large_err, reason = "the answer's type is the library's")]
    let chosen = |request: &Request, mut answer: Shaken| {
        if let Some(protocol) = request.headers().get("sec-websocket-protocol") {
            answer.headers_mut().insert("sec-websocket-protocol", protocol.clone());
        }
        Ok(answer)
    };
    let Ok(socket) = accept_hdr_async(stream, chosen).await else { return };
    let (mut out, mut heard) = socket.split();
    let (sender, mut waiting) = mpsc::unbounded_channel::<Value>();
    tokio::spawn(async move {
        while let Some(said) = waiting.recv().await {
            if out.send(Frame::text(said.to_string())).await.is_err() {
                return;
            }
        }
    });
    while let Some(Ok(frame)) = heard.next().await {
        let Ok(text) = frame.to_text() else { continue };
        let said: Value = serde_json::from_str(text).unwrap_or_default();
        let channel = said["channelID"].as_str().unwrap_or_default();
        let answer = match said["messageType"].as_str().unwrap_or_default() {
            "hello" => {
                json!({ "messageType": "hello", "status": 200, "uaid": "a".repeat(32), "use_webpush": true, "broadcasts": {} })
            }
            "register" => {
                let path = format!("/{channel}");
                told.browsers.lock().unwrap().insert(path.clone(), sender.clone());
                let endpoint = format!("{}{path}", told.origin.lock().unwrap());
                json!({ "messageType": "register", "status": 200, "channelID": channel, "pushEndpoint": endpoint })
            }
            "unregister" => {
                told.browsers.lock().unwrap().remove(&format!("/{channel}"));
                json!({ "messageType": "unregister", "status": 200, "channelID": channel })
            }
            "" => json!({}),
            _ => continue,
        };
        let _gone = sender.send(answer);
    }
}
