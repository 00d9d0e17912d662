//! `hoi agency`

use anyhow::Context as _;
use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::Response,
    routing::post,
};
use clap::ValueEnum;
use futures_util::stream;
use serde::Deserialize;
use standardwebhooks::Webhook;
use std::{convert::Infallible, sync::Arc, time::Duration};

/// Stand in for an agency's endpoint, to develop against.
///
/// Verifies the signature of every question, prints what it got, one JSON object a line, and answers as a stream or
/// in one piece. `--fault` makes it behave as badly as real systems do.
#[derive(clap::Args)]
pub struct Args {
    /// The port to listen on, on this machine only.
    #[arg(long, default_value_t = 8790)]
    port: u16,
    /// The name of the environment variable that holds the secret, whsec_…; repeat it for several sites.
    #[arg(long = "secret-env", default_value = "AGENCY_SECRET")]
    secrets: Vec<String>,
    /// How to answer.
    #[arg(long, value_enum, default_value_t = Mode::Stream)]
    mode: Mode,
    /// What to answer, in Markdown, with {text} for the question; the words of a stand-in unless given.
    #[arg(long)]
    reply: Option<String>,
    /// How long to wait before the answer begins, in milliseconds.
    #[arg(long, default_value_t = 300)]
    delay_ms: u64,
    /// How long to wait between the pieces of a stream, in milliseconds.
    #[arg(long, default_value_t = 60)]
    piece_ms: u64,
    /// What to do wrong.
    #[arg(long, value_enum, default_value_t = Fault::None)]
    fault: Fault,
}

#[derive(Clone, Copy, ValueEnum)]
enum Mode {
    /// An event stream, word by word.
    Stream,
    /// One JSON object.
    Json,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Fault {
    /// Nothing.
    None,
    /// Answers 500 with a stack trace.
    Error,
    /// Answers 500 to the first try of each question only.
    Once,
    /// A web page with status 200.
    Html,
    /// Never answers.
    Hang,
    /// Ends the stream in the middle.
    Cut,
    /// A stream that never ends.
    Endless,
    /// A stream cut inside its characters, which is allowed.
    SplitUtf8,
    /// Sends the visitor elsewhere.
    Redirect,
}

/// What the edge sends; the rest of it is only printed.
#[derive(Deserialize)]
struct Question {
    text: String,
    lang: String,
}

struct Agency {
    args: Args,
    verifiers: Vec<Webhook>,
    seen: std::sync::Mutex<std::collections::BTreeMap<String, u32>>,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let verifiers = args.secrets.iter().map(|name| verifier(name)).collect::<anyhow::Result<Vec<_>>>()?;
    let address = ("127.0.0.1", args.port);
    let agency = Arc::new(Agency { args, verifiers, seen: std::sync::Mutex::default() });
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .with_context(|| format!("port {} is taken; choose another with --port", address.1))?;
        println!("{}", serde_json::json!({ "listening": format!("http://{}", listener.local_addr()?) }));
        let app = Router::new().route("/", post(answer)).with_state(agency);
        axum::serve(listener, app).with_graceful_shutdown(stopped()).await?;
        Ok(())
    })
}

async fn stopped() {
    // Without a signal handler the process simply ends when it is told to.
    let _ended = tokio::signal::ctrl_c().await;
}

fn verifier(name: &str) -> anyhow::Result<Webhook> {
    let secret = std::env::var(name).with_context(|| format!("set {name} to the site's secret, whsec_…"))?;
    Webhook::new(&secret).with_context(|| format!("{name} is not a secret of the form whsec_<base64>"))
}

