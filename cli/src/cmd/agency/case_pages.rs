//! The page on which a developer decides about the cases that were handed in.

use super::{
    cases::{CaseDecision, ReceivedCase, STATES},
    files, later,
    mock::MockAgency,
};
use axum::{
    extract::{Multipart, Path, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use maud::{DOCTYPE, Markup, html};
use serde_json::Value;
use std::{fs, sync::Arc};

/// Longest decision that is read, in bytes: the largest file that the edge takes, and what stands around it.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;

/// The page with all cases.
pub async fn list_cases(State(agency): State<Arc<MockAgency>>) -> Html<String> {
    let cases: Vec<ReceivedCase> = agency.cases.lock().map(|cases| cases.list_cases()).unwrap_or_default();
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
    let reported = agency.cases.lock().ok().and_then(|mut cases| cases.record_decision(&number, &report));
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
