//! The description for agencies' developers, held against what is really said: by the edge to the stand-in, and by the
//! stand-in to the edge.

use crate::{
    forms::{Citizen, cases, decide_with, number, status, until},
    papers::{PDF, add, fetched, look_up},
};
use axum::{Router, body::Bytes, extract::State, http::Uri, routing::post};
use hoi_core::{
    connector::{sign_webhook, signing_keys},
    time::Seconds,
};
use serde_json::{Value, json};
use std::{
    fs,
    sync::{Arc, Mutex},
};
use tests::{AGENCY_SECRET, Agency, Edge, EdgeOptions, Visitor, root, say};

struct Description(Value);

impl Description {
    fn read() -> Description {
        let text = fs::read_to_string(root().join("docs/agency.openapi.json")).unwrap();
        Description(serde_json::from_str(&text).unwrap())
    }

    /// Why `value` is none of what the description calls `name`.
    fn wrong(&self, name: &str, value: &Value) -> Vec<String> {
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": format!("#/components/schemas/{name}"),
            "components": self.0["components"],
        });
        let validator = jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path)).collect()
    }

    fn is(&self, name: &str, value: &Value) {
        let wrong = self.wrong(name, value);
        assert!(wrong.is_empty(), "this is no {name}: {wrong:#?}\n{value:#}");
    }
}

/// Every name that is referred to is there, and nothing is described that can't be anything else.
#[test]
fn the_description_is_whole() {
    let description = Description::read();
    assert_eq!(description.0["openapi"], "3.1.0");
    let text = description.0.to_string();
    let mut seen = 0;
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(description.0.pointer(pointer).is_some(), "{pointer} is referred to, and not there");
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
    for name in ["Question", "Case", "CasePapers", "Answer", "Callback", "FileWish"] {
        assert!(!description.wrong(name, &json!({})).is_empty(), "{name} describes nothing");
    }
    for (state, text, good) in [("done", "", true), ("sending", "", false)] {
        let callback = json!({ "type": "case", "conversation": "0".repeat(32), "number": "x", "state": state, "text": text });
        assert_eq!(description.wrong("Callback", &callback).is_empty(), good, "{callback}");
    }
}

/// What the edge sends: a question, a case with a file, papers.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_edge_sends_is_as_described() {
    let description = Description::read();
    let port = tests::free_port();
    let edge =
        Edge::start(&EdgeOptions { agency: format!("http://127.0.0.1:{port}/"), ..EdgeOptions::default() });
    let agency = Agency::start(&["--port", &port.to_string(), "--edge", &edge.origin]);
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "con mèo nhà tôi thích nghe nhạc cổ điển")).await;
    visitor.answer().await;
    description.is("Question", &agency.questions()[0]["question"]);
    let citizen = Citizen::of(&edge).await;
    let (code, html) = citizen.put("next", &[("a.pdf", PDF)]);
    assert_eq!(code, 200, "{html}");
    citizen.fill();
    let number = number(&citizen.post(&[("go", "send")]).1);
    until("the case", || !cases(&agency).is_empty()).await;
    let case = cases(&agency).remove(0)["case"].clone();
    assert!(case.to_string().contains("sha256"), "{case}");
    description.is("Case", &case);
    decide_with(&agency, &number, &[("state", "needs_papers"), ("papers", "Một giấy")], None);
    until("that papers are wanted", || status(&edge, &number, "5678").1.contains("Một giấy")).await;
    let (pass, _) = look_up(&edge, &number);
    let (code, html) = add(&edge, &pass, &number, "next", "paper-1", &[("f.paper-1", "b.pdf", PDF)]);
    assert_eq!(code, 200, "{html}");
    add(&edge, &pass, &number, "send", "", &[]);
    let came = || agency.asked().into_iter().find(|line| line["papers"].is_object());
    until("the papers", || came().is_some()).await;
    description.is("CasePapers", &came().unwrap()["papers"]);
    until("the stand-in to fetch both", || fetched(&agency).len() == 2).await;
}

type Heard = Arc<Mutex<Vec<(String, Value)>>>;

