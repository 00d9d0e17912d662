//! The stand-in's cases: what was handed in, and what a developer decided about it.

use anyhow::Context as _;
use axum::extract::{Multipart, multipart::MultipartError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::PathBuf};

/// What may be reported of a case.
pub const STATES: &[&str] = &["received", "needs_papers", "done", "refused"];

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

    /// All of them, by their numbers.
    pub fn list_cases(&self) -> Vec<ReceivedCase> {
        self.all.values().cloned().collect()
    }

    /// Notes `decision` about the case `number`, and gives the case; nothing if there is none.
    pub fn record_decision(&mut self, number: &str, decision: &CaseDecision) -> Option<ReceivedCase> {
        let case = self.all.get_mut(number)?;
        case.reports += 1;
        (case.state, case.note) = (decision.state.clone(), decision.text.clone());
        let case = case.clone();
        if let Err(error) = self.save_cases() {
            eprintln!("{error:#}");
        }
        Some(case)
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
    /// As the page posts it.
    pub async fn read_multipart(mut form: Multipart) -> Result<CaseDecision, MultipartError> {
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
    pub fn find_mistake(&self) -> Option<String> {
        if !STATES.contains(&self.state.as_str()) {
            return Some(format!("the state is one of: {}", STATES.join(", ")));
        }
        (self.state == "refused" && self.text.trim().is_empty())
            .then(|| "a refusal needs its reason".to_owned())
    }
}
