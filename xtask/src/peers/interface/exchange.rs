//! A real edge, a visitor, and an agency's side that a library of others carries: a question, what it says later, files both ways.

use super::workshop::Workshop;
use crate::{
    bench::{
        lab::{AGENCY_SECRET, Lab},
        socket::BenchVisitor,
    },
    peers::{
        journey::{Journey, SITE_EDITS, upload_bytes},
        process::ProcessGroup,
        report::PeerTrial,
    },
};
use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    net::TcpStream,
    path::PathBuf,
    process::Command,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// How long a step may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// A question that only the agency can answer.
const QUESTION: &str = "con mèo nhà tôi thích nghe nhạc cổ điển";
/// What the visitor sends along.
const PAPER: &[u8] = b"%PDF-1.7\n% \xe2\xe3\xcf\xd3 of the visitor's\n%%EOF\n";

/// What goes to and fro.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contents {
    Words,
    /// A file with the question, and another one with what comes later.
    WithFiles,
}

/// An agency's side in some language, as `xtask/peers/interface/exchange.py` says.
pub(super) struct AgencyProgram {
    pub(super) command: Command,
    pub(super) language: &'static str,
    pub(super) contents: Contents,
}

pub(super) fn try_python_library(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let mut command = shop.python_command("python");
    command.arg("standardwebhooks_agency.py");
    try_program(shop, AgencyProgram { command, language: "Python", contents: Contents::Words })
}

pub(super) fn try_javascript_library(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let mut command = Command::new("node");
    command.arg("standardwebhooks_agency.mjs").current_dir(shop.folder).env("LIBRARY", "standardwebhooks");
    try_program(shop, AgencyProgram { command, language: "JavaScript", contents: Contents::Words })
}

/// Goes through everything with `program` as the site's agency.
pub(super) fn try_program(shop: &Workshop<'_>, program: AgencyProgram) -> anyhow::Result<Vec<PeerTrial>> {
    let lab = Lab::open_configured(shop.folder.join("edge"), &[])?;
    lab.publish_site(SITE_EDITS)?;
    let log = shop.folder.join("agency.log");
    let AgencyProgram { mut command, language, contents } = program;
    command.env("AGENCY_SECRET", AGENCY_SECRET).env("AGENCY_PORT", lab.agency_port.to_string());
    command.env("EDGE", format!("http://{}", lab.edge));
    command.stdout(File::create(&log)?).stderr(File::create(log.with_extension("errors"))?);
    let mut running = ProcessGroup::start(language, &mut command)?;
    let is_listening = || TcpStream::connect(("127.0.0.1", lab.agency_port)).is_ok();
    let said = || fs::read_to_string(log.with_extension("errors")).unwrap_or_default();
    running.wait_until_ready(language, PATIENCE, is_listening, said)?;

    let mut exchange = AgencyExchange {
        journey: Journey::start_at(&lab, lab.edge.clone()),
        visitor: BenchVisitor::open(&lab.edge)?,
        log,
        told: Value::Null,
        reply: Value::Null,
    };
    let refused = PeerTrial::run_attempt("what the edge has not signed is refused", || forge_question(&lab));
    let mut trials = vec![refused];
    trials.push(PeerTrial::run_attempt("what the edge signs is believed; an answer comes back", || {
        exchange.ask_question(contents, language)
    }));
    trials.push(PeerTrial::run_attempt("the same callback again is the same message", || {
        exchange.compare_places()
    }));
    trials.push(PeerTrial::run_attempt("a callback with another secret is refused", || {
        exchange.read_refusal()
    }));
    if contents == Contents::WithFiles {
        trials.push(PeerTrial::run_attempt("the visitor's file is fetched, unchanged", || {
            exchange.read_fetched()
        }));
        trials.push(PeerTrial::run_attempt("a file comes with the answer", || exchange.fetch_result()));
    }
    Ok(trials)
}

