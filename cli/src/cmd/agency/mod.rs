//! `hoi agency`: one file per protocol, one list.

mod answer;
mod cases;
mod chatwoot;
mod fault;
mod files;
mod later;
mod openai;
mod protocol;
mod rasa;
mod webhook;

use answer::{AnswerMode, whole_json};
use anyhow::Context as _;
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::Response,
    routing::{get, post},
};
use cases::Cases;
use clap::ValueEnum;
use fault::InjectedFault;
use protocol::{AgencyQuestion, Got, Heard, Speaks};
use serde_json::json;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

/// Stand in for an agency's endpoint, to develop against.
///
/// Checks everything that the real one would check, fetches the files of a question, prints what it got, one JSON object a line, and answers.
/// `acts` in a line says how often it acted on that question: more than once would be a mistake of the edge's.
/// `--fault` makes it behave as badly as real systems do.
#[derive(clap::Args)]
pub struct Args {
    /// The port to listen on, on this machine only.
    #[arg(long, default_value_t = 8790)]
    port: u16,
    /// What it is.
    #[arg(long, value_enum, default_value_t = Protocol::Webhook)]
    protocol: Protocol,
    /// The name of the environment variable that holds the secret; repeat it for several sites.
    #[arg(long = "secret-env", default_value = "AGENCY_SECRET")]
    secrets: Vec<String>,
    /// How to answer, where the protocol leaves a choice.
    #[arg(long, value_enum, default_value_t = AnswerMode::Stream)]
    mode: AnswerMode,
    /// What to answer, in Markdown, with {text} for the question; the words of a stand-in unless given.
    #[arg(long)]
    reply: Option<String>,
    /// What to send along with the words, as a JSON object: buttons, author, input, files. In webhook only.
    #[arg(long, value_parser = parse_extra_fields)]
    along: Option<serde_json::Map<String, serde_json::Value>>,
    /// How long to wait before the answer begins, in milliseconds.
    #[arg(long, default_value_t = 300)]
    delay_ms: u64,
    /// How long to wait between the pieces of a stream, in milliseconds.
    #[arg(long, default_value_t = 60)]
    piece_ms: u64,
    /// Take the question, and answer it by a signed callback after so many seconds. In Chatwoot that is always so.
    #[arg(long)]
    later: Option<f64>,
    /// The edge that callbacks go to.
    #[arg(long, env = "HOI_EDGE", default_value = "http://localhost:8787")]
    edge: String,
    /// The file that keeps the cases handed in, with their papers in a folder beside it; without one they are gone when this
    /// ends. Decide about them on the page at this program's own address.
    #[arg(long, value_name = "FILE")]
    cases: Option<std::path::PathBuf>,
    /// What to do wrong.
    #[arg(long, value_enum, default_value_t = InjectedFault::None)]
    fault: InjectedFault,
    /// Do it only to so many requests, and behave from then on.
    #[arg(long)]
    faulty_calls: Option<u32>,
    /// The header `retry-after` of `--fault busy`: seconds or a date.
    #[arg(long, default_value = "3")]
    retry_after: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Protocol {
    Webhook,
    Openai,
    Rasa,
    Chatwoot,
}

impl Protocol {
    fn protocol_adapter(self, secrets: Vec<String>) -> anyhow::Result<Box<dyn Speaks>> {
        Ok(match self {
            Protocol::Webhook => Box::new(webhook::MockWebhook::new(&secrets)?),
            Protocol::Openai => Box::new(openai::MockOpenAi { secrets }),
            Protocol::Rasa => Box::new(rasa::MockRasa { secrets }),
            Protocol::Chatwoot => Box::new(chatwoot::MockChatwoot::new(secrets)),
        })
    }
}

fn parse_extra_fields(text: &str) -> Result<serde_json::Map<String, serde_json::Value>, serde_json::Error> {
    serde_json::from_str(text)
}

/// The stand-in and what it has done.
struct MockAgency {
    args: Args,
    speaks: Box<dyn Speaks>,
    done: Mutex<CallLog>,
    cases: Mutex<Cases>,
}

#[derive(Default)]
struct CallLog {
    calls: u32,
    /// Questions being answered right now.
    busy: u32,
    /// By idempotency key: how often it came, and how often it was acted upon.
    questions: BTreeMap<String, (u32, u32)>,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let secret = |name: &String| {
        std::env::var(name).with_context(|| format!("set {name} to the site's secret, as the edge has it"))
    };
    let secrets = args.secrets.iter().map(secret).collect::<anyhow::Result<Vec<_>>>()?;
    let speaks = args.protocol.protocol_adapter(secrets)?;
    let cases = Mutex::new(Cases::load_cases(args.cases.clone())?);
    let address = ("127.0.0.1", args.port);
    let agency = Arc::new(MockAgency { args, speaks, done: Mutex::default(), cases });
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .with_context(|| format!("port {} is taken; choose another with --port", address.1))?;
        println!("{}", json!({ "listening": format!("http://{}", listener.local_addr()?) }));
        let app = Router::new()
            .route("/", get(cases::list_cases).fallback(receive_request))
            .route("/cases/{number}", post(cases::report_case).layer(DefaultBodyLimit::max(cases::MAX_BYTES)))
            .route("/files/{id}", get(cases::serve_file))
            .fallback(receive_request)
            .with_state(agency);
        axum::serve(listener, app).with_graceful_shutdown(wait_for_stop()).await?;
        Ok(())
    })
}

