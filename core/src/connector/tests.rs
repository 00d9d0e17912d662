//! What every connector keeps to. A failure says what to do.

use super::*;
use crate::time::Seconds;
use serde::{Deserialize, Serialize};
use site::{Agency, Inbox, LanguageModel};
use std::path::PathBuf;
use wire::{AuthorKind, Id};

/// A secret that every connector takes.
pub const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

/// A question as delivery makes it.
pub fn ask() -> Ask {
    Ask {
        pick: None,
        value: None,
        choice: None,
        files: Vec::new(),
        site: "ward".into(),
        conversation: Id(0xc0ffee),
        id: Id(2),
        seq: 3,
        text: "Đường trước nhà bị ngập".into(),
        lang: "vi".into(),
        at: 1_790_000_000_000,
        history: vec![
            HistoryLine { author: AuthorKind::Visitor, text: "Chào".into() },
            HistoryLine { author: AuthorKind::Assistant, text: "Chào bà con".into() },
        ],
        candidates: vec![("thoat-nuoc".into(), 0.25)],
        known: vec![KnownAnswer { title: "Thoát nước".into(), text: "Gọi **1800 1001**.".into() }],
        about: AgencyInfo { name: "Phường Bến Xuân".into(), contact: "028 1234 5678".into() },
        tries: 0,
        visitor: None,
        context: Default::default(),
        remembered: Default::default(),
        submission: None,
        shows_growth: true,
        now: Seconds(1_790_000_001),
    }
}

/// Settings with everything that any connector could need.
pub fn agency(connector: &str) -> Agency {
    Agency {
        connector: connector.into(),
        url: "https://agency.example/hoi/".into(),
        secret: "WARD_AGENCY_SECRET".into(),
        timeout_seconds: 20,
        connect_timeout_seconds: 10,
        at_once: 10,
        model: Some(LanguageModel {
            name: "small-model".into(),
            instructions: site::Text([("vi".into(), "Xưng “phường”.".into())].into()),
            history_tokens: 1_000,
            answer_tokens: 800,
            parameters: Default::default(),
        }),
        inbox: Some(Inbox { identifier: "Kd8sKsS2".into() }),
    }
}

/// Reads one response in pieces.
pub fn read(
    connector: &dyn Connector,
    status: u16,
    kind: &str,
    pieces: &[&[u8]],
) -> Result<Vec<ReplyPart>, ConnectorError> {
    read_for(connector, &ask(), status, kind, pieces)
}

/// Reads one response to `ask` in pieces.
pub fn read_for(
    connector: &dyn Connector,
    ask: &Ask,
    status: u16,
    kind: &str,
    pieces: &[&[u8]],
) -> Result<Vec<ReplyPart>, ConnectorError> {
    let mut reader = connector.response_reader(ask, status, kind)?;
    let mut parts = Vec::new();
    for piece in pieces {
        parts.extend(reader.feed(piece)?);
    }
    parts.extend(reader.finish()?);
    Ok(parts)
}

/// One question's whole exchange, as it stands in `tests/fixtures/connectors/<name>.json`: what the other side
/// answers is written by hand, what we send and understand is recorded with `HOI_BLESS=1`.
#[derive(Serialize, Deserialize)]
struct Fixture {
    steps: Vec<Exchange>,
}

#[derive(Serialize, Deserialize)]
struct Exchange {
    #[serde(default)]
    request: Vec<String>,
    status: u16,
    content_type: String,
    body: String,
    #[serde(default)]
    understood: Vec<String>,
}

fn fixture(name: &str) -> (PathBuf, Option<Fixture>) {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../tests/fixtures/connectors/{name}.json"));
    let found = std::fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str(&text).ok());
    (path, found)
}

