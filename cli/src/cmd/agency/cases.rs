//! The stand-in's cases: what was handed in, and a page on which a developer decides about it.

use super::{Agency, later};
use anyhow::Context as _;
use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use maud::{DOCTYPE, Markup, html};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc};

/// What may be reported of a case.
const STATES: &[&str] = &["received", "needs_papers", "done", "refused"];

/// A case that was handed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Case {
    /// The site it came from.
    pub site: String,
    /// The conversation it belongs to.
    pub conversation: String,
    /// Its number.
    pub number: String,
    /// All of it, as it came.
    pub handed_in: Value,
    /// What was reported last.
    pub state: String,
    /// And said with that.
    pub note: String,
    /// How often something was reported: names the next report.
    pub reports: u32,
}

/// All of them, in memory, and in a file if one was named.
#[derive(Default)]
pub struct Cases {
    all: BTreeMap<String, Case>,
    file: Option<PathBuf>,
}

impl Cases {
    /// Those in `file`, if it is there.
    pub fn open(file: Option<PathBuf>) -> anyhow::Result<Cases> {
        let all = match file.as_ref().filter(|file| file.exists()) {
            Some(file) => {
                let text =
                    fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
                serde_json::from_str(&text).with_context(|| {
                    format!("{} holds no cases; name another file with --cases", file.display())
                })?
            }
            None => BTreeMap::new(),
        };
        Ok(Cases { all, file })
    }

    /// Takes a case; one that is here already stays as it is.
    pub fn take(&mut self, case: Case) -> anyhow::Result<()> {
        self.all.entry(case.number.clone()).or_insert(case);
        self.save()
    }

    fn save(&self) -> anyhow::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        // Beside it first: a program that is killed leaves the old file or the new one.
        let beside = file.with_extension("new");
        fs::write(&beside, serde_json::to_string_pretty(&self.all)?)
            .and_then(|()| fs::rename(&beside, file))
            .with_context(|| format!("{} can't be written", file.display()))
    }
}

/// What the developer decided.
#[derive(Deserialize)]
pub struct Report {
    state: String,
    #[serde(default)]
    text: String,
}

/// The page with all cases.
pub async fn list(State(agency): State<Arc<Agency>>) -> Html<String> {
    let cases: Vec<Case> =
        agency.cases.lock().map(|cases| cases.all.values().cloned().collect()).unwrap_or_default();
    Html(page(&cases).into_string())
}

/// Reports on one case to the edge.
pub async fn report(
    State(agency): State<Arc<Agency>>,
    Path(number): Path<String>,
    headers: HeaderMap,
    Form(report): Form<Report>,
) -> Response {
    // This listens on this machine only, but every web page that is open on it could post here.
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let own = format!("http://{}", header("host"));
    if !matches!(header("origin"), "" | "null") && header("origin") != own {
        return (StatusCode::FORBIDDEN, "only from this page").into_response();
    }
    if !STATES.contains(&report.state.as_str()) {
        return (StatusCode::BAD_REQUEST, format!("the state is one of: {}", STATES.join(", ")))
            .into_response();
    }
    let reported = agency.cases.lock().ok().and_then(|mut cases| {
        let case = cases.all.get_mut(&number)?;
        case.reports += 1;
        (case.state, case.note) = (report.state, report.text);
        let case = case.clone();
        if let Err(error) = cases.save() {
            eprintln!("{error:#}");
        }
        Some(case)
    });
    let Some(case) = reported else {
        return (StatusCode::NOT_FOUND, "there is no such case").into_response();
    };
    later::send(agency.speaks.report(&case), &agency.args.edge, 0.0);
    Redirect::to("/").into_response()
}

fn page(cases: &[Case]) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "hoi agency: cases" }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { "Cases handed in" }
                    p { "A stand-in for an agency’s system, to develop against. What you report here goes to the edge as a signed callback." }
                    @if cases.is_empty() { p { "None yet: do a procedure in the chat." } }
                    @for case in cases { (section(case)) }
                }
            }
        }
    }
}

fn section(case: &Case) -> Markup {
    let text = |pointer: &str| case.handed_in.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let fields = case.handed_in.pointer("/fields").and_then(Value::as_array);
    html! {
        section {
            h2 { (text("/title")) " " code { (case.number) } }
            p { "Site " code { (case.site) } ", promised " (text("/promised")) ", now " strong { (case.state) } }
            dl {
                @for field in fields.into_iter().flatten() {
                    @let get = |name: &str| field.get(name).and_then(Value::as_str);
                    dt { (get("label").unwrap_or_default()) }
                    dd { (get("shown").or(get("value")).unwrap_or_default()) }
                }
            }
            form method="post" action={ "/cases/" (case.number) } {
                label { "What the visitor is told (Markdown) " textarea name="text" rows="2" { (case.note) } }
                @for state in STATES { button name="state" value=(state) { (state) } " " }
            }
        }
    }
}

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;margin:0}main{max-width:46rem;margin:auto;padding:1rem}\
    section{border-top:1px solid #888;margin-top:1.5rem}dl{display:grid;grid-template-columns:2fr 3fr;gap:.25rem 1rem}\
    dd{margin:0}textarea{display:block;width:100%;font:inherit}button{font:inherit;min-height:2.75rem;margin-top:.5rem}";