/// Something in the edge's place that keeps what is called back.
async fn listener() -> (String, Heard) {
    async fn take(State(heard): State<Heard>, uri: Uri, body: Bytes) -> &'static str {
        heard.lock().unwrap().push((uri.path().to_owned(), serde_json::from_slice(&body).unwrap()));
        "{\"seq\":1}"
    }
    let heard = Heard::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().fallback(post(take)).with_state(heard.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
    (origin, heard)
}

/// Posts something signed to an agency, as the edge would: the status, the type and the body.
fn send(agency: &Agency, id: &str, body: &Value) -> (u16, String, String) {
    let at = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let body = body.to_string();
    let signature = sign_webhook(&signing_keys(AGENCY_SECRET).unwrap(), id, Seconds(at), body.as_bytes());
    let answer = ureq::post(&agency.url)
        .header("content-type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", at.to_string())
        .header("webhook-signature", signature)
        .send(body)
        .unwrap();
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    (answer.status().as_u16(), kind, answer.into_body().read_to_string().unwrap())
}

/// What `hoi agency` answers and calls back, from which developers start.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_stand_in_says_is_as_described() {
    let description = Description::read();
    let question = json!({ "type": "question", "site": "ward", "conversation": "0".repeat(32), "id": "1".repeat(32),
        "seq": 1, "lang": "vi", "text": "Chào", "at": 1, "history": [], "candidates": [] });
    description.is("Question", &question);
    let along = json!({ "buttons": [{ "label": "Bản đồ", "href": "https://example.vn" }],
        "input": { "name": "day", "kind": "date", "label": "Ngày" }, "files": [{ "name": "a.pdf", "url": "https://example.vn/a" }] });
    for mode in ["json", "stream"] {
        let agency = Agency::start(&["--mode", mode, "--along", &along.to_string()]);
        let (status, kind, body) = send(&agency, "a", &question);
        assert_eq!(status, 200);
        if mode == "json" {
            description.is("Answer", &serde_json::from_str(&body).unwrap());
            continue;
        }
        assert!(kind.starts_with("text/event-stream"), "{kind}");
        let events = body.split("data: ").skip(1).map(|event| serde_json::from_str(event.trim()).unwrap());
        let events: Vec<Value> = events.collect();
        events.iter().for_each(|event| description.is("Delta", event));
        assert_eq!(events.last().unwrap()["done"], true);
    }
    let (origin, heard) = listener().await;
    let called = |n: usize| {
        let heard = heard.clone();
        async move {
            until("a callback", || heard.lock().unwrap().len() >= n).await;
            heard.lock().unwrap()[n - 1].clone()
        }
    };
    let agency = Agency::start(&["--later", "0", "--edge", &origin]);
    assert_eq!(send(&agency, "b", &question).0, 202);
    let (path, answer) = called(1).await;
    assert_eq!((path.as_str(), &answer["type"]), ("/s/ward/callback", &json!("answer")));
    description.is("Callback", &answer);

    let case = json!({ "type": "case", "site": "ward", "conversation": "0".repeat(32), "seq": 2, "lang": "vi", "at": 1,
        "number": "K7QX3-M9DA0", "procedure": "khai-sinh", "title": "Khai sinh",
        "fields": [{ "id": "a", "label": "A", "value": "b" }] });
    description.is("Case", &case);
    let agency = Agency::start(&["--edge", &origin]);
    let (status, _, body) = send(&agency, "c", &case);
    assert_eq!(status, 200);
    description.is("Receipt", &serde_json::from_str(&body).unwrap());
    let wanted =
        [("state", "needs_papers"), ("text", "Thiếu"), ("papers", "Một\nHai"), ("until", "2026-12-31")];
    decide_with(&agency, "K7QX3-M9DA0", &wanted, None);
    let (_, report) = called(2).await;
    description.is("Callback", &report);
    assert_eq!((&report["papers"][1]["label"], &report["until"]), (&json!("Hai"), &json!("2026-12-31")));
    let done =
        [("state", "done"), ("text", "Xong"), ("date", "2026-12-01"), ("time", "08:30"), ("place", "Quầy 1")];
    decide_with(&agency, "K7QX3-M9DA0", &done, Some(("a.pdf", PDF)));
    let (_, report) = called(3).await;
    description.is("Callback", &report);
    assert_eq!(report["appointment"]["time"], "08:30");
    assert!(report["files"][0]["data"].is_string(), "{report}");
}
