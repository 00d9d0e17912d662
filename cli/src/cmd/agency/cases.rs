//! The stand-in's cases: what was handed in, and a page on which a developer decides about it.

use super::{MockAgency, files, later};
use anyhow::Context as _;
use axum::{
    extract::{Multipart, Path, State, multipart::MultipartError},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use maud::{DOCTYPE, Markup, html};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc};

/// What may be reported of a case.
const STATES: &[&str] = &["received", "needs_papers", "done", "refused"];

/// A case that was handed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReceivedCase {
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
    /// Papers that came later, as they came.
    #[serde(default)]
    pub added: Vec<Value>,
}

/// All of them, in memory, and in a file if one was named.
#[derive(Default)]
pub struct Cases {
    all: BTreeMap<String, ReceivedCase>,
    file: Option<PathBuf>,
}

impl Cases {
    /// Those in `file`, if it is there.
    pub fn load_cases(file: Option<PathBuf>) -> anyhow::Result<Cases> {
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
    pub fn add_case(&mut self, case: ReceivedCase) -> anyhow::Result<()> {
        self.all.entry(case.number.clone()).or_insert(case);
        self.save_cases()
    }

    /// Papers came to the case `number`, under the name `key`: the same name again is nothing new. Whether there is such a
    /// case.
    pub fn add_documents(&mut self, key: &str, number: &str, papers: &Value) -> anyhow::Result<bool> {
        let Some(case) = self.all.get_mut(number) else { return Ok(false) };
        if !case.added.iter().any(|before| before["key"] == key) {
            case.added.push(json!({ "key": key, "papers": papers.get("papers") }));
            case.state = "received".into();
        }
        self.save_cases()?;
        Ok(true)
    }

    fn save_cases(&self) -> anyhow::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        // Beside it first: a program that is killed leaves the old file or the new one.
        let beside = file.with_extension("new");
        fs::write(&beside, serde_json::to_string_pretty(&self.all)?)
            .and_then(|()| fs::rename(&beside, file))
            .with_context(|| format!("{} can't be written", file.display()))
    }
}

/// Longest decision that is read, in bytes: the largest file that the edge takes, and what stands around it.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;

/// What the developer decided.
#[derive(Default)]
pub struct CaseDecision {
    /// One of [`STATES`].
    pub state: String,
    /// What the visitor is told.
    pub text: String,
    /// Papers that are wanted, one a line.
    pub papers: String,
    /// Until when, `2026-12-01`; empty: nobody says.
    pub until: String,
    /// The day of an appointment; empty: none.
    pub date: String,
    /// Its time.
    pub time: String,
    /// Its place.
    pub place: String,
    /// A file for the visitor: its name and bytes.
    pub file: Option<(String, Vec<u8>)>,
}

impl CaseDecision {
    async fn read_multipart(mut form: Multipart) -> Result<CaseDecision, MultipartError> {
        let mut report = CaseDecision::default();
        while let Some(field) = form.next_field().await? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "file" {
                let named = field.file_name().unwrap_or_default().to_owned();
                let bytes = field.bytes().await?.to_vec();
                report.file = (!bytes.is_empty()).then_some((named, bytes));
                continue;
            }
            let text = field.text().await?;
            match name.as_str() {
                "state" => report.state = text,
                "text" => report.text = text,
                "papers" => report.papers = text,
                "until" => report.until = text,
                "date" => report.date = text,
                "time" => report.time = text,
                "place" => report.place = text,
                _ => {}
            }
        }
        Ok(report)
    }

    /// What the edge would not take.
    fn find_mistake(&self) -> Option<String> {
        if !STATES.contains(&self.state.as_str()) {
            return Some(format!("the state is one of: {}", STATES.join(", ")));
        }
        (self.state == "refused" && self.text.trim().is_empty())
            .then(|| "a refusal needs its reason".to_owned())
    }
}

/// The page with all cases.
pub async fn list_cases(State(agency): State<Arc<MockAgency>>) -> Html<String> {
    let cases: Vec<ReceivedCase> =
        agency.cases.lock().map(|cases| cases.all.values().cloned().collect()).unwrap_or_default();
    Html(cases_page(&cases).into_string())
}