async fn wait_for_stop() {
    // Without a signal handler the process simply ends when it is told to.
    let _ended = tokio::signal::ctrl_c().await;
}

async fn receive_request(
    State(agency): State<Arc<MockAgency>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let json: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
    let got = Got { method, path: uri.path().to_owned(), headers, body, json };
    let heard = agency.speaks.check_request(&got);
    let call = agency.next_call();
    let fault = if agency.args.faulty_calls.is_none_or(|n| call <= n) {
        agency.args.fault
    } else {
        InjectedFault::None
    };
    let question = match heard {
        Ok(Heard::Question(question)) => question,
        Ok(Heard::Case(key, case)) => return agency.hand_in(&key, case, fault).await,
        Ok(Heard::Papers(key, number)) => return agency.add_documents(&key, &number, &got.json, fault).await,
        Ok(Heard::Else(answer)) => {
            println!("{}", json!({ "verified": true, "setup": got.path, "method": got.method.as_str() }));
            // What goes before a question has no tries of its own.
            return fault
                .fault_response(&agency.args, u32::MAX)
                .unwrap_or_else(|| whole_json(StatusCode::OK, "application/json", &answer));
        }
        Err((status, why)) => {
            println!("{}", json!({ "verified": false, "why": why, "path": got.path, "question": got.json }));
            return whole_json(status, "application/json", &json!({ "error": why }));
        }
    };
    let tries = agency.count_tries(&question.key);
    let instead = fault.fault_response(&agency.args, tries);
    let acts =
        if instead.is_none() { agency.record_act(&question.key) } else { agency.act_count(&question.key) };
    let line = json!({ "verified": true, "id": question.key, "try": tries, "acts": acts,
        "faulty": instead.is_some(), "beside": agency.change_busy(1), "question": got.json });
    println!("{line}");
    files::fetch_files(&*agency.speaks, &got.json, None).await;
    tokio::time::sleep(Duration::from_millis(agency.args.delay_ms)).await;
    agency.change_busy(-1);
    match instead {
        Some(response) => response,
        None => answer_question(&agency, &got, question, fault).await,
    }
}

async fn answer_question(
    agency: &MockAgency,
    got: &Got,
    question: AgencyQuestion,
    fault: InjectedFault,
) -> Response {
    if fault == InjectedFault::Hang {
        std::future::pending::<()>().await;
    }
    let text = answer::answer_text(agency.args.reply.as_deref(), &question);
    match (agency.args.later, agency.speaks.always_later()) {
        (None, None) => {}
        (wanted, always) => {
            let wait = wanted.or(always).unwrap_or_default();
            later::send_later(agency.speaks.late_callback(&question, &text), &agency.args.edge, wait);
            return agency.speaks.accept_for_later(got, &question);
        }
    }
    agency.speaks.answer_now(&question, &text, &answer::Manner { args: &agency.args, fault })
}

