//! `webhook`: checks signatures with a library that is not ours, so that both can't be wrong in the same way.

use super::{
    answer::Manner,
    cases::{CaseDecision, ReceivedCase},
    later::ScheduledCallback,
    protocol::{AgencyFileRequest, AgencyQuestion, Got, Heard, RequestRefusal, Speaks, posted_json},
    response::whole_json,
};
use anyhow::Context as _;
use axum::{http::StatusCode, response::Response};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use standardwebhooks::Webhook as Verifier;

/// The stand-in.
pub struct MockWebhook {
    secrets: Vec<String>,
    verifiers: Vec<Verifier>,
}

impl MockWebhook {
    pub fn new(secrets: &[String]) -> anyhow::Result<MockWebhook> {
        let secrets: Vec<String> =
            secrets.iter().flat_map(|secret| secret.split_whitespace().map(str::to_owned)).collect();
        let verifier =
            |secret: &String| Verifier::new(secret).context("a secret is not of the form whsec_<base64>");
        let verifiers = secrets.iter().map(verifier).collect::<anyhow::Result<_>>()?;
        Ok(MockWebhook { secrets, verifiers })
    }
}

/// `answer` with what goes along with it.
fn with_extra_fields(mut answer: serde_json::Value, manner: &Manner<'_>) -> serde_json::Value {
    if let (Some(fields), Some(along)) = (answer.as_object_mut(), &manner.args.along) {
        fields.extend(along.clone());
    }
    answer
}

/// The headers that sign `body`.
fn signature_headers(secrets: &[String], name: &str, at: i64, body: &[u8]) -> Vec<(&'static str, String)> {
    // With several sites, whose secret is whose isn't told: each signs, and the edge takes the one it knows.
    let one = |secret: &String| Verifier::new(secret).ok()?.sign(name, at, body).ok();
    let signatures: Vec<String> = secrets.iter().filter_map(one).collect();
    vec![
        ("webhook-id", name.to_owned()),
        ("webhook-timestamp", at.to_string()),
        ("webhook-signature", signatures.join(" ")),
    ]
}

impl MockWebhook {
    fn signed_callback(&self, id: String, site: &str, body: String) -> Option<ScheduledCallback> {
        let (secrets, name, signed) = (self.secrets.clone(), id.clone(), body.clone());
        let sign = move |at: i64| self::signature_headers(&secrets, &name, at, signed.as_bytes());
        Some(ScheduledCallback { id, site: site.to_owned(), body, sign: Box::new(sign) })
    }
}

/// A case, with everything that one has.
fn handed_in(got: &Got) -> Result<Heard, RequestRefusal> {
    let fields = got.json.get("fields").and_then(serde_json::Value::as_array);
    let named =
        |field: &serde_json::Value| ["id", "label", "value"].iter().all(|name| field[*name].is_string());
    let texts = ["/site", "/conversation", "/number", "/procedure", "/title", "/lang"];
    let whole = texts.iter().all(|field| !got.json_text(field).is_empty());
    if !whole || !fields.is_some_and(|fields| !fields.is_empty() && fields.iter().all(named)) {
        return Err((StatusCode::BAD_REQUEST, "this is no case"));
    }
    let case = ReceivedCase {
        site: got.json_text("/site"),
        conversation: got.json_text("/conversation"),
        number: got.json_text("/number"),
        handed_in: got.json.clone(),
        state: "received".into(),
        note: String::new(),
        reports: 0,
        added: Vec::new(),
    };
    Ok(Heard::Case(got.header_text("webhook-id").to_owned(), case))
}

/// Papers to a case, each with files.
fn documents_added(got: &Got) -> Result<Heard, RequestRefusal> {
    let papers = got.json.get("papers").and_then(serde_json::Value::as_array);
    let filled = |paper: &serde_json::Value| {
        let files = paper["files"].as_array();
        paper["id"].is_string() && paper["label"].is_string() && files.is_some_and(|files| !files.is_empty())
    };
    let number = got.json_text("/number");
    let whole = papers.is_some_and(|papers| !papers.is_empty() && papers.iter().all(filled));
    if number.is_empty() || got.json_text("/conversation").is_empty() || !whole {
        return Err((StatusCode::BAD_REQUEST, "these are no papers to a case"));
    }
    Ok(Heard::Papers(got.header_text("webhook-id").to_owned(), number))
}

