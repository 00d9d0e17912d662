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

/// `docs/compatibility.md`.
///
/// # Errors
/// If this machine has no clock to ask for the day.
pub fn render_document(reports: &[PeerReport]) -> anyhow::Result<String> {
    let day =
        command_output(Command::new("date").args(["-u", "+%Y-%m-%d"])).context("`date` does not run")?;
    let mut text = format!(
        "# Software that Hoi was tried with\n\n\
         Written by `cargo xtask peers --write-docs` on {day}, not by hand. Each stands before a real edge on one \
         machine,\nset up as `xtask/dist/server/README.md` and `docs/deploy.md` say: the lab runs the blocks that stand \
         there, with other\nnames, ports and certificates. Versions are pinned in `xtask/peers/packages.json`.\n\n\
         | software | package | worked |\n|---|---|---|\n"
    );
    for report in reports {
        let worked = report.trials.iter().filter(|trial| trial.outcome.is_ok()).count();
        writeln!(text, "| {} | {} | {worked} of {} |", report.peer, report.version, report.trials.len())?;
    }
    for report in reports {
        writeln!(text, "\n## {}\n\n| tried | result | seen |\n|---|---|---|", report.peer)?;
        for PeerTrial { what, outcome } in &report.trials {
            let (verdict, note) = describe_outcome(outcome);
            writeln!(text, "| {what} | {verdict} | {} |", note.replace('|', "\\|").replace('\n', " "))?;
        }
    }
    Ok(text)
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
        let document = render_document(&reports).unwrap();
        assert!(document.contains("| nginx | nginx 1.22 | 1 of 2 |"), "{document}");
        assert!(document.contains("| file | FAILS | 413 \\| too large |"), "{document}");
    }
}