/// A question of nobody's.
fn forge_question(lab: &Lab) -> anyhow::Result<String> {
    let config = ureq::Agent::config_builder().http_status_as_error(false).build();
    let agent = ureq::Agent::new_with_config(config);
    let question = json!({ "type": "question", "site": "ward", "text": "Chào" }).to_string();
    let request = agent.post(format!("http://127.0.0.1:{}/", lab.agency_port));
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs().to_string();
    let request = request.header("content-type", "application/json").header("webhook-id", "forged-1");
    let request = request.header("webhook-timestamp", now).header("webhook-signature", "v1,Zm9yZ2Vk");
    let status = request.send(question)?.status().as_u16();
    ensure!(status == 401, "status {status} instead of 401");
    Ok("status 401".to_owned())
}

/// What is going on between the three.
struct AgencyExchange<'a> {
    journey: Journey<'a>,
    visitor: BenchVisitor,
    log: PathBuf,
    /// What the program says of it.
    told: Value,
    /// The message with its answer.
    reply: Value,
}

impl AgencyExchange<'_> {
    fn ask_question(&mut self, contents: Contents, language: &str) -> anyhow::Result<String> {
        let mut frame = json!({ "t": "say", "id": format!("{:032x}", 1), "text": QUESTION, "lang": "vi" });
        if contents == Contents::WithFiles {
            upload_bytes(&self.journey, &self.ticket()?, 9, PAPER)?
                .require_status(200)
                .context("the file")?;
            let fields = frame.as_object_mut().context("the frame is no object")?;
            fields.insert("files".into(), json!([format!("{:032x}", 9)]));
        }
        self.visitor.socket().send(&frame.to_string())?;
        let until = Instant::now() + PATIENCE;
        while self.told.is_null() || self.reply.is_null() {
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            self.told = log.lines().find_map(|line| serde_json::from_str(line).ok()).unwrap_or_default();
            if let Some(error) = self.told.get("error") {
                bail!("the program fails: {error}");
            }
            ensure!(
                Instant::now() < until,
                "no answer came; the program says {log:?}, see {}",
                self.log.display()
            );
            let frame = self.visitor.socket().next_within(Duration::from_millis(500))?.unwrap_or_default();
            if frame.contains(&format!("Đã đọc bằng {language}: {QUESTION}")) {
                self.reply = serde_json::from_str(&frame)?;
            }
        }
        Ok("shown to the visitor".to_owned())
    }

    fn ticket(&self) -> anyhow::Result<String> {
        let kept: Value = serde_json::from_str(self.visitor.stored_conversation())?;
        Ok(kept.get("ticket").and_then(Value::as_str).context("no ticket")?.to_owned())
    }

    fn told_field(&self, name: &str) -> Value {
        self.told.get(name).cloned().unwrap_or_default()
    }

    fn compare_places(&self) -> anyhow::Result<String> {
        let (first, again) = (self.told_field("seq"), self.told_field("again"));
        ensure!(first.is_u64() && first == again, "the first became {first}, the second {again}");
        Ok(format!("message {first} both times"))
    }

    fn read_refusal(&self) -> anyhow::Result<String> {
        let forged = self.told_field("forged");
        ensure!(forged == "status 401", "it got {forged}");
        Ok("status 401".to_owned())
    }

    fn read_fetched(&self) -> anyhow::Result<String> {
        let size = self.told_field("fetched");
        ensure!(size == PAPER.len(), "{size} of {} bytes", PAPER.len());
        Ok(format!("{size} bytes, by its SHA-256"))
    }

    fn fetch_result(&self) -> anyhow::Result<String> {
        let blocks =
            self.reply.pointer("/message/body/blocks").or_else(|| self.reply.pointer("/body/blocks"));
        let blocks =
            blocks.and_then(Value::as_array).with_context(|| format!("no blocks in {}", self.reply))?;
        let id = blocks.iter().find_map(|block| block.get("id").and_then(Value::as_str));
        let id = id.with_context(|| format!("no file in {blocks:?}"))?;
        let fetched =
            self.journey.post_form(&format!("/s/ward/file/{id}"), &[("ticket", &self.ticket()?)])?;
        let text = fetched.require_status(200)?;
        ensure!(text.starts_with("%PDF-1.7\n% made in "), "it holds {text:?}");
        Ok(format!("{} bytes, as they were sent", text.len()))
    }
}
