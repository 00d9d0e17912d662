//! What came of it: for people, for programs, and for the documents.

use crate::run::command_output;
use anyhow::Context as _;
use serde_json::{Value, json};
use std::{fmt::Write as _, process::Command};

/// One thing that was tried.
pub struct PeerTrial {
    /// What.
    pub what: &'static str,
    /// What was seen; or what went wrong.
    pub outcome: Result<String, String>,
}

/// Everything that was tried with a peer.
pub struct PeerReport {
    /// Its name.
    pub peer: String,
    /// Package and version.
    pub version: String,
    /// What was tried.
    pub trials: Vec<PeerTrial>,
}

impl PeerReport {
    /// Whether anything did not work.
    pub fn has_failed(&self) -> bool {
        self.trials.iter().any(|trial| trial.outcome.is_err())
    }
}

/// A table for people.
pub fn render_table(reports: &[PeerReport]) -> String {
    let mut table = String::new();
    for report in reports {
        let _written = writeln!(table, "\n{} ({})", report.peer, report.version);
        for PeerTrial { what, outcome } in &report.trials {
            let (verdict, note) = describe_outcome(outcome);
            let _written = writeln!(table, "  {verdict:<7} {what:<44} {note}");
        }
    }
    table
}

/// The same for programs.
pub fn to_json(reports: &[PeerReport]) -> Value {
    let trial = |PeerTrial { what, outcome }: &PeerTrial| {
        let (verdict, note) = describe_outcome(outcome);
        json!({ "what": what, "result": verdict, "note": note })
    };
    let report = |report: &PeerReport| {
        json!({
            "peer": report.peer,
            "version": report.version,
            "trials": report.trials.iter().map(trial).collect::<Vec<_>>(),
        })
    };
    reports.iter().map(report).collect()
}

/// `docs/compatibility.md` with what came of it now, and of what was not tried now what stands in the document `before`. `order` names
/// all peers.
///
/// # Errors
/// If this machine has no clock to ask for the day.
pub fn render_document(order: &[&str], reports: &[PeerReport], before: &str) -> anyhow::Result<String> {
    let day =
        command_output(Command::new("date").args(["-u", "+%Y-%m-%d"])).context("`date` does not run")?;
    let (mut rows, mut sections) = (String::new(), String::new());
    for name in order {
        if let Some(report) = reports.iter().find(|report| report.peer == *name) {
            let worked = report.trials.iter().filter(|trial| trial.outcome.is_ok()).count();
            let of = report.trials.len();
            writeln!(rows, "| {name} | {} | {worked} of {of} | {day} |", report.version)?;
            sections.push_str(&render_section(report));
        } else {
            let row = before.lines().find(|line| line.starts_with(&format!("| {name} |")));
            rows.extend(row.map(|row| format!("{row}\n")));
            let section = before.split("\n## ").find(|section| section.starts_with(&format!("{name}\n")));
            sections.extend(section.map(|section| format!("\n## {}\n", section.trim_end())));
        }
    }
    Ok(format!(
        "# Software that Hoi was tried with\n\n\
         Written by `cargo xtask peers --write-docs`, not by hand. Each stands before a real edge on one machine, set up \
         as\n`xtask/dist/server/README.md` and `docs/deploy.md` say: the lab runs the blocks that stand there, with other \
         names, ports and\ncertificates. Versions are pinned in `xtask/peers/packages.json`.\n\n\
         | software | package | worked | tried on |\n|---|---|---|---|\n{rows}{sections}"
    ))
}

fn render_section(report: &PeerReport) -> String {
    let row = |PeerTrial { what, outcome }: &PeerTrial| {
        let (verdict, note) = describe_outcome(outcome);
        format!("| {what} | {verdict} | {} |\n", note.replace('|', "\\|").replace('\n', " "))
    };
    let rows: String = report.trials.iter().map(row).collect();
    format!("\n## {}\n\n| tried | result | seen |\n|---|---|---|\n{rows}", report.peer)
}

fn describe_outcome(outcome: &Result<String, String>) -> (&'static str, &str) {
    match outcome {
        Ok(note) => ("works", note),
        Err(why) => ("FAILS", why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_is_told_everywhere() {
        let trials = vec![
            PeerTrial { what: "chat page", outcome: Ok("5 files".into()) },
            PeerTrial { what: "file", outcome: Err("413 | too large".into()) },
        ];
        let reports = [PeerReport { peer: "nginx".into(), version: "nginx 1.22".into(), trials }];
        assert!(reports[0].has_failed());
        assert!(render_table(&reports).contains("FAILS"));
        assert_eq!(to_json(&reports)[0]["trials"][1]["result"], "FAILS");
        let order = ["caddy", "nginx"];
        let document = render_document(&order, &reports, "").unwrap();
        assert!(document.contains("| nginx | nginx 1.22 | 1 of 2 |"), "{document}");
        assert!(document.contains("| file | FAILS | 413 \\| too large |"), "{document}");
        // What is not tried again stays as it was.
        let caddy = PeerReport { peer: "caddy".into(), version: "caddy 2.6".into(), trials: Vec::new() };
        let both = render_document(&order, &[caddy], &document).unwrap();
        assert_eq!(both, render_document(&order, &[], &both).unwrap());
        assert!(both.contains("| caddy | caddy 2.6 |") && both.contains("413 \\| too large"), "{both}");
    }
}