impl MockAgency {
    /// Takes a case. Says no more than that it has it: the rest is decided on its page, or comes with `--later`.
    async fn hand_in(&self, key: &str, case: cases::ReceivedCase, fault: InjectedFault) -> Response {
        let tries = self.count_tries(key);
        let instead = fault.fault_response(&self.args, tries);
        let acts = if instead.is_none() { self.record_act(key) } else { self.act_count(key) };
        let line = json!({ "verified": true, "id": key, "try": tries, "acts": acts, "faulty": instead.is_some(),
            "case": case.handed_in });
        println!("{line}");
        tokio::time::sleep(Duration::from_millis(self.args.delay_ms)).await;
        if let Some(response) = instead {
            return response;
        }
        files::fetch_files(&*self.speaks, &case.handed_in, self.files_folder().as_deref()).await;
        let kept = self.cases.lock().ok().map(|mut cases| cases.add_case(case.clone()));
        if let Some(Err(error)) = kept {
            eprintln!("{error:#}");
            return whole_json(StatusCode::INSUFFICIENT_STORAGE, "application/json", &json!({}));
        }
        if let Some(seconds) = self.args.later {
            let text = self.args.reply.clone().unwrap_or_default();
            let report = cases::CaseDecision { state: "done".into(), text, ..cases::CaseDecision::default() };
            let case = cases::ReceivedCase { reports: 1, ..case };
            later::send_later(self.speaks.case_report(&case, &report), &self.args.edge, seconds);
        }
        whole_json(StatusCode::OK, "application/json", &json!({}))
    }

    /// Takes papers to a case that is here.
    async fn add_documents(
        &self,
        key: &str,
        number: &str,
        papers: &serde_json::Value,
        fault: InjectedFault,
    ) -> Response {
        let tries = self.count_tries(key);
        let instead = fault.fault_response(&self.args, tries);
        let acts = if instead.is_none() { self.record_act(key) } else { self.act_count(key) };
        let line = json!({ "verified": true, "id": key, "try": tries, "acts": acts, "faulty": instead.is_some(),
            "papers": papers });
        println!("{line}");
        tokio::time::sleep(Duration::from_millis(self.args.delay_ms)).await;
        if let Some(response) = instead {
            return response;
        }
        files::fetch_files(&*self.speaks, papers, self.files_folder().as_deref()).await;
        match self.cases.lock().map(|mut cases| cases.add_documents(key, number, papers)) {
            Ok(Ok(true)) => whole_json(StatusCode::OK, "application/json", &json!({})),
            Ok(Ok(false)) => whole_json(
                StatusCode::NOT_FOUND,
                "application/json",
                &json!({ "error": "there is no such case" }),
            ),
            Ok(Err(error)) => {
                eprintln!("{error:#}");
                whole_json(StatusCode::INSUFFICIENT_STORAGE, "application/json", &json!({}))
            }
            Err(_) => whole_json(StatusCode::INTERNAL_SERVER_ERROR, "application/json", &json!({})),
        }
    }

    /// Where the files of cases are kept: beside the cases.
    fn files_folder(&self) -> Option<std::path::PathBuf> {
        self.args.cases.as_ref().map(|file| file.with_extension("files"))
    }

    fn next_call(&self) -> u32 {
        let Ok(mut done) = self.done.lock() else { return 1 };
        done.calls += 1;
        done.calls
    }

    /// How many other questions are being answered, before `change` is made.
    fn change_busy(&self, change: i32) -> u32 {
        let Ok(mut done) = self.done.lock() else { return 0 };
        let before = done.busy;
        done.busy = before.saturating_add_signed(change);
        before
    }

    fn count_tries(&self, key: &str) -> u32 {
        let Ok(mut done) = self.done.lock() else { return 1 };
        let (tries, _) = done.questions.entry(key.to_owned()).or_default();
        *tries += 1;
        *tries
    }

    /// Acts on a question, unless the protocol lets it see that it did so already.
    fn record_act(&self, key: &str) -> u32 {
        let Ok(mut done) = self.done.lock() else { return 1 };
        let (_, acts) = done.questions.entry(key.to_owned()).or_default();
        if *acts == 0 || !self.speaks.knows_keys() {
            *acts += 1;
        }
        *acts
    }

    fn act_count(&self, key: &str) -> u32 {
        let Ok(done) = self.done.lock() else { return 0 };
        done.questions.get(key).map_or(0, |(_, acts)| *acts)
    }
}