async fn answer(State(agency): State<Arc<Agency>>, headers: HeaderMap, body: Bytes) -> Response {
    let verified = agency.verifiers.iter().any(|verifier| verifier.verify(&body, &headers).is_ok());
    let key = headers.get("webhook-id").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
    let json: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
    let tries = agency.count(&key);
    println!("{}", serde_json::json!({ "verified": verified, "id": key, "try": tries, "question": json }));
    if !verified {
        return whole(StatusCode::UNAUTHORIZED, "application/json", r#"{"error":"the signature is wrong"}"#);
    }
    let Ok(question) = serde_json::from_value::<Question>(json) else {
        return whole(StatusCode::BAD_REQUEST, "application/json", r#"{"error":"this is no question"}"#);
    };
    tokio::time::sleep(Duration::from_millis(agency.args.delay_ms)).await;
    agency.respond(&question, tries).await
}

impl Agency {
    fn count(&self, key: &str) -> u32 {
        let Ok(mut seen) = self.seen.lock() else { return 1 };
        let tries = seen.entry(key.to_owned()).or_default();
        *tries += 1;
        *tries
    }

    async fn respond(&self, question: &Question, tries: u32) -> Response {
        const TRACE: &str =
            "java.lang.NullPointerException at gov.internal.Desk(Desk.java:42) host=db-01.internal";
        match self.args.fault {
            Fault::Error => return whole(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", TRACE),
            Fault::Once if tries == 1 => return whole(StatusCode::SERVICE_UNAVAILABLE, "text/plain", TRACE),
            Fault::Html => {
                return whole(StatusCode::OK, "text/html", "<html><h1>Welcome to nginx!</h1></html>");
            }
            Fault::Hang => std::future::pending::<()>().await,
            Fault::Redirect => return redirect(),
            Fault::None | Fault::Once | Fault::Cut | Fault::Endless | Fault::SplitUtf8 => {}
        }
        let text = self.reply(question);
        match self.args.mode {
            Mode::Json => {
                whole(StatusCode::OK, "application/json", &serde_json::json!({ "text": text }).to_string())
            }
            Mode::Stream => self.stream(&text),
        }
    }

    fn reply(&self, question: &Question) -> String {
        let template = self.args.reply.as_deref().unwrap_or(match question.lang.as_str() {
            "vi" => VI,
            "fr" => FR,
            _ => EN,
        });
        template.replace("{text}", &question.text.replace('\n', " "))
    }

    fn stream(&self, text: &str) -> Response {
        let event = |value: serde_json::Value| format!("data: {value}\n\n").into_bytes();
        let words = text.split_inclusive(' ').map(|word| event(serde_json::json!({ "delta": word })));
        let mut pieces: Vec<Vec<u8>> = words.collect();
        match self.args.fault {
            Fault::Cut => pieces.truncate(pieces.len() / 2),
            Fault::SplitUtf8 => {
                pieces = pieces.concat().chunks(3).map(<[u8]>::to_vec).collect();
                pieces.push(event(serde_json::json!({ "done": true })));
            }
            Fault::Endless => {}
            _ => pieces.push(event(serde_json::json!({ "done": true }))),
        }
        let endless = self.args.fault == Fault::Endless;
        let pause = Duration::from_millis(self.args.piece_ms);
        let body = stream::unfold((0, pieces), move |(at, pieces)| async move {
            tokio::time::sleep(pause).await;
            let piece = if endless { pieces.get(at % pieces.len().max(1)) } else { pieces.get(at) }?.clone();
            Some((Ok::<_, Infallible>(piece), (at + 1, pieces)))
        });
        response(StatusCode::OK, "text/event-stream", Body::from_stream(body))
    }
}

const VI: &str = "Cảm ơn ông bà. Cơ quan đã nhận được câu hỏi: “{text}”.\n\nĐây là **hệ thống thay thế dùng khi phát triển**. \
    Khi triển khai thật, câu trả lời ở đây đến từ:\n\n- phần mềm của cơ quan,\n- mô hình ngôn ngữ, hoặc\n- cán bộ trực.";
const EN: &str = "Thank you. The agency has received your question: “{text}”.\n\nThis is a **stand-in used during \
    development**. On a real site this answer comes from:\n\n- the agency's own system,\n- a language model, or\n- a member of staff.";
const FR: &str = "Merci. Nous avons bien reçu votre question : « {text} ».\n\nCeci est un **remplaçant utilisé pendant le \
    développement**. Sur un vrai site, la réponse vient :\n\n- du système de l’organisme,\n- d’un modèle de langage, ou\n- d’une personne.";

fn whole(status: StatusCode, kind: &'static str, body: &str) -> Response {
    response(status, kind, Body::from(body.to_owned()))
}

fn redirect() -> Response {
    let mut response = whole(StatusCode::FOUND, "text/plain", "");
    response
        .headers_mut()
        .insert("location", axum::http::HeaderValue::from_static("http://169.254.169.254/"));
    response
}

fn response(status: StatusCode, kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, axum::http::HeaderValue::from_static(kind));
    response
}