/// Reports on one case to the edge.
pub async fn report_case(
    State(agency): State<Arc<MockAgency>>,
    Path(number): Path<String>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    // This listens on this machine only, but every web page that is open on it could post here.
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let own = format!("http://{}", header("host"));
    if !matches!(header("origin"), "" | "null") && header("origin") != own {
        return (StatusCode::FORBIDDEN, "only from this page").into_response();
    }
    let report = match CaseDecision::read_multipart(form).await {
        Ok(report) => report,
        Err(error) => return error.into_response(),
    };
    if let Some(wrong) = report.find_mistake() {
        return (StatusCode::BAD_REQUEST, wrong).into_response();
    }
    let reported = agency.cases.lock().ok().and_then(|mut cases| {
        let case = cases.all.get_mut(&number)?;
        case.reports += 1;
        (case.state, case.note) = (report.state.clone(), report.text.clone());
        let case = case.clone();
        if let Err(error) = cases.save_cases() {
            eprintln!("{error:#}");
        }
        Some(case)
    });
    let Some(case) = reported else {
        return (StatusCode::NOT_FOUND, "there is no such case").into_response();
    };
    later::send_later(agency.speaks.case_report(&case, &report), &agency.args.edge, 0.0);
    Redirect::to("/").into_response()
}

/// A file that came with a case.
pub async fn serve_file(State(agency): State<Arc<MockAgency>>, Path(id): Path<String>) -> Response {
    let bytes = agency.files_folder().and_then(|folder| fs::read(files::file_path(&folder, &id)).ok());
    let Some(bytes) = bytes else { return (StatusCode::NOT_FOUND, "there is no such file").into_response() };
    // Whatever somebody sent is saved, and never shown as a page of this program's.
    let headers = [("content-disposition", "attachment"), ("x-content-type-options", "nosniff")];
    (headers, bytes).into_response()
}

fn cases_page(cases: &[ReceivedCase]) -> Markup {
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
                    // Whoever develops looks for what has just come.
                    @for case in cases.iter().rev() { (case_section(case)) }
                }
            }
        }
    }
}

fn case_section(case: &ReceivedCase) -> Markup {
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
                    dd { (get("shown").or(get("value")).unwrap_or_default()) (document_list(field)) }
                }
                @for added in case.added.iter().filter_map(|added| added["papers"].as_array()).flatten() {
                    dt { "Added: " (added["label"].as_str().unwrap_or_default()) }
                    dd { (document_list(added)) }
                }
            }
            form method="post" action={ "/cases/" (case.number) } enctype="multipart/form-data" {
                label { "What the visitor is told (Markdown) " textarea name="text" rows="2" { (case.note) } }
                details {
                    summary { "Papers to ask for, a file, an appointment" }
                    label { "Papers that are missing, one a line " textarea name="papers" rows="2" {} }
                    label { "Until " input type="date" name="until"; }
                    label { "A file for the visitor " input type="file" name="file"; }
                    fieldset {
                        legend { "Appointment" }
                        label { "Day " input type="date" name="date"; }
                        label { "Time " input type="time" name="time"; }
                        label { "Place " input name="place"; }
                    }
                }
                @for state in STATES { button name="state" value=(state) { (state) } " " }
            }
        }
    }
}

/// The files of an answer, or of something that was added.
fn document_list(value: &Value) -> Markup {
    html! {
        @for file in value.get("files").and_then(Value::as_array).into_iter().flatten() {
            @let get = |name: &str| file[name].as_str().unwrap_or_default();
            p { a href={ "/files/" (get("id")) } download=(get("name")) { (get("name")) } " " (file["size"]) " bytes" }
        }
    }
}

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;margin:0}main{max-width:46rem;margin:auto;padding:1rem}\
    section{border-top:1px solid #888;margin-top:1.5rem}dl{display:grid;grid-template-columns:2fr 3fr;gap:.25rem 1rem}\
    dd{margin:0}label,dd p{display:block;margin:.25rem 0}textarea{display:block;width:100%;font:inherit}button{font:inherit;min-height:2.75rem;margin-top:.5rem}";