#[test]
fn every_connector_speaks_as_its_fixture_says() {
    for connector in CONNECTORS {
        let name = connector.name();
        let (path, found) = fixture(name);
        let mut fixture = found.unwrap_or_else(|| {
            panic!(
                "connector {name:?} has no readable fixture: write {} with the steps of one question, each with \
                 \"status\", \"content_type\" and \"body\" of what the agency answers, and run with HOI_BLESS=1",
                path.display()
            )
        });
        let settings = agency(name);
        let endpoint = Endpoint { agency: &settings, secret: SECRET };
        let mut ask = ask();
        assert!(fixture.steps.len() <= MAX_STEPS, "connector {name:?} takes more than MAX_STEPS requests");
        let last = fixture.steps.len() - 1;
        for (at, step) in fixture.steps.iter_mut().enumerate() {
            let sent =
                connector.build_request(&ask, &endpoint).expect("a good secret is enough for a request");
            let mut lines = vec![format!("{:?} {}", sent.verb, sent.url)];
            lines.extend(sent.headers.iter().map(|(name, value)| format!("{name}: {value}")));
            lines.extend(sent.body.lines().map(str::to_owned));
            let parts =
                read_for(*connector, &ask, step.status, &step.content_type, &[step.body.as_bytes()]).unwrap();
            for part in &parts {
                if let ReplyPart::Remember(key, value) = part {
                    ask.remembered.insert((*key).into(), value.clone());
                }
            }
            assert_eq!(
                parts.contains(&ReplyPart::Again),
                at < last,
                "connector {name:?}: step {at} asks for another request where the fixture has none, or the reverse"
            );
            let understood: Vec<String> = parts.iter().map(|part| format!("{part:?}")).collect();
            if std::env::var_os("HOI_BLESS").is_some() {
                (step.request, step.understood) = (lines, understood);
                continue;
            }
            assert_eq!(
                lines, step.request,
                "connector {name:?}, step {at}: if this is meant, run with HOI_BLESS=1"
            );
            assert_eq!(understood, step.understood, "connector {name:?}, step {at}");
        }
        if std::env::var_os("HOI_BLESS").is_some() {
            std::fs::write(&path, serde_json::to_string_pretty(&fixture).unwrap() + "\n").unwrap();
        }
    }
}

#[test]
fn every_connector_keeps_its_promises() {
    for connector in CONNECTORS {
        let name = connector.name();
        let twins = CONNECTORS.iter().filter(|other| other.name() == name).count();
        assert_eq!(twins, 1, "connector {name:?} stands twice in CONNECTORS; see core/src/connector/mod.rs");
        let settings = agency(name);
        let request =
            connector.build_request(&ask(), &Endpoint { agency: &settings, secret: SECRET }).unwrap();
        let key = SECRET.trim_start_matches("whsec_");
        assert!(
            !request.body.contains(key) && !request.url.contains(key),
            "connector {name:?} put the secret in the body or URL. Secrets belong in Outbound.headers"
        );
        assert!(
            request.url.starts_with("https://agency.example/hoi"),
            "connector {name:?} asks another host than the site's own: {}",
            request.url
        );
        assert!(
            request.headers.iter().any(|(_, value)| value.contains(&ask().idempotency_key())),
            "connector {name:?} sends no idempotency key: put Ask::key() into a header"
        );
        assert!(
            request
                .headers
                .iter()
                .all(|(name, value)| { *name == name.to_ascii_lowercase() && !value.contains(['\r', '\n']) }),
            "connector {name:?} has a header that is not lower case or could break its line"
        );
        let unusable = connector.build_request(&ask(), &Endpoint { agency: &settings, secret: "" });
        assert_eq!(
            unusable,
            Err(ConnectorError::Secret),
            "connector {name:?} asks without the secret that the site names"
        );
        refuses_what_is_no_answer(*connector);
    }
}

fn refuses_what_is_no_answer(connector: &dyn Connector) {
    let name = connector.name();
    for status in [100, 204, 301, 302, 400, 401, 404, 410, 429, 500, 503] {
        let parts = read(connector, status, "text/html", &[b"x"]);
        assert!(parts.is_err(), "connector {name:?} takes a status of {status} for an answer");
    }
    for kind in ["text/html", "", "application/json", "text/event-stream", "application/octet-stream"] {
        let garbage = read(connector, 200, kind, &[b"<html>\xff\xfe\x00"]);
        assert!(garbage.is_err(), "connector {name:?} finds an answer in garbage of type {kind:?}");
        let Ok(mut reader) = connector.response_reader(&ask(), 200, kind) else { continue };
        let flood = (0..10_000).try_for_each(|_| reader.feed(&[b' '; 1024]).map(|_| ()));
        assert!(flood.is_err(), "connector {name:?} reads for ever: bound what it keeps");
    }
}

#[test]
fn sites_and_edge_know_the_same_connectors() {
    let here: Vec<&str> = CONNECTORS.iter().map(|connector| connector.name()).collect();
    // `site`'s list is only there with its reader, which the edge leaves out; so it is read from the source.
    let source = include_str!("../../../site/src/read/agency.rs");
    let line = source.lines().find(|line| line.contains("const CONNECTORS")).unwrap();
    let there: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
    assert_eq!(here, there, "put the connector's name into CONNECTORS of site/src/read/agency.rs too");
}

/// `hoi check` warns where a form would be handed in to nobody; it has a list of its own, since `site` knows no connector.
#[test]
fn cases_are_taken_by_whom_the_check_knows() {
    let takers: Vec<&str> = super::CONNECTORS.iter().filter(|c| c.takes_cases()).map(|c| c.name()).collect();
    assert_eq!(takers, site::read::TAKES_CASES);
}
