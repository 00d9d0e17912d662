//! `hoi agency`: one file per protocol, one list.

mod answer;
mod args;
mod case_pages;
mod cases;
mod chatwoot;
mod fault;
mod files;
mod later;
mod mock;
mod openai;
mod protocol;
mod rasa;
mod response;
mod webhook;

pub use args::Args;

use anyhow::Context as _;
use args::Protocol;
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::Response,
    routing::{get, post},
};
use cases::Cases;
use fault::InjectedFault;
use mock::MockAgency;
use protocol::{AgencyQuestion, Got, Heard, Speaks};
use response::whole_json;
use serde_json::json;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// What speaks the protocol that is asked for.
fn open_protocol(args: &Args, secrets: Vec<String>) -> anyhow::Result<Box<dyn Speaks>> {
    Ok(match args.protocol {
        Protocol::Webhook => Box::new(webhook::MockWebhook::new(&secrets)?),
        Protocol::Openai => Box::new(openai::MockOpenAi { secrets }),
        Protocol::Rasa => Box::new(rasa::MockRasa { secrets }),
        Protocol::Chatwoot => Box::new(chatwoot::MockChatwoot::new(secrets, args.along.clone())),
    })
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let secret = |name: &String| {
        std::env::var(name).with_context(|| format!("set {name} to the site's secret, as the edge has it"))
    };
    let secrets = args.secrets.iter().map(secret).collect::<anyhow::Result<Vec<_>>>()?;
    let speaks = open_protocol(&args, secrets)?;
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
            .route("/", get(case_pages::list_cases).fallback(receive_request))
            .route(
                "/cases/{number}",
                post(case_pages::report_case).layer(DefaultBodyLimit::max(case_pages::MAX_BYTES)),
            )
            .route("/files/{id}", get(case_pages::serve_file))
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
                .fault_response(&agency.args.retry_after, u32::MAX)
                .unwrap_or_else(|| whole_json(StatusCode::OK, "application/json", &answer));
        }
        Err((status, why)) => {
            println!("{}", json!({ "verified": false, "why": why, "path": got.path, "question": got.json }));
            return whole_json(status, "application/json", &json!({ "error": why }));
        }
    };
    let tries = agency.count_tries(&question.key);
    let instead =
        agency.refusal_response(&got).or_else(|| fault.fault_response(&agency.args.retry_after, tries));
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
    let text = answer::answer_text(agency.args.reply.as_deref(), &question.text, &question.lang);
    match (agency.args.later, agency.speaks.always_later()) {
        (None, None) => {}
        (wanted, always) => {
            let wait = wanted.or(always).unwrap_or_default();
            let answer = agency.speaks.late_callback(&question, &text);
            if let (Some(after), Some(said)) = (agency.args.take_back, &answer) {
                let retraction = agency.speaks.late_retraction(&question, said);
                later::send_later(retraction, &agency.args.edge, wait + after);
            }
            later::send_later(answer, &agency.args.edge, wait);
            return agency.speaks.accept_for_later(got, &question);
        }
    }
    agency.speaks.answer_now(&question, &text, &answer::Manner { args: &agency.args, fault })
}

impl MockAgency {
    /// What is answered to `got` where it has what is refused.
    fn refusal_response(&self, got: &Got) -> Option<Response> {
        let MockAgency { args, .. } = self;
        fault::refusal_response(&args.refuse_word, &args.refuse_parameter, &got.body, &got.json)
    }

    /// Takes a case. Says no more than that it has it: the rest is decided on its page, or comes with `--later`.
    async fn hand_in(&self, key: &str, case: cases::ReceivedCase, fault: InjectedFault) -> Response {
        let tries = self.count_tries(key);
        let instead = fault.fault_response(&self.args.retry_after, tries);
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
        let instead = fault.fault_response(&self.args.retry_after, tries);
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
}