impl Speaks for MockWebhook {
    fn check_request(&self, got: &Got) -> Result<Heard, RequestRefusal> {
        posted_json(got)?;
        if !self.verifiers.iter().any(|verifier| verifier.verify(&got.body, &got.headers).is_ok()) {
            return Err((StatusCode::UNAUTHORIZED, "the signature is wrong"));
        }
        match got.json_text("/type").as_str() {
            "case" => return handed_in(got),
            "case_papers" => return documents_added(got),
            _ => {}
        }
        let seq = got.json.get("seq").and_then(serde_json::Value::as_u64);
        let whole = ["/text", "/lang", "/site", "/conversation", "/id"]
            .iter()
            .all(|field| !got.json_text(field).is_empty());
        if got.json_text("/type") != "question" || seq.is_none() || !whole {
            return Err((StatusCode::BAD_REQUEST, "this is no question"));
        }
        Ok(Heard::Question(AgencyQuestion {
            key: got.header_text("webhook-id").to_owned(),
            text: got.json_text("/text"),
            lang: got.json_text("/lang"),
            site: got.json_text("/site"),
            conversation: got.json_text("/conversation"),
            seq,
        }))
    }

    fn answer_now(&self, _: &AgencyQuestion, text: &str, manner: &Manner<'_>) -> Response {
        if manner.is_whole() {
            return manner.json_response(&with_extra_fields(json!({ "text": text }), manner));
        }
        let words = text.split_inclusive(' ').map(|word| json!({ "delta": word }).to_string()).collect();
        manner.stream_response(words, vec![with_extra_fields(json!({ "done": true }), manner).to_string()])
    }

    fn accept_for_later(&self, _: &Got, _: &AgencyQuestion) -> Response {
        whole_json(StatusCode::ACCEPTED, "application/json", &json!({}))
    }

    fn late_callback(&self, question: &AgencyQuestion, text: &str) -> Option<ScheduledCallback> {
        let body = json!({ "type": "answer", "conversation": question.conversation, "seq": question.seq,
            "text": text, "author": { "kind": "staff", "name": "Chị Lan" } })
        .to_string();
        self.signed_callback(format!("answer_{}", question.key), &question.site, body)
    }

    fn case_report(&self, case: &ReceivedCase, report: &CaseDecision) -> Option<ScheduledCallback> {
        let mut body = json!({ "type": "case", "conversation": case.conversation, "number": case.number,
            "state": report.state, "text": report.text });
        if let Some(fields) = body.as_object_mut() {
            let papers = report.papers.lines().map(str::trim).filter(|label| !label.is_empty());
            let papers: Vec<_> = papers
                .enumerate()
                .map(|(at, label)| json!({ "id": format!("paper-{}", at + 1), "label": label }))
                .collect();
            if !papers.is_empty() {
                fields.insert("papers".into(), papers.into());
            }
            if !report.until.is_empty() {
                fields.insert("until".into(), report.until.clone().into());
            }
            if !report.date.is_empty() {
                let meet = json!({ "date": report.date, "time": report.time, "place": report.place });
                fields.insert("appointment".into(), meet);
            }
            if let Some((name, bytes)) = &report.file {
                let file = json!({ "name": name, "data": STANDARD.encode(bytes) });
                fields.insert("files".into(), json!([file]));
            }
        }
        self.signed_callback(format!("case_{}_{}", case.number, case.reports), &case.site, body.to_string())
    }

    fn file_request(&self, conversation: &str, file: &str, at: i64) -> Option<AgencyFileRequest> {
        let body = json!({ "type": "file", "conversation": conversation, "file": file }).to_string();
        let name = format!("file_{file}");
        let headers = signature_headers(&self.secrets, &name, at, body.as_bytes());
        Some(AgencyFileRequest { body, headers })
    }

    fn knows_keys(&self) -> bool {
        true
    }
}
